/** The objects with exact counters, for any host. */
export { ClientGate } from './client-gate.ts';
export type { Hosted, ObjectStorage } from './object-storage.ts';
export { PhoneGate } from './phone-gate.ts';
export { SendLedger } from './send-ledger.ts';
