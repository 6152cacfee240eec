/**
 * Twilio's API: paths `/2010-04-01/Accounts/{AccountSid}….json`, forms in, JSON out, HTTP Basic. Messages and calls can
 * be created, and the account read.
 */
import { readBasicAuth } from '../basic-auth.ts';
import type { Answer } from '../envelope.ts';
import type { Operation } from '../operation.ts';
import type { ApiCall, ProviderApi } from '../provider-api.ts';
import { randomSid } from '../randomness.ts';
import { type Fields, parseFlatForm } from '../request-body.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { createCall } from './calls.ts';
import { refusalOfStatus, TwilioRefusal } from './errors.ts';
import { createMessage } from './messages.ts';
import type { TwilioCredentials, TwilioState } from './state.ts';

export const TWILIO_PREFIX = '/2010-04-01/';

const PATH = /^\/2010-04-01\/Accounts\/([^/]+?)(\/Messages|\/Calls)?\.json$/;

interface Route {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  readonly handler: (state: TwilioState, fields: Fields) => Answer;
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/Messages', { operation: 'twilio_message', method: 'POST', handler: createMessage }],
  ['/Calls', { operation: 'twilio_call', method: 'POST', handler: createCall }],
  ['', { operation: 'twilio_account', method: 'GET', handler: readAccount }],
]);

export function createTwilioApi(shared: SandboxState, credentials: TwilioCredentials): ProviderApi {
  const state: TwilioState = { ...shared, credentials };
  const newId = () => randomSid('SM', shared.randomBytes);

  return {
    provider: 'twilio',
    operationOf: (path) => routeOf(path)?.route.operation ?? null,
    parseBody: parseFlatForm,
    formatOf: () => 'json',
    answer({ method, path, headers, body }: ApiCall) {
      const found = routeOf(path);
      requireCredentials(headers.get('Authorization'), credentials, found?.route.operation);
      if (body.refusal) throw refusalOfStatus(body.refusal.answer.status, body.refusal.message);
      // Another account's resources are there for nobody.
      if (!found || found.accountSid !== credentials.accountSid)
        throw new TwilioRefusal(20404, `The requested resource ${path} was not found`);
      if (method !== found.route.method) throw new TwilioRefusal(20004);
      return found.route.handler(state, body.fields ?? {});
    },
    wording: {
      refusal: (status, message) => refusalOfStatus(status, message).answer,
      refusalOf: (code) => new TwilioRefusal(code).answer,
      success: () => ({ status: 201, content: { sid: newId(), status: 'queued' } }),
      idMember: 'sid',
      newId,
    },
    // What it keeps is in the inbox and the reports.
    clear: () => undefined,
  };
}

function routeOf(path: string): { accountSid: string; route: Route } | undefined {
  const [, accountSid = '', resource = ''] = PATH.exec(path) ?? [];
  const route = accountSid === '' ? undefined : ROUTES.get(resource);
  return route && { accountSid, route };
}

/**
 * The API key is a Standard one: documented, it may do all but read accounts and keys.
 *
 * @throws TwilioRefusal
 */
function requireCredentials(
  authorization: string | null,
  credentials: TwilioCredentials,
  operation: Operation | undefined,
): void {
  const given = readBasicAuth(authorization);
  const { accountSid, authToken, apiKeySid, apiKeySecret } = credentials;
  const isAccount = given?.user === accountSid && given.password === authToken;
  const isApiKey = given?.user === apiKeySid && given.password === apiKeySecret;
  if (!isAccount && (!isApiKey || operation === 'twilio_account')) throw new TwilioRefusal(20003);
}

/** `GET /2010-04-01/Accounts/{AccountSid}.json` */
function readAccount({ credentials }: TwilioState): Answer {
  const { accountSid } = credentials;
  return {
    status: 200,
    content: {
      sid: accountSid,
      friendly_name: 'Sandbox',
      status: 'active',
      type: 'Full',
      uri: `/2010-04-01/Accounts/${accountSid}.json`,
    },
  };
}
