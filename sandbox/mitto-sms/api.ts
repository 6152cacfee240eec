/** Mitto's SMS API: paths `/sms…`, JSON in, JSON or XML out, an API key in a header. */
import { BoundedMap } from '../bounded-collections.ts';
import { type Answer, RequestError } from '../envelope.ts';
import type { Operation } from '../operation.ts';
import { type ApiCall, type ProviderApi, withoutFormat } from '../provider-api.ts';
import { type Fields, parseJson } from '../request-body.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { convert } from './conversions.ts';
import { acceptedAnswer, isRefusalCode, lengthAs, SmsRefusal } from './response.ts';
import { newSmsId, sendSms } from './send.ts';
import type { SmsState } from './state.ts';

const MAX_MESSAGES = 10_000;

type Handler = (state: SmsState, fields: Fields) => Answer;

const ROUTES: ReadonlyMap<string, readonly [Operation, Handler]> = new Map([
  ['/sms', ['sms', sendSms]],
  ['/sms/converted', ['sms_converted', convert]],
]);

export function createSmsApi(shared: SandboxState, apiKey: string): ProviderApi {
  const state: SmsState = { ...shared, sent: new BoundedMap(MAX_MESSAGES) };
  const routeOf = (path: string) => ROUTES.get(withoutFormat(path));

  return {
    provider: 'mitto-sms',
    operationOf: (path) => routeOf(path)?.[0] ?? null,
    parseBody: parseJson,
    formatOf: (path) => (path.endsWith('.xml') ? 'xml' : 'json'),
    answer({ method, path, headers, body }: ApiCall) {
      const route = routeOf(path);
      if (!route) throw new RequestError(404, 'Not found');
      if (method !== 'POST') throw new RequestError(405, 'Method not allowed', { Allow: 'POST' });
      // Documented: 401. Its body is not.
      if (headers.get('X-Mitto-API-Key') !== apiKey) throw new RequestError(401, 'Unauthorized');
      if (body.refusal) throw body.refusal;
      const [, handler] = route;
      return handler(state, body.fields ?? {});
    },
    wording: {
      refusal: (status, message) => new RequestError(status, message).answer,
      refusalOf: (code) => new SmsRefusal(state, isRefusalCode(code) ? code : 1).answer,
      success() {
        const textLength = lengthAs(state.knobs.current.smsTextLength, 1);
        return acceptedAnswer(state, { id: newSmsId(state), textLength });
      },
      idMember: 'id',
      newId: () => newSmsId(state),
    },
    clear: () => state.sent.clear(),
  };
}
