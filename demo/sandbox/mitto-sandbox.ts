/**
 * The Mitto sandbox: an emulator of Mitto's 2FA API, for the demo, for development without an account, and for
 * tests. It owns the paths `/2fa/…` with the state behind them, an inbox in place of the phones, and a control
 * surface (`/_sandbox/…`).
 *
 * Where Mitto has published how it behaves, it behaves so; where not, it takes the assumption that is written in
 * `knobs.ts` and can be switched to the others, and it fails in the ways of `faults.ts` on demand.
 *
 * It is never a part of the deployed Worker, and nothing in the product imports it. Web APIs only: it runs in
 * Node (`serve.ts` puts it on a port), in workerd and in tests.
 */
import { type Credentials, requireCredentials } from './basic-auth.ts';
import { answerControl, CONTROL_PREFIX, type Control } from './control.ts';
import { type Answer, type AnswerFormat, Refusal, toResponse } from './envelope.ts';
import { answerFault, faultTakesEffect } from './faults.ts';
import { CallLog, Inbox } from './inbox.ts';
import { KnobPanel, type SandboxKnobs } from './knobs.ts';
import { LimitBook } from './limits.ts';
import { OtpBook } from './otps.ts';
import { Pauses } from './pauses.ts';
import { cryptoRandomBytes, type RandomBytes } from './randomness.ts';
import { type Fields, parseRequestBody } from './request-body.ts';
import { findRoute, handlerOf, type Route } from './routes/table.ts';
import type { SandboxState } from './sandbox-state.ts';
import { UsageBook } from './usage.ts';
import { WorkflowBook } from './workflows.ts';

/** Shaped as in Mitto's samples, and plainly no real account. */
export const SANDBOX_CREDENTIALS: Credentials = {
  accountId: 'AC5a4d6b0c000000000000000000000000',
  apiKey: 'mitto-sandbox-key',
};

export interface MittoSandboxOptions extends Partial<Credentials> {
  /** Where the knobs stand at the start and after a reset, as far as not at their defaults. */
  knobs?: Partial<SandboxKnobs>;
  /** Milliseconds since 1970. */
  now?: () => number;
  randomBytes?: RandomBytes;
}

/**
 * `inbox` is what was delivered; `calls` what was asked for, of any path but the control surface's; `reset()` goes
 * back to the start: every store empty, the knobs as at first, calls that wait broken off.
 */
export interface MittoSandbox extends Credentials, Control {
  /** Answers as Mitto would. Rejects where a real fetch would: the caller gave up, or the connection broke. */
  fetch(request: Request): Promise<Response>;
}

export function createMittoSandbox(options: MittoSandboxOptions = {}): MittoSandbox {
  const now = options.now ?? (() => Date.now());
  const credentials: Credentials = {
    accountId: options.accountId ?? SANDBOX_CREDENTIALS.accountId,
    apiKey: options.apiKey ?? SANDBOX_CREDENTIALS.apiKey,
  };
  const state: SandboxState = {
    accountId: credentials.accountId,
    now,
    randomBytes: options.randomBytes ?? cryptoRandomBytes,
    knobs: new KnobPanel(options.knobs),
    inbox: new Inbox(),
    otps: new OtpBook(now),
    limits: new LimitBook(now),
    usage: new UsageBook(now),
    workflows: new WorkflowBook(),
  };
  const calls = new CallLog();
  const pauses = new Pauses();

  const sandbox: MittoSandbox = {
    ...credentials,
    inbox: state.inbox,
    calls,
    knobs: state.knobs,
    fetch(request) {
      const { pathname } = new URL(request.url);
      return pathname.startsWith(CONTROL_PREFIX)
        ? answerControl(sandbox, request)
        : answerMitto(request);
    },
    reset() {
      for (const store of [state.inbox, state.otps, state.limits, state.usage, state.workflows])
        store.clear();
      calls.clear();
      state.knobs.reset();
      pauses.breakOff();
    },
  };
  return sandbox;

  async function answerMitto(request: Request): Promise<Response> {
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const route = findRoute(url.pathname);
    const operation = route?.operation ?? null;
    const path = url.pathname + url.search;
    const call = calls.add({ at: now(), operation, method: request.method, path });
    const { delayMs, fault } = state.knobs.takeFaults(operation);

    const body = await readBody(request);
    call.body = body.fields ?? (body.text || null);
    if (delayMs > 0) await pauses.wait(delayMs, request.signal);

    const carryOut = () => answerOf(request, route, url.searchParams, body);
    const response = fault
      ? await answerFault(fault, {
          genuine: faultTakesEffect(fault) ? carryOut() : undefined,
          path,
          retryAfter: state.knobs.current.retryAfter,
          randomBytes: state.randomBytes,
          hang: () => pauses.forever(request.signal),
        })
      : toResponse(carryOut(), formatOf(url.pathname, request.headers.get('Accept')));
    call.status = response.status;
    return response;
  }

  function answerOf(
    request: Request,
    route: Route | undefined,
    query: URLSearchParams,
    body: RequestBody,
  ): Answer {
    try {
      const handler = handlerOf(route, request.method);
      requireCredentials(request.headers.get('Authorization'), credentials);
      if (body.refusal) throw body.refusal;
      const fields = request.method === 'GET' ? Object.fromEntries(query) : (body.fields ?? {});
      return withErrorStatus(handler(state, { resource: route?.resource ?? '', fields }));
    } catch (error) {
      if (error instanceof Refusal) return withErrorStatus(error.answer);
      throw error;
    }
  }

  /** The HTTP status as the knob has it. */
  function withErrorStatus(answer: Answer): Answer {
    return state.knobs.current.errorStatus === 'always_200' ? { ...answer, status: 200 } : answer;
  }
}

interface RequestBody {
  text: string;
  fields?: Fields;
  /** Why there are no fields. It waits its turn: a wrong key is told first. */
  refusal?: Refusal;
}

async function readBody(request: Request): Promise<RequestBody> {
  // Not `text()`: workerd warns when that reads a form.
  const text = new TextDecoder().decode(await request.arrayBuffer());
  if (text === '') return { text };
  try {
    return { text, fields: parseRequestBody(text, request.headers.get('Content-Type')) };
  } catch (error) {
    if (error instanceof Refusal)
      return { text: text.slice(0, MAX_KEPT_CHARACTERS), refusal: error };
    throw error;
  }
}

/** Of a body that could not be parsed, the record of calls keeps so much. */
const MAX_KEPT_CHARACTERS = 1024;

/** JSON unless the caller asks for XML and does not take JSON as well: documented. */
function formatOf(path: string, accept: string | null): AnswerFormat {
  if (path.endsWith('.xml')) return 'xml';
  if (path.endsWith('.json') || accept === null) return 'json';
  return /\b(application|text)\/xml\b/.test(accept) && !/\/json\b|\*\/\*/.test(accept)
    ? 'xml'
    : 'json';
}
