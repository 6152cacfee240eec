import { authgear } from './authgear.ts';
import type { Contender } from './contender.ts';
import { gitlab } from './gitlab.ts';
import { httpContender } from './http.ts';
import { limits, none } from './limits.ts';
import { ours, oursWithoutChallenge } from './ours.ts';
import { telnyx, telnyxWithCaptcha } from './telnyx.ts';
import { vonage } from './vonage.ts';

export const CONTENDERS: readonly Contender[] = [
  none,
  limits,
  authgear,
  vonage,
  telnyx,
  telnyxWithCaptcha,
  gitlab,
  ours,
  oursWithoutChallenge,
];

/** By its name, or by the URL of a service. */
export function contenderOf(name: string): Contender | undefined {
  if (/^https?:\/\//.test(name) && URL.canParse(name)) return httpContender(name);
  return CONTENDERS.find((contender) => contender.name === name);
}
