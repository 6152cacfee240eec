import type { Contender, Size } from './contender.ts';

/**
 * No limit of the Worker in the way of a rule that is measured: each is set as wide as the settings go. What is left is
 * 100 sends a second by one address or to one number, and a pause of a second between two sends to a number.
 */
const OPEN_LIMITS = {
  send_per_ip: '100/1s',
  verify_per_ip: '100/1s',
  send_per_phone: '100/1s',
  cooldown: '1',
  fail_per_phone: '100/1s',
  send_per_prefix: '1000000/1s',
  send_total: '1000000/1s',
};

/** An operator's daily budget, in days' worth of verifications: the busiest day that he expects, and room. */
const BUDGET_DAYS = 5;

/** The limits that ship, but for the budget of the day, which nobody leaves at its default: it is sized. */
export function sizedLimits({ perDay }: Size): Record<string, string> {
  const perPrefix = Math.max(30, Math.round(((perDay ?? 0) * 30) / 5_000));
  return {
    send_total: `${perDay === undefined ? 1_000_000 : Math.max(1_000, BUDGET_DAYS * perDay)}/1d`,
    send_per_prefix: `${perPrefix}/1h`,
  };
}

export const none: Contender = {
  name: 'none',
  hasChallenge: false,
  settings: () => ({ GUARD: 'off', LIMITS: OPEN_LIMITS }),
};

export const limits: Contender = {
  name: 'limits',
  hasChallenge: false,
  settings: (size) => ({ GUARD: 'off', LIMITS: sizedLimits(size) }),
};
