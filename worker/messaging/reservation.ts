/**
 * What a message goes through between its phone's leave and its provider, a code as any other: it is charged, looked at
 * once more, and what came of it is settled with the phone and with the budgets.
 */
import { isUncharged } from '../connectors/map-provider-error.ts';
import { seal, unseal } from '../crypto/seal.ts';
import { type ErrorReason, RequestError } from '../errors.ts';
import type { BudgetLimiter } from '../rate-limit/budget/budget-limiter.ts';
import type {
  GrantedMessage,
  RefusedMessage,
  RefusedSend,
} from '../rate-limit/phone/phone-limiter.ts';
import type { Context } from '../request-context.ts';
import { requireTimeLeft } from '../request-deadline.ts';

export interface ChargedGrant {
  /** Takes note of why there is no message. Where nobody took anything, phone and budgets are as before. */
  settleFailure(reason: ErrorReason): Promise<void>;
}

/** Looks at what else may stand in the way: before anything is charged, and before what cannot be undone. */
export interface Looks {
  firstLook?(): Promise<void>;
  lastLook(): void | Promise<void>;
}

/**
 * @throws RequestError with nothing counted
 */
export async function reserveBudgets(
  grant: Pick<GrantedMessage, 'settle'>,
  send: Parameters<BudgetLimiter['charge']>[0],
  grantedAtMs: number,
  { firstLook, lastLook }: Looks,
  context: Context,
): Promise<ChargedGrant> {
  const { budgets, keyring } = context.service;
  let refund = async () => {};
  // A budget that cannot be reached keeps the charge: that is the safe side.
  const takeBack = async () => {
    await Promise.allSettled([refund(), grant.settle('not_sent')]);
  };
  try {
    await firstLook?.();
    refund = await budgets.charge(send, grantedAtMs);
    await lastLook();
    requireTimeLeft(context);
  } catch (refusal) {
    await takeBack();
    throw refusal;
  }
  return {
    async settleFailure(reason) {
      if (isUncharged(reason)) return takeBack();
      const answer = await seal(JSON.stringify(reason), 'answer', keyring);
      await grant.settle('not_accepted', { answer });
    },
  };
}

/** What the first request with this key got, or why there is nothing to get. @throws RequestError */
export async function replayResponse<Answer extends object>(
  decision: RefusedSend | RefusedMessage,
  { service }: Context,
): Promise<Answer> {
  if (decision.kind === 'abandoned')
    throw new RequestError({
      kind: 'delivery_unknown',
      detail: 'the first request with this key was cut off',
    });
  if (decision.kind !== 'replayed') throw new RequestError(decision);
  const text = await unseal(decision.answer, 'answer', service.keyring);
  if (text === undefined)
    throw new RequestError({ kind: 'delivery_unknown', detail: 'sealed under a lost key' });
  const stored = JSON.parse(text) as Answer | ErrorReason;
  if ('kind' in stored) throw new RequestError(stored);
  return stored;
}
