import { expect, it } from 'vitest';
import { requireDocumented } from './openapi-matcher.ts';

const request = new Request('https://otp.example.com/healthz');
const health = (body: object, init?: ResponseInit) =>
  requireDocumented(request, Response.json(body, init));

it('takes an answer as it is described', async () => {
  await health({ checks: [], status: 'ok' });
  await health(
    { checks: [], status: 'misconfigured' },
    { status: 503, headers: { 'Retry-After': '30' } },
  );
});

it.each([
  ['a member', { status: 'ok', checks: [], secret: 1 }, {}],
  ['a value', { status: 'fine', checks: [] }, {}],
  ['a status', { status: 'ok', checks: [] }, { status: 201 }],
  ['a header too many', { status: 'ok', checks: [] }, { headers: { 'Retry-After': '1' } }],
  ['a header too few', { status: 'misconfigured', checks: [] }, { status: 503 }],
])('does not take %s that is not', async (_what, body, init) => {
  await expect(health(body, init)).rejects.toThrow();
});

it('does not take a code that the call does not name', async () => {
  const problem = Response.json({ code: 'invalid_phone' }, { status: 422 });
  await expect(
    requireDocumented(
      new Request('https://otp.example.com/v1/verify', { method: 'POST' }),
      problem,
    ),
  ).rejects.toThrow('invalid_phone');
});
