/** What `/v1/admin/` answers, as far as this page needs it. Members that it does not know it passes over. */
import * as v from 'valibot';

export const RecordSchema = v.record(v.string(), v.unknown());
export const RecordListSchema = v.array(RecordSchema);

const ConnectorSchema = v.object({
  name: v.string(),
  channels: v.array(v.string()),
  /** Who makes the code and checks it. */
  codes: v.string(),
  isSetUp: v.boolean(),
  /** Seconds until it is asked again, after it has failed several times in a row. */
  pausedFor: v.number(),
  reports: v.boolean(),
  callbackUrl: v.optional(v.nullable(v.string())),
});

const FlowSchema = v.object({
  name: v.string(),
  connectors: v.array(v.string()),
  channels: v.array(v.string()),
  codeLength: v.number(),
  /** By connector and channel; a channel without a sender is not there. */
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
      errorCode: v.optional(v.union([v.string(), v.number()])),
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

export type Connector = v.InferOutput<typeof ConnectorSchema>;
export type Flow = v.InferOutput<typeof FlowSchema>;
export type MessagePreview = v.InferOutput<typeof PreviewSchema>;
export type ConnectorList = v.InferOutput<typeof ConnectorListSchema>;
export type ConnectorTest = v.InferOutput<typeof ConnectorTestSchema>;
export type FoundMessage = v.InferOutput<typeof MessagesSchema>['messages'][number];
export type Figures = v.InferOutput<typeof FiguresSchema>;
