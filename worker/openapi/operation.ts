import type * as v from 'valibot';
import type { ErrorCode } from '../../shared/error-codes.ts';

/** Any call may end so. */
export const EVERYWHERE = ['temporarily_unavailable', 'misconfigured'] as const;
/** Any call with a body may end so. */
export const WITH_BODY = [
  'malformed_request',
  'payload_too_large',
  'unsupported_media_type',
] as const;

export interface Operation {
  summary: string;
  /** The secret that the caller shows. */
  bearer?: 'SITE_SECRET' | 'ADMIN_TOKEN';
  request?: v.GenericSchema;
  /** Bodies besides JSON. */
  alsoForm?: boolean;
  /** Without a schema there is no body. */
  answer: { status: 200 | 201 | 202 | 204; schema?: v.GenericSchema; type?: string };
  parameters?: readonly object[];
  errors: readonly ErrorCode[];
  /** A status that carries the answer's own form instead of a problem. */
  isOwnForm?: number;
}

export type Operations = Readonly<Record<string, Readonly<Record<string, Operation>>>>;
