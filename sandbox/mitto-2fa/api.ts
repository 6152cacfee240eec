/** Mitto's 2FA API: paths `/2fa/…`, JSON or forms in, JSON or XML out, HTTP Basic. */
import { type Answer, type AnswerFormat, okAnswer, RequestError } from '../envelope.ts';
import { type ApiCall, type ProviderApi, withoutFormat } from '../provider-api.ts';
import { randomSid } from '../randomness.ts';
import { parseRequestBody } from '../request-body.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { type Credentials, requireCredentials } from './credentials.ts';
import { LimitBook } from './limits.ts';
import { OtpBook } from './otps.ts';
import { findRoute, handlerOf } from './routes/table.ts';
import type { TwoFactorState } from './state.ts';
import { UsageBook } from './usage.ts';
import { WorkflowBook } from './workflows.ts';

export function createTwoFactorApi(shared: SandboxState, credentials: Credentials): ProviderApi {
  const { now, randomBytes, knobs } = shared;
  const state: TwoFactorState = {
    ...shared,
    accountId: credentials.accountId,
    otps: new OtpBook(now),
    limits: new LimitBook(now),
    usage: new UsageBook(now),
    workflows: new WorkflowBook(),
  };
  const newId = () => randomSid('OTP', randomBytes);

  return {
    provider: 'mitto-2fa',
    operationOf: (path) => findRoute(withoutFormat(path))?.operation ?? null,
    parseBody: parseRequestBody,
    formatOf,
    answer(call) {
      try {
        return withErrorStatus(answer(call));
      } catch (error) {
        if (error instanceof RequestError) return withErrorStatus(error.answer);
        throw error;
      }
    },
    wording: {
      refusal: (status, message) => new RequestError(status, message).answer,
      // Its codes are HTTP statuses, as far as any is known.
      refusalOf(code) {
        const status = code >= 400 && code <= 599 ? code : 400;
        return new RequestError(status, 'Refused', {}, { code, message: 'Refused' }).answer;
      },
      success: () => okAnswer({ requestID: newId() }),
      idMember: 'requestID',
      newId,
    },
    clear() {
      for (const book of [state.otps, state.limits, state.usage, state.workflows]) book.clear();
    },
  };

  /** @throws RequestError */
  function answer({ method, path, query, headers, body }: ApiCall): Answer {
    const route = findRoute(withoutFormat(path));
    const handler = handlerOf(route, method);
    requireCredentials(headers.get('Authorization'), credentials);
    if (body.refusal) throw body.refusal;
    const fields = method === 'GET' ? Object.fromEntries(query) : (body.fields ?? {});
    return handler(state, { resource: route?.resource ?? '', fields });
  }

  /** The HTTP status as the knob has it. */
  function withErrorStatus(answered: Answer): Answer {
    return knobs.current.errorStatus === 'always_200' ? { ...answered, status: 200 } : answered;
  }
}

/** JSON unless the caller asks for XML and does not take JSON as well: documented. */
function formatOf(path: string, accept: string | null): AnswerFormat {
  if (path.endsWith('.xml')) return 'xml';
  if (path.endsWith('.json') || accept === null) return 'json';
  return /\b(application|text)\/xml\b/.test(accept) && !/\/json\b|\*\/\*/.test(accept)
    ? 'xml'
    : 'json';
}
