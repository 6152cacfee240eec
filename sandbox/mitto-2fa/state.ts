import type { Fields } from '../request-body.ts';
import type { SandboxState } from '../sandbox-state.ts';
import type { LimitBook } from './limits.ts';
import type { OtpBook } from './otps.ts';
import type { UsageBook } from './usage.ts';
import type { WorkflowBook } from './workflows.ts';

/** What the calls of the 2FA API work on. */
export interface TwoFactorState extends SandboxState {
  readonly accountId: string;
  readonly otps: OtpBook;
  readonly limits: LimitBook;
  readonly usage: UsageBook;
  readonly workflows: WorkflowBook;
}

/** A call as its handler sees it: authenticated, on a known path, with its body parsed. */
export interface MittoCall {
  /** The part of the path that names a resource: a sid or a sub-resource. */
  readonly resource: string;
  /** Of the query with GET, of the body with all others. */
  readonly fields: Fields;
}
