/**
 * The trace: JSON Lines in order of `at`, one file for one run of one deployment. A guard sees everything but `truth`.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { FlowNameSchema } from '../../shared/api/requests.ts';

const AtSchema = v.pipe(
  v.number('must be milliseconds since 1970'),
  v.safeInteger('must be whole milliseconds'),
  v.minValue(0, 'must not be negative'),
);
const PhoneSchema = v.pipe(
  v.string('must be a string'),
  v.regex(/^\+[1-9]\d{4,14}$/, 'must be in E.164, as in "+4915228817386"'),
);
const shareOf = (name: string) =>
  v.pipe(
    v.number(`${name} must be a number`),
    v.minValue(0, 'must be between 0 and 1'),
    v.maxValue(1, 'must be between 0 and 1'),
  );

const SendSchema = v.strictObject({
  at: AtSchema,
  kind: v.literal('send'),
  phone: PhoneSchema,
  channel: v.optional(v.picklist(['sms', 'voice'], 'must be "sms" or "voice"'), 'sms'),
  ip: v.pipe(v.string('must be a string'), v.nonEmpty('must not be empty')),
  /** What Cloudflare knows of the connection; absent where the deployment runs elsewhere. */
  cf: v.optional(v.record(v.string(), v.unknown()), {}),
  site: v.pipe(
    v.string('must be a string'),
    v.check(isOrigin, 'must be an https origin, as in "https://shop.example"'),
  ),
  flow: v.optional(FlowNameSchema, 'default'),
  truth: v.strictObject({
    honest: v.boolean('must be true or false'),
    /** Absent where the code is never typed. */
    verifiesAfterMs: v.optional(
      v.pipe(v.number('must be milliseconds'), v.minValue(0, 'must not be negative')),
    ),
    /** The probability of passing a challenge. */
    passes: v.optional(shareOf('passes')),
  }),
});

const ReportSchema = v.strictObject({
  at: AtSchema,
  kind: v.literal('report'),
  phone: PhoneSchema,
  state: v.picklist(
    ['sent', 'delivered', 'undelivered', 'blocked'],
    'must be "sent", "delivered", "undelivered" or "blocked"',
  ),
});

const FeedbackSchema = v.strictObject({
  at: AtSchema,
  kind: v.literal('feedback'),
  phone: PhoneSchema,
  outcome: v.picklist(['genuine', 'fraud'], 'must be "genuine" or "fraud"'),
});

const LineSchema = v.variant('kind', [SendSchema, ReportSchema, FeedbackSchema]);

export type SendLine = v.InferOutput<typeof SendSchema>;
export type ReportLine = v.InferOutput<typeof ReportSchema>;
export type FeedbackLine = v.InferOutput<typeof FeedbackSchema>;
export type TraceLine = v.InferOutput<typeof LineSchema>;

/** A line that is no line of a trace: where it stands, and what is wrong with it. */
export class TraceError extends Error {
  override readonly name = 'TraceError';

  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
  }
}

/** @throws TraceError */
export function parseLine(text: string, place: string): TraceLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TraceError(place, 'is not JSON');
  }
  const parsed = v.safeParse(LineSchema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  throw new TraceError(place, path === '' ? 'must be an object' : `${path}: ${toProblem(issue)}`);
}

/** @throws TraceError where a line cannot be read, or comes before the one above it */
export async function* readTrace(file: string): AsyncGenerator<TraceLine> {
  const lines = createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let lineNumber = 0;
  let lastAt = 0;
  for await (const text of lines) {
    lineNumber += 1;
    if (text.trim() === '') continue;
    const place = `${file}:${lineNumber}`;
    const line = parseLine(text, place);
    if (line.at < lastAt)
      throw new TraceError(place, `at: must not be before the line above it (${lastAt})`);
    lastAt = line.at;
    yield line;
  }
}

/** Valibot's own words name its types; ours say what to write. */
function toProblem(issue: v.BaseIssue<unknown>): string {
  if (issue.message.startsWith('must ') || issue.message.includes(' must ')) return issue.message;
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is not known';
  if (issue.received === 'undefined') return 'is missing';
  return `must be ${issue.expected ?? 'of another form'}, got ${issue.received}`;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1';
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && isLocal));
}
