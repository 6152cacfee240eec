import * as v from 'valibot';
import { PoliciesSchema } from '../limits/policy.ts';
import { list, wholeNumber, wholeNumberText } from './values.ts';

/** What a phone and a client keep is kept event by event, so its counts are held small. */
const SmallPoliciesSchema = v.pipe(
  PoliciesSchema,
  v.check(
    (policies) => policies.every(({ count }) => count <= 100),
    'must have counts of at most 100',
  ),
);

/** Seconds between a phone's sends: before the second, the third, …; the last value goes on. */
const CooldownSchema = v.pipe(
  list(wholeNumberText(1, 3600)),
  v.nonEmpty('must name at least one waiting time'),
);

const CodesPerSessionSchema = wholeNumber(1, 5);

export const LimitsSchema = v.strictObject({
  send_per_ip: v.optional(SmallPoliciesSchema, '10/1h'),
  verify_per_ip: v.optional(SmallPoliciesSchema, '30/10m'),
  send_per_phone: v.optional(SmallPoliciesSchema, '3/10m,10/1d'),
  fail_per_phone: v.optional(SmallPoliciesSchema, '10/1h'),
  /** Custom messages, which a site's server sends. */
  message_per_phone: v.optional(SmallPoliciesSchema, '10/1h,30/1d'),
  send_per_prefix: v.optional(PoliciesSchema, '30/1h'),
  send_per_country: v.optional(PoliciesSchema),
  send_total: v.optional(PoliciesSchema, '1000/1d'),
  cooldown: v.optional(CooldownSchema, '30,60,120,300'),
  codes_per_session: v.optional(CodesPerSessionSchema, 5),
});

export type Limits = v.InferOutput<typeof LimitsSchema>;

/**
 * What a flow may set for itself. The counts are common to all flows, so a second flow is no second helping; a flow's
 * `send_total` is a ceiling of its own below the deployment's. Ranges and countries belong to the deployment alone.
 */
export const FlowLimitsSchema = v.strictObject({
  send_per_ip: v.optional(SmallPoliciesSchema),
  verify_per_ip: v.optional(SmallPoliciesSchema),
  send_per_phone: v.optional(SmallPoliciesSchema),
  fail_per_phone: v.optional(SmallPoliciesSchema),
  send_total: v.optional(PoliciesSchema),
  cooldown: v.optional(CooldownSchema),
  codes_per_session: v.optional(CodesPerSessionSchema),
});
