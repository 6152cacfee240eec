import * as v from 'valibot';

/** At most `count` events in any stretch of `windowMs`. Written `count/period`: `10/1h`. */
export interface Policy {
  count: number;
  windowMs: number;
}

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Longer windows would keep a visitor's traces longer than any limit needs. */
const MAX_WINDOW_MS = 31 * UNIT_MS.d;

const POLICY = /^([1-9]\d{0,6})\/([1-9]\d{0,6})([smhd])$/;

const PolicySchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(POLICY, 'must be written count/period, as in "10/1h" (periods: s, m, h, d)'),
  v.transform((text): Policy => {
    const [, count, amount, unit] = POLICY.exec(text) as unknown as [
      string,
      string,
      string,
      keyof typeof UNIT_MS,
    ];
    return { count: Number(count), windowMs: Number(amount) * UNIT_MS[unit] };
  }),
  v.check(({ windowMs }) => windowMs <= MAX_WINDOW_MS, 'must have a period of at most 31 days'),
);

/** One policy or several, `"3/10m,10/1d"` or an array of them; all of them hold. */
export const PoliciesSchema = v.pipe(
  v.union([v.array(v.string()), v.string()], 'must be a list'),
  v.transform((value) => (typeof value === 'string' ? value.split(',') : value)),
  v.nonEmpty('must name at least one count/period'),
  v.array(PolicySchema),
);

export function longestWindowMs(policies: readonly Policy[]): number {
  return Math.max(0, ...policies.map(({ windowMs }) => windowMs));
}
