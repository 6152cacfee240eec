/** The calls of operators. They are off, 404, where no `ADMIN_TOKEN` is set. */
import { EVERYWHERE, type Operation, type Operations } from './operation.ts';

type Facts = Pick<Operation, 'summary'> & Partial<Operation>;

/** A call behind the token, with what each of them has in common. */
function byOperator({ errors = [], ...facts }: Facts): Operation {
  return {
    bearer: 'ADMIN_TOKEN',
    answer: { status: 200 },
    errors: ['unauthorized', 'not_found', 'rate_limited', ...EVERYWHERE, ...errors],
    ...facts,
  };
}

/** One that is passed through to Mitto, and answers what Mitto does. */
function byMitto(facts: Facts): Operation {
  return byOperator({ errors: ['malformed_request', 'upstream_error'], ...facts });
}

/** With a body of members that Mitto has not published: any JSON object. */
function withRecord(facts: Facts): Operation {
  return byMitto({
    takesRecord: true,
    errors: ['malformed_request', 'payload_too_large', 'unsupported_media_type', 'upstream_error'],
    ...facts,
  });
}

const inPath = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});
const inQuery = (name: string) => ({
  name,
  in: 'query',
  schema: { type: 'string', format: 'date' },
});

const SID = [inPath('sid')];
const DATES = [inQuery('startDate'), inQuery('endDate')];

function records(kind: 'limits' | 'workflows', one: string): Operations {
  return {
    [`/v1/admin/mitto/${kind}`]: {
      get: byMitto({ summary: `Mitto’s ${kind}` }),
      post: withRecord({ summary: `Create a ${one}` }),
    },
    [`/v1/admin/mitto/${kind}/{sid}`]: {
      get: byMitto({ summary: `One ${one}`, parameters: SID }),
      put: withRecord({ summary: `Change a ${one}`, parameters: SID }),
      delete: byMitto({ summary: `Delete a ${one}`, parameters: SID, answer: { status: 204 } }),
    },
  };
}

export const ADMIN_OPERATIONS: Operations = {
  '/v1/admin/doctor': {
    post: withRecord({ summary: 'Every check from inside the Worker; nothing is sent' }),
  },
  '/v1/admin/doctor/mitto': {
    post: withRecord({ summary: 'One real call of Mitto’s 2FA API, and what it answered' }),
  },
  '/v1/admin/connectors': {
    get: byOperator({ summary: 'The connectors, the flows, and every message as it will arrive' }),
  },
  '/v1/admin/connectors/{name}/test': {
    post: withRecord({
      summary: 'Test a connector: its credentials, or with `to` a message',
      parameters: [inPath('name')],
      errors: ['malformed_request', 'payload_too_large', 'unsupported_media_type', 'capacity'],
    }),
  },
  '/v1/admin/messages/search': {
    post: withRecord({
      summary: 'What became of the messages to a number',
      errors: ['malformed_request', 'payload_too_large', 'unsupported_media_type'],
    }),
  },
  '/v1/admin/figures': {
    get: byOperator({ summary: 'How much of each budget is used' }),
  },
  '/v1/admin/mitto/search': {
    get: byMitto({ summary: 'Every session detail record of Mitto’s' }),
    post: withRecord({ summary: 'Those that the filters leave' }),
  },
  '/v1/admin/mitto/search/{sid}': {
    get: byMitto({ summary: 'The record of one OTP', parameters: SID }),
  },
  '/v1/admin/mitto/usage': {
    get: byMitto({ summary: 'Mitto’s usage records', parameters: DATES }),
    post: withRecord({ summary: 'Those that the filters leave' }),
  },
  '/v1/admin/mitto/usage/{subresource}': {
    get: byMitto({
      summary: 'Usage by block of time: Daily, Monthly, Today, …',
      parameters: [inPath('subresource'), ...DATES],
    }),
  },
  ...records('limits', 'limit'),
  ...records('workflows', 'workflow'),
};
