import type { DeliveryAnswer } from '../../shared/api/responses.ts';
import type { DeliveryState } from '../rate-limit/phone/phone-record.ts';

/** A blocked message is reported as not delivered, with a code that says why. */
export function toPublicState(state: DeliveryState): DeliveryAnswer {
  return state === 'blocked' ? { state: 'not_delivered', code: 'blocked_by_provider' } : { state };
}
