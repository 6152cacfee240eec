/** The Worker: `mitto-otp/worker`, to deploy as it is or to mount in a Worker of one's own. */
import { createApp } from './app.ts';
import { systemRuntime } from './system-runtime.ts';

export type { App } from './app.ts';
export type * from './bindings.ts';
export {
  ClientGate,
  GuardObject,
  PhoneGate,
  SendLedger,
} from './hosts/cloudflare/durable-objects.ts';

export default createApp(systemRuntime());
