/** The objects with exact counters, for any host. */

export { SendLedger } from './budget/budget-object.ts';
export { ClientGate } from './client/client-object.ts';
export type { Hosted, ObjectStorage } from './object-storage.ts';
export { PhoneGate } from './phone/phone-object.ts';
