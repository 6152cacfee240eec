/**
 * GitLab's cap: so many messages a day for each calling code, and past it a dearer check, for which the challenge
 * stands. Its own figures are for its own traffic; a fifth of the deployment's day is a guess.
 */
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Contender, Decider, Size } from './contender.ts';
import { none } from './limits.ts';
import { createWindows } from './windows.ts';

const DAY_MS = 86_400_000;
const SHARE_OF_A_DAY = 0.2;
const LEAST = 10;
/** Where nobody says how large the deployment is: the middle one. */
const USUAL_PER_DAY = 5_000;

export function createGitlab({ perDay = USUAL_PER_DAY }: Size): Decider {
  const cap = Math.max(LEAST, SHARE_OF_A_DAY * perDay);
  const sent = createWindows(DAY_MS, DAY_MS);
  const codeOf = (country: string) => getCountryCallingCode(country as CountryCode);
  return {
    // A window of one slot: the calendar day.
    decide: ({ at, country }) =>
      sent.sum(codeOf(country), at, DAY_MS) >= cap ? 'challenge' : 'allow',
    sent: ({ at, country }) => sent.add(codeOf(country), at),
  };
}

export const gitlab: Contender = { ...none, name: 'gitlab', createDecider: createGitlab };
