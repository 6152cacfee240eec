/**
 * `mitto-otp/worker/node`: the fetch handler and what it needs outside Cloudflare. The default export takes
 * `(request, bindings, { waitUntil })` in Node, Deno and Bun alike.
 */
import { createApp } from '../../app.ts';
import { systemRuntime } from '../../system-runtime.ts';
import { createSocketEgress } from './socket-egress.ts';

export type { App } from '../../app.ts';
export type * from '../../bindings.ts';
export { createRateLimiter } from './rate-limiter.ts';
export { type AppServer, type AppServerOptions, createAppServer } from './server.ts';
export { openAssetFolder } from './static-assets.ts';
export {
  createMemoryStores,
  openSqliteStores,
  type StoreOptions,
  type Stores,
} from './stores.ts';

export default createApp({ ...systemRuntime(), directEgress: createSocketEgress() });
