import * as v from 'valibot';
import { list, wholeNumber, wholeNumberText } from '../util/setting-schemas.ts';
import { PoliciesSchema } from './policy.ts';

/** Limits per phone and client store every event, so their counts are bounded. */
const SmallPoliciesSchema = v.pipe(
  PoliciesSchema,
  v.check(
    (policies) => policies.every(({ count }) => count <= 100),
    'must have counts of at most 100',
  ),
);

/** Seconds between a phone's sends: before the second, the third, …; the last value repeats. */
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
  /** Custom messages of a site's server. */
  message_per_phone: v.optional(SmallPoliciesSchema, '10/1h,30/1d'),
  send_per_prefix: v.optional(PoliciesSchema, '30/1h'),
  send_per_country: v.optional(PoliciesSchema),
  send_total: v.optional(PoliciesSchema, '1000/1d'),
  cooldown: v.optional(CooldownSchema, '30,60,120,300'),
  codes_per_session: v.optional(CodesPerSessionSchema, 5),
});

export type Limits = v.InferOutput<typeof LimitsSchema>;

/**
 * The limits that a flow may override. Flows share their counters, so a second flow adds no allowance; a flow's `send_total` is
 * its own ceiling below the deployment's. Limits of prefixes and countries belong to the deployment.
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
