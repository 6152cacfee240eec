/** What can be made to go wrong between a caller and a provider, one entry of the knob `faults` each. */
import * as v from 'valibot';
import { BrokenConnection, LONGEST_WAIT_MS } from './delays.ts';
import { type Answer, toResponse } from './envelope.ts';
import { isInScope, type Operation, ScopeSchema } from './operation.ts';
import type { Wording } from './provider-api.ts';

const HUGE_BYTES = 5 * 1024 * 1024;

const scope = {
  /** Which calls it meets: of one operation, of a provider, or any. */
  on: ScopeSchema,
  /** For so many calls; without it, until the knobs are changed. */
  times: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
};

/** Whether the call is carried out all the same, so that only its answer is lost. */
const takesEffect = v.exactOptional(v.boolean());

const MalformedShapeSchema = v.picklist([
  'html',
  'half_json',
  'wrong_type',
  'empty',
  'huge',
  'other_request_id',
]);

export const FaultSchema = v.variant('kind', [
  /** The answer comes so much later. Goes together with any other fault. */
  v.strictObject({
    ...scope,
    kind: v.literal('delay'),
    ms: v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_WAIT_MS)),
  }),
  /** No answer, until the caller gives up or the sandbox is reset. Without effect unless told otherwise. */
  v.strictObject({ ...scope, kind: v.literal('hang'), takesEffect }),
  /** The connection breaks before the answer. Without effect unless told otherwise. */
  v.strictObject({ ...scope, kind: v.literal('cut'), takesEffect }),
  /** The provider will not, and gives one of its own codes as the reason: Twilio's 21610, a `responseCode` of Mitto's. */
  v.strictObject({
    ...scope,
    kind: v.literal('refused'),
    code: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  /** This status, in the provider's envelope. Without effect unless told otherwise. */
  v.strictObject({
    ...scope,
    kind: v.literal('status'),
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    message: v.exactOptional(v.string()),
    takesEffect,
  }),
  /** The status is right and the body is not. The call takes effect unless told otherwise. */
  v.strictObject({
    ...scope,
    kind: v.literal('malformed'),
    shape: MalformedShapeSchema,
    takesEffect,
  }),
  /** The refusal of a caller whose IP address is not allow-listed; how that is worded is unknown. */
  v.strictObject({ ...scope, kind: v.literal('ip_not_allowed') }),
  /** 307 to another path of the sandbox, or to any URL. A client that follows it takes its key along. */
  v.strictObject({ ...scope, kind: v.literal('redirect'), to: v.exactOptional(v.string()) }),
]);

export type Fault = v.InferOutput<typeof FaultSchema>;
export type MalformedShape = v.InferOutput<typeof MalformedShapeSchema>;
/** A fault that decides what the caller sees. */
export type AnsweringFault = Exclude<Fault, { kind: 'delay' }>;

export interface TakenFaults {
  delayMs: number;
  fault: AnsweringFault | undefined;
  /** The list as it stands after this call. */
  left: readonly Fault[];
}

/** The faults that meet one call: every delay, and the first of the others. `null` is a path that no provider has. */
export function takeFaults(faults: readonly Fault[], operation: Operation | null): TakenFaults {
  let delayMs = 0;
  let answering: AnsweringFault | undefined;
  const left: Fault[] = [];
  for (const fault of faults) {
    const meets = isInScope(operation, fault.on);
    if (meets && fault.kind === 'delay') delayMs += fault.ms;
    else if (meets && fault.kind !== 'delay' && !answering) answering = fault;
    else {
      left.push(fault);
      continue;
    }
    if (fault.times === undefined) left.push(fault);
    else if (fault.times > 1) left.push({ ...fault, times: fault.times - 1 });
  }
  return { delayMs, fault: answering, left };
}

export function faultTakesEffect(fault: AnsweringFault): boolean {
  switch (fault.kind) {
    case 'hang':
    case 'cut':
    case 'status':
      return fault.takesEffect ?? false;
    case 'malformed':
      return fault.takesEffect ?? true;
    case 'refused':
    case 'ip_not_allowed':
    case 'redirect':
      return false;
  }
}

export interface FaultContext {
  /** What the call would have been answered, where it took effect. */
  genuine: Answer | undefined;
  path: string;
  /** The knob `retryAfter`. */
  retryAfter: string | null;
  wording: Wording;
  /** Settles never, or by throwing. */
  hang: () => Promise<never>;
}

export async function answerFault(fault: AnsweringFault, context: FaultContext): Promise<Response> {
  const { wording } = context;
  switch (fault.kind) {
    case 'hang':
      return context.hang();
    case 'cut':
      throw new BrokenConnection('The connection was cut');
    case 'status':
      return refusal(wording.refusal(fault.status, fault.message ?? 'Fault'), context);
    case 'refused':
      return refusal(wording.refusalOf(fault.code), context);
    case 'malformed':
      return malformed(fault.shape, context.genuine ?? wording.success(), wording);
    case 'ip_not_allowed':
      return toResponse(wording.refusal(403, 'IP address not allowed'));
    case 'redirect':
      return new Response(null, {
        status: 307,
        headers: { Location: fault.to ?? `/elsewhere${context.path}` },
      });
  }
}

function refusal(answer: Answer, { retryAfter }: FaultContext): Response {
  const response = toResponse(answer);
  if (answer.status === 429 && retryAfter) response.headers.set('Retry-After', retryAfter);
  return response;
}

function malformed(shape: MalformedShape, answer: Answer, wording: Wording): Response {
  const init = { status: answer.status, headers: { 'Content-Type': 'application/json' } };
  const json = JSON.stringify(answer.content);
  switch (shape) {
    case 'html':
      // What a proxy or a captive portal puts in the way.
      return new Response('<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>', {
        status: answer.status,
        headers: { 'Content-Type': 'text/html' },
      });
    case 'half_json':
      return new Response(json.slice(0, json.length >> 1), init);
    case 'wrong_type':
      return new Response(JSON.stringify(wrongTypes(membersOf(answer), wording.idMember)), init);
    case 'empty':
      return new Response('', init);
    case 'huge':
      // It ends as JSON, so that only a cap on the bytes read stops a client from taking it all.
      return new Response(
        JSON.stringify({ ...membersOf(answer), padding: 'x'.repeat(HUGE_BYTES) }),
        init,
      );
    case 'other_request_id': {
      const content = { ...membersOf(answer), [wording.idMember]: wording.newId() };
      return new Response(JSON.stringify(content), init);
    }
  }
}

function membersOf({ content }: Answer): Readonly<Record<string, unknown>> {
  return typeof content === 'string' ? { content } : { ...content };
}

/** Each number in a list, each text in an object, and a number for an id. */
function wrongTypes(
  members: Readonly<Record<string, unknown>>,
  idMember: string,
): Record<string, unknown> {
  const wrong = Object.entries(members).map(([name, value]) => {
    if (name === idMember) return [name, 200];
    if (typeof value === 'number') return [name, [value]];
    return [name, typeof value === 'string' ? { text: value } : value];
  });
  return Object.fromEntries(wrong);
}
