/** The calls of pages, and what anybody may read. */
import {
  ConfigAnswerSchema,
  DeliveryAnswerSchema,
  SendAnswerSchema,
  SiteverifyAnswerSchema,
  VerifyAnswerSchema,
} from '../../shared/answers.ts';
import { PhoneMetadataSchema } from '../../shared/phone-metadata.ts';
import {
  CancelRequestSchema,
  DeliveryRequestSchema,
  IdempotencyKeySchema,
  RenewRequestSchema,
  SendRequestSchema,
  SiteverifyRequestSchema,
  VerifyRequestSchema,
} from '../../shared/requests.ts';
import { HealthSchema, JwksSchema } from '../../shared/server-answers.ts';
import { schemaOf } from './json-schema.ts';
import { EVERYWHERE, type Operations, WITH_BODY } from './operation.ts';

export const OPERATIONS: Operations = {
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
      summary: 'Check a code; a right one gives a proof, and given again renews it',
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
  '/v1/renew': {
    post: {
      summary: 'Another proof for a session that is verified, without another message',
      request: RenewRequestSchema,
      answer: { status: 200, schema: VerifyAnswerSchema },
      errors: [
        ...WITH_BODY,
        'origin_not_allowed',
        'invalid_session',
        'session_used',
        'session_expired',
        'rate_limited',
        ...EVERYWHERE,
      ],
    },
  },
  '/v1/delivery': {
    post: {
      summary: 'What the provider says has become of a session’s message',
      request: DeliveryRequestSchema,
      answer: { status: 200, schema: DeliveryAnswerSchema },
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
      answer: { status: 200, schema: JwksSchema, type: 'application/jwk-set+json' },
      errors: EVERYWHERE,
    },
  },
  '/healthz': {
    get: {
      summary: 'Whether the settings are whole and, without Cloudflare, the stores take a write',
      answer: { status: 200, schema: HealthSchema },
      errors: [],
      isOwnForm: 503,
    },
  },
};
