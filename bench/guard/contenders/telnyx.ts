/**
 * Telnyx's published recipe: captcha, address, number, geography, anomaly, one after the other. Its captcha stands in
 * front of everybody, which any contender can do and which is no recognition: `telnyx` is the recipe behind it, and
 * `telnyx-captcha` is all of it.
 */
import type { Contender, Decider } from './contender.ts';
import { none } from './limits.ts';
import { createWindows } from './windows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const PER_ADDRESS_AN_HOUR = 10;
const PER_NUMBER = { tenMinutes: 3, hour: 5 };
/** The countries that its guide would block or look at twice. */
const HIGH_RISK = new Set(['SL', 'CI', 'GH', 'NG', 'ZM', 'UG', 'BD', 'KH', 'LA', 'MV', 'GY']);
/** Below it, a conversion may be an attack. Of how many codes is a guess. */
const CONVERSION = 0.2;
const LEAST_CODES = 20;
/** Numbers one after the other: how many in a row is a guess. */
const IN_A_ROW = 3;

export function createTelnyx(): Decider {
  const sent = createWindows(MINUTE_MS, HOUR_MS);
  const verified = createWindows(MINUTE_MS, HOUR_MS);
  const lastNumbers = new Map<bigint, number>();

  function isInARow(phone: string, nowMs: number): boolean {
    const number = BigInt(phone.slice(1));
    const isRecent = (neighbour: bigint) =>
      nowMs - (lastNumbers.get(neighbour) ?? Number.NEGATIVE_INFINITY) <= HOUR_MS;
    return Array.from({ length: IN_A_ROW - 1 }, (_, index) => BigInt(index + 1)).every((step) =>
      isRecent(number - step),
    );
  }

  return {
    decide({ at, phone, ip, country }) {
      const codes = sent.sum(country, at, HOUR_MS);
      const isRefused =
        sent.sum(ip, at, HOUR_MS) >= PER_ADDRESS_AN_HOUR ||
        sent.sum(phone, at, 10 * MINUTE_MS) >= PER_NUMBER.tenMinutes ||
        sent.sum(phone, at, HOUR_MS) >= PER_NUMBER.hour ||
        HIGH_RISK.has(country) ||
        (codes >= LEAST_CODES && verified.sum(country, at, HOUR_MS) / codes < CONVERSION) ||
        isInARow(phone, at);
      return isRefused ? 'block' : 'allow';
    },
    sent({ at, phone, ip, country }) {
      for (const key of [ip, phone, country]) sent.add(key, at);
      lastNumbers.set(BigInt(phone.slice(1)), at);
    },
    verified({ at, country }) {
      verified.add(country, at);
    },
  };
}

export function createTelnyxWithCaptcha(): Decider {
  const recipe = createTelnyx();
  return {
    ...recipe,
    decide: async (send) => ((await recipe.decide(send)) === 'block' ? 'block' : 'challenge'),
  };
}

export const telnyx: Contender = { ...none, name: 'telnyx', createDecider: createTelnyx };
export const telnyxWithCaptcha: Contender = {
  ...none,
  name: 'telnyx-captcha',
  createDecider: createTelnyxWithCaptcha,
};
