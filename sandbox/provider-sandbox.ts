/**
 * The Mitto sandbox: an emulator of what the product speaks to, for the demo, for development without an account,
 * and for tests. It owns Mitto's 2FA API (`/2fa/…`), Mitto's SMS API (`/sms…`) and, of Twilio's API
 * (`/2010-04-01/…`), messages and calls. No two paths are alike, so one base URL serves all three. Behind them are
 * their state, one inbox in place of the phones, the reports that go back to callback URLs, and a control surface
 * (`/_sandbox/…`).
 *
 * Where a provider has published how it behaves, it behaves so; where not, it takes the assumption that is written
 * in `options.ts` and can be switched to the others, and it fails in the ways of `faults.ts` on demand.
 *
 * It is never a part of the deployed Worker, and nothing in the product imports it. Web APIs only: it runs in
 * Node (`serve.ts` puts it on a port), in workerd and in tests.
 */
import { CallLog } from './call-log.ts';
import { answerControl, CONTROL_PREFIX, type Control } from './control.ts';
import { SANDBOX_CREDENTIALS, type SandboxCredentials } from './credentials.ts';
import { Delays } from './delays.ts';
import { type CallbackFetch, DeliveryReports, loopbackFetch } from './delivery-reports.ts';
import { type Answer, RequestError, toResponse } from './envelope.ts';
import { answerFault, faultTakesEffect } from './faults.ts';
import { Inbox } from './inbox.ts';
import { createTwoFactorApi } from './mitto-2fa/api.ts';
import { createSmsApi } from './mitto-sms/api.ts';
import { OptionStore, type SandboxOptions } from './options.ts';
import type { ApiCall, ProviderApi, RequestBody } from './provider-api.ts';
import { cryptoRandomBytes, type RandomBytes } from './randomness.ts';
import type { SandboxState } from './sandbox-state.ts';
import { createTwilioApi, TWILIO_PREFIX } from './twilio/api.ts';
import type { TwilioCredentials } from './twilio/state.ts';

export interface ProviderSandboxOptions extends Partial<Omit<SandboxCredentials, 'twilio'>> {
  twilio?: Partial<TwilioCredentials>;
  /** Where the knobs stand at the start and after a reset, as far as not at their defaults. */
  knobs?: Partial<SandboxOptions>;
  /** Milliseconds since 1970. */
  now?: () => number;
  randomBytes?: RandomBytes;
  /** Where delivery reports go. By default to servers on this machine, and nowhere else. */
  callbackFetch?: CallbackFetch;
}

/**
 * `inbox` is what was delivered; `calls` what was asked for, of any path but the control surface's; `reports` tells
 * callback URLs of messages; `reset()` goes back to the start: every store empty, the knobs as at first, calls that
 * wait broken off.
 */
export interface ProviderSandbox extends SandboxCredentials, Control {
  /** Answers as the provider would. Rejects where a real fetch would: the caller gave up, or the connection broke. */
  fetch(request: Request): Promise<Response>;
}

export function createProviderSandbox(options: ProviderSandboxOptions = {}): ProviderSandbox {
  const now = options.now ?? (() => Date.now());
  const credentials = credentialsOf(options);
  const knobs = new OptionStore(options.knobs);
  const pauses = new Delays();
  const calls = new CallLog();
  const state: SandboxState = {
    now,
    randomBytes: options.randomBytes ?? cryptoRandomBytes,
    knobs,
    inbox: new Inbox(),
    reports: new DeliveryReports({
      now,
      fetch: options.callbackFetch ?? loopbackFetch,
      automatic: () => knobs.current.reports,
    }),
  };
  const twoFactor = createTwoFactorApi(state, credentials);
  const sms = createSmsApi(state, credentials.smsApiKey);
  const twilio = createTwilioApi(state, credentials.twilio);

  const sandbox: ProviderSandbox = {
    ...credentials,
    inbox: state.inbox,
    reports: state.reports,
    calls,
    knobs,
    fetch(request) {
      const { pathname } = new URL(request.url);
      return pathname.startsWith(CONTROL_PREFIX)
        ? answerControl(sandbox, request)
        : answerCall(apiOf(pathname), request);
    },
    reset() {
      for (const store of [twoFactor, sms, twilio, state.inbox, state.reports, calls])
        store.clear();
      knobs.reset();
      pauses.breakOff();
    },
  };
  return sandbox;

  /** What nobody has is Mitto's 2FA API's to refuse. */
  function apiOf(path: string): ProviderApi {
    if (path.startsWith(TWILIO_PREFIX)) return twilio;
    return /^\/sms\b/.test(path) ? sms : twoFactor;
  }

  async function answerCall(api: ProviderApi, request: Request): Promise<Response> {
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const operation = api.operationOf(url.pathname);
    const path = url.pathname + url.search;
    const call = calls.add({ at: now(), operation, method: request.method, path });
    const { delayMs, fault } = knobs.takeFaults(operation);

    const body = await readBody(api, request);
    call.body = body.fields ?? (body.text || null);
    if (delayMs > 0) await pauses.wait(delayMs, request.signal);

    const { method, headers } = request;
    const carryOut = () =>
      answerOf(api, { method, path: url.pathname, query: url.searchParams, headers, body });
    const response = fault
      ? await answerFault(fault, {
          genuine: faultTakesEffect(fault) ? carryOut() : undefined,
          path,
          retryAfter: knobs.current.retryAfter,
          wording: api.wording,
          hang: () => pauses.forever(request.signal),
        })
      : toResponse(carryOut(), api.formatOf(url.pathname, headers.get('Accept')));
    call.status = response.status;
    return response;
  }
}

function credentialsOf(options: ProviderSandboxOptions): SandboxCredentials {
  return {
    accountId: options.accountId ?? SANDBOX_CREDENTIALS.accountId,
    apiKey: options.apiKey ?? SANDBOX_CREDENTIALS.apiKey,
    smsApiKey: options.smsApiKey ?? SANDBOX_CREDENTIALS.smsApiKey,
    twilio: { ...SANDBOX_CREDENTIALS.twilio, ...options.twilio },
  };
}

function answerOf(api: ProviderApi, call: ApiCall): Answer {
  try {
    return api.answer(call);
  } catch (error) {
    if (error instanceof RequestError) return error.answer;
    throw error;
  }
}

async function readBody(api: ProviderApi, request: Request): Promise<RequestBody> {
  // Not `text()`: workerd warns when that reads a form.
  const text = new TextDecoder().decode(await request.arrayBuffer());
  if (text === '') return { text };
  try {
    return { text, fields: api.parseBody(text, request.headers.get('Content-Type')) };
  } catch (error) {
    if (error instanceof RequestError)
      return { text: text.slice(0, MAX_KEPT_CHARACTERS), refusal: error };
    throw error;
  }
}

/** Of a body that could not be parsed, the record of calls keeps so much. */
const MAX_KEPT_CHARACTERS = 1024;
