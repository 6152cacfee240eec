import type { DeliveryAnswer } from '../../shared/answers.ts';
import type { DeliveryState } from '../limits/phone-ledger.ts';

/** A message that was kept back has not arrived, like any other that has not, and the code says why. */
export function toldState(state: DeliveryState): DeliveryAnswer {
  return state === 'blocked' ? { state: 'not_delivered', code: 'blocked_by_provider' } : { state };
}
