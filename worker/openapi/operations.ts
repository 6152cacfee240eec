/** Calls of pages, and public resources. */

import {
  CancelRequestSchema,
  DeliveryRequestSchema,
  IdempotencyKeySchema,
  RenewRequestSchema,
  SendRequestSchema,
  SiteverifyRequestSchema,
  VerifyRequestSchema,
} from '../../shared/api/requests.ts';
import {
  ConfigAnswerSchema,
  DeliveryAnswerSchema,
  SendAnswerSchema,
  SiteverifyAnswerSchema,
  VerifyAnswerSchema,
} from '../../shared/api/responses.ts';
import { HealthSchema, JwksSchema } from '../../shared/api/server-responses.ts';
import { PhoneMetadataSchema } from '../../shared/phone-number/metadata.ts';
import { schemaOf } from './json-schema.ts';
import { EVERYWHERE, type Operations, WITH_BODY } from './operation.ts';

export const OPERATIONS: Operations = {
  '/v1/config': {
    get: {
      summary: 'Configuration for the widget',
      parameters: [{ name: 'flow', in: 'query', schema: { type: 'string' } }],
      answer: { status: 200, schema: ConfigAnswerSchema },
      errors: ['malformed_request', 'origin_not_allowed', ...EVERYWHERE],
    },
  },
  '/v1/phone-metadata/{country}': {
    get: {
      summary: 'Metadata for formatting and validating phone numbers of a served country',
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
      summary: 'Send a code, or resend one in an open session',
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
      summary: 'Verify a code. A right code returns a proof; the same code again renews it',
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
      summary: 'Renew the proof of a verified session, without another message',
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
      summary: 'Delivery status of the last message of a session',
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
      summary: "Verify and redeem a proof, from the site's server. Succeeds once per verification",
      request: SiteverifyRequestSchema,
      alsoForm: true,
      answer: { status: 200, schema: SiteverifyAnswerSchema },
      errors: [...WITH_BODY, 'rate_limited', ...EVERYWHERE],
    },
  },
  '/.well-known/jwks.json': {
    get: {
      summary: 'Public keys of the proofs (RFC 7517)',
      answer: { status: 200, schema: JwksSchema, type: 'application/jwk-set+json' },
      errors: EVERYWHERE,
    },
  },
  '/healthz': {
    get: {
      summary:
        'Health: whether the settings are valid and, without Cloudflare, the stores accept writes',
      answer: { status: 200, schema: HealthSchema },
      errors: [],
      isOwnForm: 503,
    },
  },
};
