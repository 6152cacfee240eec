import { base64url } from 'jose';
import type { Runtime } from './services.ts';

/** The clock, the network and the chance that every runtime has. */
export function systemRuntime(): Runtime {
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  return {
    now: () => Date.now(),
    fetch: (input, init) => fetch(input, init),
    randomId: () => base64url.encode(randomBytes(16)),
    randomBytes,
    log: (line) => console.log(line),
  };
}
