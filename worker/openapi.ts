/** The OpenAPI document, made from the schemas that check the requests and the table of codes that answers come from. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import {
  ConfigAnswerSchema,
  SendAnswerSchema,
  SiteverifyAnswerSchema,
  VerifyAnswerSchema,
} from '../shared/answers.ts';
import { ERROR_CODES, type ErrorCode } from '../shared/error-codes.ts';
import { PhoneMetadataSchema } from '../shared/phone-metadata.ts';
import { ProblemSchema } from '../shared/problem.ts';
import {
  CancelRequestSchema,
  IdempotencyKeySchema,
  SendRequestSchema,
  SiteverifyRequestSchema,
  VerifyRequestSchema,
} from '../shared/requests.ts';

/** Any call may end so. */
const EVERYWHERE = ['temporarily_unavailable', 'misconfigured'] as const;
/** Any call with a body may end so. */
const WITH_BODY = ['malformed_request', 'payload_too_large', 'unsupported_media_type'] as const;

interface Operation {
  summary: string;
  request?: v.GenericSchema;
  /** Bodies besides JSON. */
  alsoForm?: boolean;
  answer: { status: 200 | 204; schema?: v.GenericSchema; type?: string };
  parameters?: object[];
  errors: readonly ErrorCode[];
  /** A status that carries the answer's own form instead of a problem. */
  isOwnForm?: number;
}

const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/v1/config': {
    get: {
      summary: 'What the widget needs to know',
      parameters: [{ name: 'flow', in: 'query', schema: { type: 'string' } }],
      answer: { status: 200, schema: ConfigAnswerSchema },
      errors: ['malformed_request', 'origin_not_allowed', ...EVERYWHERE],
    },
  },
  '/v1/phone-metadata/{country}': {
    get: {
      summary: 'What the widget formats and judges the numbers of a served country by',
      parameters: [
        {
          name: 'country',
          in: 'path',
          required: true,
          description: 'ISO 3166-1 alpha-2',
          schema: { type: 'string', pattern: '^[A-Z]{2}$' },
        },
      ],
      answer: { status: 200, schema: PhoneMetadataSchema },
      errors: ['origin_not_allowed', 'not_found', ...EVERYWHERE],
    },
  },
  '/v1/send': {
    post: {
      summary: 'Send a code, or another one in an open session',
      request: SendRequestSchema,
      parameters: [
        { name: 'Idempotency-Key', in: 'header', schema: schemaOf(IdempotencyKeySchema) },
      ],
      answer: { status: 200, schema: SendAnswerSchema },
      errors: [
        ...WITH_BODY,
        'origin_not_allowed',
        'invalid_session',
        'challenge_failed',
        'session_used',
        'request_in_progress',
        'session_expired',
        'invalid_phone',
        'destination_not_allowed',
        'idempotency_mismatch',
        'rate_limited',
        'too_many_attempts',
        'upstream_error',
        'blocked_by_provider',
        ...EVERYWHERE,
        'capacity',
        'delivery_unknown',
      ],
    },
  },
  '/v1/verify': {
    post: {
      summary: 'Check a code; a right one gives a proof',
      request: VerifyRequestSchema,
      answer: { status: 200, schema: VerifyAnswerSchema },
      errors: [
        ...WITH_BODY,
        'origin_not_allowed',
        'invalid_session',
        'session_used',
        'request_in_progress',
        'session_expired',
        'invalid_code_format',
        'incorrect_code',
        'rate_limited',
        'too_many_attempts',
        'upstream_error',
        ...EVERYWHERE,
        'upstream_timeout',
      ],
    },
  },
  '/v1/cancel': {
    post: {
      summary: 'Cancel the code of a session',
      request: CancelRequestSchema,
      answer: { status: 204 },
      errors: [
        ...WITH_BODY,
        'origin_not_allowed',
        'invalid_session',
        'session_expired',
        'rate_limited',
        ...EVERYWHERE,
      ],
    },
  },
  '/v1/siteverify': {
    post: {
      summary: "From the site's server: whether a proof is good. It succeeds once",
      request: SiteverifyRequestSchema,
      alsoForm: true,
      answer: { status: 200, schema: SiteverifyAnswerSchema },
      errors: [...WITH_BODY, 'rate_limited', ...EVERYWHERE],
    },
  },
  '/.well-known/jwks.json': {
    get: {
      summary: 'The public keys of the proofs (RFC 7517)',
      answer: { status: 200, type: 'application/jwk-set+json' },
      errors: EVERYWHERE,
    },
  },
  '/healthz': {
    get: {
      summary: 'Whether the settings are whole',
      answer: { status: 200 },
      errors: [],
      isOwnForm: 503,
    },
  },
};

export function describeApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'mitto-otp',
      version: '1',
      description: 'Proves that a visitor holds a phone number.',
    },
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [method, describe(operation)]),
        ),
      ]),
    ),
    components: { schemas: { Problem: schemaOf(ProblemSchema) } },
  };
}

function describe(operation: Operation): object {
  const { summary, request, alsoForm, answer, parameters, errors, isOwnForm } = operation;
  return {
    summary,
    ...(parameters ? { parameters } : {}),
    ...(request
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              ['application/json', ...(alsoForm ? ['application/x-www-form-urlencoded'] : [])].map(
                (type) => [type, { schema: schemaOf(request) }],
              ),
            ),
          },
        }
      : {}),
    responses: {
      [answer.status]: describeAnswer(answer),
      ...(isOwnForm ? { [isOwnForm]: describeAnswer(answer) } : {}),
      ...describeErrors(errors),
    },
  };
}

function describeAnswer({
  status,
  schema,
  type = 'application/json',
}: Operation['answer']): object {
  if (status === 204) return { description: 'Done' };
  return {
    description: 'OK',
    content: { [type]: { schema: schema ? schemaOf(schema) : { type: 'object' } } },
  };
}

/** One response a status; the codes that it can carry stand in its schema. */
function describeErrors(codes: readonly ErrorCode[]): object {
  const statuses = [...new Set(codes.map((code) => ERROR_CODES[code].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => ERROR_CODES[code].status === status);
      const schema = {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: here } } }],
      };
      return [
        status,
        { description: here.join(', '), content: { 'application/problem+json': { schema } } },
      ];
    }),
  );
}

function schemaOf(schema: v.GenericSchema): object {
  const { $schema: _dialect, ...jsonSchema } = toJsonSchema(schema, { errorMode: 'ignore' });
  return jsonSchema;
}
