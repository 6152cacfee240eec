/** Responses of `/v1/admin/`. Clients ignore unknown fields. */
import * as v from 'valibot';
import { ProblemSchema } from './problem-details.ts';

/** Mitto's raw response instead of a result. */
export const UpstreamSchema = v.object({
  kind: v.string(),
  /** HTTP status; 0 without a response. */
  status: v.number(),
  /** `code` of Mitto's envelope. */
  code: v.optional(v.number()),
  body: v.optional(v.string()),
});

export const OperatorProblemSchema = v.object({
  ...ProblemSchema.entries,
  upstream: v.optional(UpstreamSchema),
});

/** A record of Mitto: few of its fields are documented. */
export const RecordSchema = v.record(v.string(), v.unknown());
export const RecordListSchema = v.array(RecordSchema);

const ConnectorSchema = v.object({
  name: v.string(),
  channels: v.array(v.string()),
  /** Who generates and verifies the code. */
  codes: v.string(),
  isSetUp: v.boolean(),
  /** Seconds until the circuit breaker closes, after several failures in a row. */
  pausedFor: v.number(),
  reports: v.boolean(),
  callbackUrl: v.optional(v.nullable(v.string())),
});

const FlowSchema = v.object({
  name: v.string(),
  connectors: v.array(v.string()),
  channels: v.array(v.string()),
  codeLength: v.number(),
  /** By connector and channel; a channel without a sender is absent. */
  senders: v.record(v.string(), v.record(v.string(), v.unknown())),
});

const PreviewSchema = v.object({
  flow: v.string(),
  channel: v.string(),
  language: v.string(),
  site: v.string(),
  text: v.string(),
  /** Absent for a call. */
  size: v.optional(v.object({ encoding: v.string(), units: v.number(), segments: v.number() })),
});

export const ConnectorListSchema = v.object({
  connectors: v.array(ConnectorSchema),
  flows: v.array(FlowSchema),
  messages: v.array(PreviewSchema),
});

export const ConnectorTestSchema = v.object({
  connector: v.string(),
  tried: v.string(),
  channel: v.optional(v.string()),
  outcome: v.picklist(['passed', 'failed']),
  detail: v.string(),
  messageId: v.optional(v.string()),
  code: v.optional(v.string()),
  mend: v.optional(v.string()),
  /** Milliseconds. */
  took: v.number(),
});

export const MessagesSchema = v.object({
  messages: v.array(
    v.object({
      kind: v.string(),
      connector: v.optional(v.string()),
      channel: v.optional(v.string()),
      providerId: v.optional(v.string()),
      state: v.string(),
      code: v.optional(v.string()),
      errorCode: v.optional(v.string()),
      /** Of a code: its session was verified. */
      verified: v.optional(v.boolean()),
      sentAt: v.string(),
    }),
  ),
});

export const FiguresSchema = v.object({
  at: v.string(),
  budgets: v.array(
    v.object({
      budget: v.string(),
      used: v.number(),
      count: v.number(),
      /** Seconds. */
      window: v.number(),
    }),
  ),
  connectors: v.array(
    v.object({ name: v.string(), sendPausedFor: v.number(), checkPausedFor: v.number() }),
  ),
});

const FindingSchema = v.object({
  check: v.string(),
  tried: v.string(),
  result: v.picklist(['ok', 'warning', 'failed']),
  detail: v.string(),
  mend: v.optional(v.string()),
});

export const DoctorAnswerSchema = v.object({
  status: v.picklist(['ok', 'failed']),
  findings: v.array(FindingSchema),
  /** Issuer of the proofs. */
  issuer: v.string(),
  /** Egress, and the addresses from which the relay has just called. */
  egress: v.object({
    by: v.picklist(['direct', 'relay', 'vpc']),
    isOnCloudflare: v.boolean(),
    relay: v.optional(v.string()),
    addresses: v.array(v.string()),
  }),
});

export const ProbeAnswerSchema = v.object({
  outcome: v.string(),
  /** Mitto's response, masked. */
  recorded: v.optional(
    v.object({ status: v.number(), body: v.string(), milliseconds: v.number() }),
  ),
  requestId: v.optional(v.string()),
});

const ActionSchema = v.picklist(['allow', 'challenge', 'block']);

export const RuleSchema = v.object({
  id: v.string(),
  match: v.object({
    country: v.optional(v.string()),
    prefix: v.optional(v.string()),
    asn: v.optional(v.number()),
    ip: v.optional(v.string()),
    /** Keyed hash of the number: that is all that is kept of it. */
    phone: v.optional(v.string()),
    site: v.optional(v.string()),
    flow: v.optional(v.string()),
  }),
  action: ActionSchema,
  /** ISO 8601. */
  until: v.optional(v.string()),
  note: v.string(),
  madeAt: v.string(),
});

export const RuleListSchema = v.object({ rules: v.array(RuleSchema) });

const DecisionSchema = v.object({
  /** ISO 8601: of the first and of the last of those that are told as one. */
  at: v.string(),
  lastAt: v.string(),
  count: v.number(),
  country: v.string(),
  /** The number without its last four digits; null where it would tell of fewer than five visitors. */
  range: v.nullable(v.string()),
  action: ActionSchema,
  /** Whether the answer followed from it: not while the guard only watches. */
  acted: v.boolean(),
  reasons: v.array(
    v.object({
      rule: v.string(),
      dimension: v.optional(v.string()),
      figures: v.record(v.string(), v.number()),
    }),
  ),
  site: v.string(),
  flow: v.nullable(v.string()),
  channel: v.string(),
  /** The id of the operator's rule that decided. */
  rule: v.optional(v.string()),
});

export const DecisionListSchema = v.object({
  decisions: v.array(DecisionSchema),
  /** The `cursor` of the next page; absent on the last one. */
  next: v.optional(v.string()),
});

export type Rule = v.InferOutput<typeof RuleSchema>;
export type Decision = v.InferOutput<typeof DecisionSchema>;
export type Upstream = v.InferOutput<typeof UpstreamSchema>;
export type Connector = v.InferOutput<typeof ConnectorSchema>;
export type Flow = v.InferOutput<typeof FlowSchema>;
export type MessagePreview = v.InferOutput<typeof PreviewSchema>;
export type ConnectorList = v.InferOutput<typeof ConnectorListSchema>;
export type ConnectorTest = v.InferOutput<typeof ConnectorTestSchema>;
export type FoundMessage = v.InferOutput<typeof MessagesSchema>['messages'][number];
export type Figures = v.InferOutput<typeof FiguresSchema>;
