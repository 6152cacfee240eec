import type * as v from 'valibot';
import type { ErrorCode } from '../../shared/api/error-codes.ts';

/** Errors of any call. */
export const EVERYWHERE = ['temporarily_unavailable', 'misconfigured'] as const;
/** Errors of any call with a body. */
export const WITH_BODY = [
  'malformed_request',
  'payload_too_large',
  'unsupported_media_type',
] as const;

export interface Operation {
  summary: string;
  /** The secret that the caller must send. */
  bearer?: 'SITE_SECRET' | 'ADMIN_TOKEN';
  request?: v.GenericSchema;
  /** Also accepts form bodies. */
  alsoForm?: boolean;
  /** Without a schema the response has no body. */
  answer: { status: 200 | 201 | 202 | 204; schema?: v.GenericSchema; type?: string };
  parameters?: readonly object[];
  errors: readonly ErrorCode[];
  /** An error status with the response's own schema instead of problem details. */
  isOwnForm?: number;
}

export type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;
