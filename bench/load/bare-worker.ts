/** What everything is measured against: the same router, answering a constant. */
import { Router } from 'itty-router';

const router = Router();
router.post(
  '/v1/send',
  () => new Response('{}', { headers: { 'Content-Type': 'application/json' } }),
);

export default { fetch: (request: Request) => router.fetch(request) };
