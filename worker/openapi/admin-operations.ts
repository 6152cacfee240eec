/** Operator calls. They answer 404 unless `ADMIN_TOKEN` is set. */
import type * as v from 'valibot';
import {
  DoctorRequestSchema,
  ProbeRequestSchema,
  RuleRequestSchema,
  SearchRequestSchema,
  TestRequestSchema,
} from '../../shared/api/admin-requests.ts';
import {
  ConnectorListSchema,
  ConnectorTestSchema,
  DecisionListSchema,
  DoctorAnswerSchema,
  FiguresSchema,
  MessagesSchema,
  ProbeAnswerSchema,
  RecordListSchema,
  RecordSchema,
  RuleListSchema,
  RuleSchema,
} from '../../shared/api/admin-responses.ts';
import { EVERYWHERE, type Operation, type Operations, WITH_BODY } from './operation.ts';

type Facts = Pick<Operation, 'summary'> & Partial<Operation>;

/** A call that requires the token, with the errors that all of them share. */
function byOperator(
  schema: v.GenericSchema | undefined,
  { errors = [], ...facts }: Facts,
): Operation {
  return {
    bearer: 'ADMIN_TOKEN',
    answer: schema ? { status: 200, schema } : { status: 204 },
    errors: [
      'unauthorized',
      'not_found',
      'rate_limited',
      ...EVERYWHERE,
      ...(facts.request ? WITH_BODY : []),
      ...errors,
    ],
    ...facts,
  };
}

/** A call that is proxied to Mitto. */
function byMitto(schema: v.GenericSchema | undefined, facts: Facts): Operation {
  const errors = ['upstream_error', 'upstream_timeout'] as const;
  return byOperator(schema, {
    // Mitto's client validates URL parameters.
    errors: facts.request ? errors : ['malformed_request', ...errors],
    ...facts,
  });
}

/** Errors of a message to one number. */
const SENDING = [
  'invalid_phone',
  'destination_not_allowed',
  'request_in_progress',
  'capacity',
] as const;

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
      get: byMitto(RecordListSchema, { summary: `List Mitto’s ${kind}` }),
      post: byMitto(RecordSchema, { summary: `Create a ${one}`, request: RecordSchema }),
    },
    [`/v1/admin/mitto/${kind}/{sid}`]: {
      get: byMitto(RecordSchema, { summary: `Get a ${one}`, parameters: SID }),
      put: byMitto(RecordSchema, {
        summary: `Change a ${one}`,
        parameters: SID,
        request: RecordSchema,
      }),
      delete: byMitto(undefined, { summary: `Delete a ${one}`, parameters: SID }),
    },
  };
}

export const ADMIN_OPERATIONS: Operations = {
  '/v1/admin/doctor': {
    post: byOperator(DoctorAnswerSchema, {
      summary: 'Run all checks from inside the Worker, without sending a message',
      request: DoctorRequestSchema,
    }),
  },
  '/v1/admin/doctor/mitto': {
    post: byOperator(ProbeAnswerSchema, {
      summary: 'Make one real call of Mitto’s 2FA API and record the response',
      request: ProbeRequestSchema,
      errors: SENDING,
    }),
  },
  '/v1/admin/connectors': {
    get: byOperator(ConnectorListSchema, {
      summary: 'List connectors, flows and message previews',
    }),
  },
  '/v1/admin/connectors/{name}/test': {
    post: byOperator(ConnectorTestSchema, {
      summary: 'Test a connector: its credentials, or with `to` a message',
      parameters: [inPath('name')],
      request: TestRequestSchema,
      errors: SENDING,
    }),
  },
  '/v1/admin/messages/search': {
    post: byOperator(MessagesSchema, {
      summary: 'Delivery status of the messages to a number',
      request: SearchRequestSchema,
    }),
  },
  '/v1/admin/figures': {
    get: byOperator(FiguresSchema, { summary: 'Usage of each budget' }),
  },
  '/v1/admin/decisions': {
    get: byOperator(DecisionListSchema, {
      summary: 'What the guard and the rules have decided, newest first',
      parameters: ['country', 'action', 'site', 'flow', 'cursor', 'limit'].map((name) => ({
        name,
        in: 'query',
        schema: { type: 'string' },
      })),
      errors: ['malformed_request'],
    }),
  },
  '/v1/admin/rules': {
    get: byOperator(RuleListSchema, { summary: 'The rules that go before the guard' }),
    post: byOperator(RuleSchema, {
      summary: 'Allow, challenge or block whom a rule matches. Without a match it is for everybody',
      request: RuleRequestSchema,
      answer: { status: 201, schema: RuleSchema },
    }),
    delete: byOperator(undefined, {
      summary: 'Delete the rule of that id',
      parameters: [{ name: 'id', in: 'query', required: true, schema: { type: 'string' } }],
      errors: ['malformed_request'],
    }),
  },
  '/v1/admin/rules/{id}': {
    delete: byOperator(undefined, {
      summary: 'Delete a rule',
      parameters: [inPath('id')],
      errors: ['malformed_request'],
    }),
  },
  '/v1/admin/mitto/search': {
    get: byMitto(RecordListSchema, { summary: 'List Mitto’s session detail records' }),
    post: byMitto(RecordListSchema, {
      summary: 'Filtered records',
      request: RecordSchema,
    }),
  },
  '/v1/admin/mitto/search/{sid}': {
    get: byMitto(RecordSchema, { summary: 'Get the record of one OTP', parameters: SID }),
  },
  '/v1/admin/mitto/usage': {
    get: byMitto(RecordListSchema, { summary: 'List Mitto’s usage records', parameters: DATES }),
    post: byMitto(RecordListSchema, {
      summary: 'Filtered records',
      request: RecordSchema,
    }),
  },
  '/v1/admin/mitto/usage/{subresource}': {
    get: byMitto(RecordListSchema, {
      summary: 'Usage by period: Daily, Monthly, Today, …',
      parameters: [inPath('subresource'), ...DATES],
    }),
  },
  ...records('limits', 'limit'),
  ...records('workflows', 'workflow'),
};
