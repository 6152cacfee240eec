/**
 * The product, but for two things that cost locally what they do not on Cloudflare: the log line, which Miniflare
 * parses in the very process that makes the load, and the burst shield, which it plays in JavaScript.
 */
import { createApp } from '../../worker/app.ts';

export { ClientGate, GuardObject, PhoneGate, SendLedger } from '../../worker/index.ts';

const app = createApp({
  now: () => Date.now(),
  fetch: (input, init) => fetch(input, init),
  randomId: () => crypto.randomUUID().replaceAll('-', ''),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  log: () => {},
});

let unshielded: Env | undefined;

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    unshielded ??= { ...env, BURST: { limit: async () => ({ success: true }) } };
    return app.fetch(request as never, unshielded, context);
  },
};
