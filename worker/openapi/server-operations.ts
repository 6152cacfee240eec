/** The calls of a site's own server, of Auth0's Actions, and of providers. */

import {
  Auth0PhoneRequestSchema,
  FeedbackRequestSchema,
  IdempotencyKeySchema,
  MessageRequestSchema,
} from '../../shared/api/requests.ts';
import { MessageAnswerSchema } from '../../shared/api/responses.ts';
import { Auth0PhoneAnswerSchema, MessageStateSchema } from '../../shared/api/server-responses.ts';
import { schemaOf } from './json-schema.ts';
import { EVERYWHERE, type Operations, WITH_BODY } from './operation.ts';

const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: schemaOf(IdempotencyKeySchema),
};

const pathParameter = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});

const SENDING = [
  ...WITH_BODY,
  'unauthorized',
  'request_in_progress',
  'invalid_phone',
  'destination_not_allowed',
  'idempotency_mismatch',
  'rate_limited',
  'upstream_error',
  'blocked_by_provider',
  ...EVERYWHERE,
  'capacity',
  'delivery_unknown',
] as const;

const REPORT = {
  summary: 'Delivery report webhook for providers',
  parameters: [pathParameter('connector'), pathParameter('token')],
  answer: { status: 204 },
  errors: ['malformed_request', 'not_found', 'payload_too_large', 'rate_limited', ...EVERYWHERE],
} as const;

export const SERVER_OPERATIONS: Operations = {
  '/v1/messages': {
    post: {
      summary: 'Send a custom message, as text or by template',
      bearer: 'SITE_SECRET',
      request: MessageRequestSchema,
      parameters: [IDEMPOTENCY],
      answer: { status: 202, schema: MessageAnswerSchema },
      errors: SENDING,
    },
  },
  '/v1/messages/{id}': {
    get: {
      summary: 'Delivery status of a message',
      bearer: 'SITE_SECRET',
      parameters: [pathParameter('id')],
      answer: { status: 200, schema: MessageStateSchema },
      errors: ['unauthorized', 'not_found', 'rate_limited', ...EVERYWHERE],
    },
  },
  '/v1/feedback': {
    post: {
      summary: 'What has become of a visitor: genuine or fraud. Said again, it counts once',
      bearer: 'SITE_SECRET',
      request: FeedbackRequestSchema,
      answer: { status: 204 },
      errors: [...WITH_BODY, 'unauthorized', 'invalid_session', 'rate_limited', ...EVERYWHERE],
    },
  },
  '/v1/hooks/auth0/phone': {
    post: {
      summary: 'Send a code of Auth0, for the Actions of integrations/auth0',
      bearer: 'SITE_SECRET',
      request: Auth0PhoneRequestSchema,
      parameters: [IDEMPOTENCY],
      answer: { status: 202, schema: Auth0PhoneAnswerSchema },
      errors: SENDING,
    },
  },
  '/v1/callbacks/{connector}/{token}': { get: REPORT, post: REPORT },
};
