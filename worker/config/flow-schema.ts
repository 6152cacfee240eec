import * as v from 'valibot';
import { ChannelSchema } from '../../shared/api/channel.ts';
import { CONNECTOR_NAMES } from '../connectors/connector.ts';
import { GUARD_MODES } from '../guard/types.ts';
import { FlowLimitsSchema } from '../rate-limit/limits-schema.ts';
import { list, NonEmptySchema, table, wholeNumber } from '../util/setting-schemas.ts';

const isUnique = <Item>(items: readonly Item[]) => new Set(items).size === items.length;

/** One, or several in the order in which they are tried. */
export const ConnectorsSchema = v.pipe(
  list(v.picklist(CONNECTOR_NAMES, `must be of ${CONNECTOR_NAMES.join(', ')}`)),
  v.nonEmpty('must name at least one connector'),
  v.check(isUnique, 'must not name a connector twice'),
);

export const ChannelsSchema = v.pipe(
  list(ChannelSchema),
  v.nonEmpty('must name at least one channel'),
  v.check(isUnique, 'must not name a channel twice'),
);

/** One for all connectors of the flow, or a table of one for each. Whether it suits them is looked at with them. */
const SendersSchema = v.union(
  [
    NonEmptySchema,
    table(
      v.strictObject({
        'mitto-2fa': v.optional(NonEmptySchema),
        'mitto-sms': v.optional(NonEmptySchema),
        twilio: v.optional(NonEmptySchema),
      }),
    ),
  ],
  'must be a sender, or a table of senders by connector',
);

/** Mitto's name of the service; how long it may be is not published. */
export const ServiceNameSchema = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(64, 'must be at most 64 characters'),
);

/** The name of one of the `TEMPLATES`. */
export const TemplateNameSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'must be lower-case letters, digits, - and _'),
);

export const CodeLengthSchema = wholeNumber(4, 10);
/** 0: no challenge; 1: before every send; n: from a client's n-th send on. */
export const ChallengeFromSendSchema = wholeNumber(0, 100);

/** Whether the guard decides, and whether the answer follows. */
export const GuardModeSchema = v.picklist(GUARD_MODES, 'must be "off", "shadow" or "on"');

/** What a flow sets for itself; the rest is the deployment's. */
export const FlowSchema = v.strictObject({
  connector: v.optional(ConnectorsSchema),
  channels: v.optional(ChannelsSchema),
  sender: v.optional(SendersSchema),
  service: v.optional(ServiceNameSchema),
  template: v.optional(TemplateNameSchema),
  code_length: v.optional(CodeLengthSchema),
  limits: v.optional(FlowLimitsSchema),
  challenge_from_send: v.optional(ChallengeFromSendSchema),
  guard: v.optional(GuardModeSchema),
});
