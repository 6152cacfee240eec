/** The Worker: `mitto-otp/worker`, to deploy as it is or to mount in a Worker of one's own. */
import { base64url } from 'jose';
import { createApp } from './app.ts';

export { ClientGate } from './limits/client-gate.ts';
export { PhoneGate } from './limits/phone-gate.ts';
export { SendLedger } from './limits/send-ledger.ts';

export default createApp({
  now: () => Date.now(),
  fetch: (input, init) => fetch(input, init),
  randomId: () => base64url.encode(crypto.getRandomValues(new Uint8Array(16))),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  log: (line) => console.log(line),
});
