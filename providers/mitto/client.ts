/**
 * `mitto-otp/mitto`: Mitto's 2FA API, typed, in any runtime with a `fetch`: Node from 20 on, Workers, browsers. It
 * knows what Mitto says and nothing of what we make of it.
 *
 * What is documented and what is assumed is marked at each call; docs/mitto.md has the whole list.
 */
import { connect, type MittoClientOptions } from './connection.ts';
import { MittoApiError } from './errors.ts';
import type { MittoFailure } from './failure.ts';
import { limitsOver, type MittoLimits } from './limits.ts';
import { recordsOver } from './list-call.ts';
import {
  type MittoOutcomes,
  type MittoSendRequest,
  type MittoVerifyRequest,
  outcomesOver,
} from './result-client.ts';
import { type MittoSearch, searchOver } from './search.ts';
import { type MittoUsage, usageOver } from './usage.ts';
import { requireText } from './validate-input.ts';
import { type MittoWorkflows, workflowsOver } from './workflows.ts';

export type { Egress, OutboundAnswer, OutboundRequest } from '../egress/egress.ts';
export { createRelayEgress, type RelayEgressOptions } from '../egress/relay.ts';
export { MITTO_2FA_BASE_URL, type MittoAccount, type MittoClientOptions } from './connection.ts';
export { MittoApiError, type MittoErrorKind, MittoInputError } from './errors.ts';
export type { MittoFailure, MittoSaid } from './failure.ts';
export type {
  MittoLimit,
  MittoLimitBucket,
  MittoLimitChanges,
  MittoLimits,
  MittoNewLimit,
} from './limits.ts';
export type { MittoList, MittoRecord } from './record.ts';
export type {
  MittoCancelOutcome,
  MittoOutcomes,
  MittoSendOutcome,
  MittoSendRequest,
  MittoVerifyOutcome,
  MittoVerifyRequest,
} from './result-client.ts';
export type { MittoSearch, MittoSessionRecord } from './search.ts';
export {
  MITTO_USAGE_SUBRESOURCES,
  type MittoUsage,
  type MittoUsageRecord,
  type MittoUsageSubresource,
} from './usage.ts';
export type { MittoFilter } from './validate-input.ts';
export type {
  MittoNewWorkflow,
  MittoWorkflow,
  MittoWorkflowChanges,
  MittoWorkflows,
} from './workflows.ts';

/** A message that Mitto took. */
export interface MittoSentOtp {
  /** `OTP` and 32 hex (documented): names the OTP from now on. */
  requestId: string;
}

export interface MittoClient {
  /**
   * Sends an OTP: `POST /2fa/send` (documented). One try: what is `unanswered` may have been sent.
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const { requestId } = await mitto.send({
   *   service: '2FA',
   *   from: 'Example',
   *   to: '+4915228817386',
   *   body: 'Your code is {code}.',
   * });
   */
  send(request: MittoSendRequest): Promise<MittoSentOtp>;
  /**
   * Checks a code: `POST /2fa/verify` (documented; body and answer are assumed). `false` is Mitto's no. An answer
   * that could be read in two ways is none.
   *
   * @param requestId when given, an answer that names another one is `false`
   * @throws MittoInputError, MittoApiError when Mitto did not say
   * @example
   * if (await mitto.verify({ service: '2FA', number: '+4915228817386', code })) signIn();
   */
  verify(request: MittoVerifyRequest, requestId?: string): Promise<boolean>;
  /**
   * Cancels an OTP: `POST /2fa/cancel` (documented; the body is assumed).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * await mitto.cancel(requestId);
   */
  cancel(requestId: string): Promise<void>;
  readonly search: MittoSearch;
  readonly usage: MittoUsage;
  readonly limits: MittoLimits;
  readonly workflows: MittoWorkflows;
}

/**
 * The client whose calls succeed or throw.
 *
 * @throws MittoInputError
 * @example
 * const mitto = createMittoClient({ accountId: 'AC…', apiKey: process.env.MITTO_API_KEY });
 * try {
 *   for (const { channel, count } of await mitto.usage.subresource('ThisMonth')) console.log(channel, count);
 * } catch (error) {
 *   if (error instanceof MittoApiError && error.kind === 'throttled') await sleep(error.retryAfterSeconds);
 *   else throw error;
 * }
 */
export function createMittoClient(options: MittoClientOptions): MittoClient {
  const connection = connect(options);
  const outcomes = outcomesOver(connection);
  const records = recordsOver(connection);
  const errorOf = (operation: string, failure: MittoFailure) =>
    new MittoApiError(operation, failure, connection.secrets);
  return {
    async send(request) {
      for (const name of ['service', 'from', 'to', 'body'] as const)
        requireText(name, request[name]);
      const outcome = await outcomes.send(request);
      if (outcome.kind !== 'accepted') throw errorOf('send', outcome);
      return { requestId: outcome.requestId };
    },
    async verify(request, requestId) {
      requireText('code', request['code']);
      const outcome = await outcomes.verify(request, requestId);
      if (outcome.kind === 'verified') return true;
      if (outcome.kind === 'refused') return false;
      throw errorOf('verify', outcome);
    },
    async cancel(requestId) {
      requireText('requestId', requestId);
      const outcome = await outcomes.cancel(requestId);
      if (outcome.kind !== 'cancelled') throw errorOf('cancel', outcome);
    },
    search: searchOver(records),
    usage: usageOver(records),
    limits: limitsOver(records),
    workflows: workflowsOver(records),
  };
}

/**
 * Sending, checking and cancelling, with every outcome as a value to switch on, and no throwing.
 *
 * @throws MittoInputError for the options only
 * @example
 * const mitto = createMittoOutcomes({ accountId: 'AC…', apiKey });
 * const outcome = await mitto.send(message);
 * switch (outcome.kind) {
 *   case 'accepted': return remember(outcome.requestId);
 *   case 'unanswered': return 'It may be on its way.';
 *   default: return 'It was not sent.';
 * }
 */
export function createMittoOutcomes(options: MittoClientOptions): MittoOutcomes {
  return outcomesOver(connect(options));
}
