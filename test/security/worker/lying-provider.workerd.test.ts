/**
 * P14: a provider that is down or lies never makes a success of a wrong code, and never holds a visitor long. The
 * client's own reading of ten thousand answers stands beside it; here some hundreds go through the whole Worker.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import { ERROR_CODES } from '../../../shared/api/error-codes.ts';
import { fastTimeouts } from '../../support/worker/fast-timers.ts';
import { codeOf, PHONE, startService } from '../../support/worker/harness.ts';

interface FuzzedAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const headers = fc.record(
  {
    'Content-Type': fc.constantFrom('application/json', 'text/html', 'text/plain', ''),
    'Retry-After': fc.constantFrom('5', '-5', '1e9', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', ''),
    Location: fc.constantFrom('/2fa/verify', 'https://evil.test/', ''),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const yes = { code: 200, message: 'OK' };
const isPlain = (status: number) => status !== 204 && status !== 205 && status !== 304;

/** One yes, spoilt in one way each: none of these answers says that the code was right. */
const spoilt = fc.oneof(
  // By the status, whatever the body says.
  fc.record({
    status: fc.integer({ min: 300, max: 599 }).filter(isPlain),
    body: fc.constantFrom(JSON.stringify(yes), '{}', ''),
  }),
  // By the code in the body, which is not there, not 200, or not a number.
  fc.record({
    status: fc.constantFrom(200, 201, 202),
    body: fc
      .oneof(
        fc.constantFrom<unknown[]>(undefined, 201, 204, 299, 199, 300, '200', true, [200], {}),
        fc.anything({ maxDepth: 1 }),
      )
      .filter((code) => code !== 200)
      .map((code) => JSON.stringify({ ...yes, code }) ?? ''),
  }),
  // By a member that contradicts it.
  fc.record({
    status: fc.constant(200),
    body: fc
      .tuple(
        fc.constantFrom('verified', 'valid', 'success', 'Valid', 'VERIFIED'),
        fc.constantFrom<unknown[]>(false, null, 0, 1, '', 'true', [], {}),
      )
      .map(([name, value]) => JSON.stringify({ ...yes, [name]: value })),
  }),
  // By the id of another request.
  fc.record({
    status: fc.constant(200),
    body: fc
      .constantFrom<unknown[]>('OTP00000000000000000000000000000000', '', null, 1, {}, [])
      .map((requestID) => JSON.stringify({ ...yes, requestID })),
  }),
  // By two members of one name, of which one says no.
  fc.record({
    status: fc.constant(200),
    body: fc.constantFrom(
      '{"code":400,"code":200}',
      '{"code":200,"Code":400}',
      '{"code":200,"valid":true,"valid":true}',
      '{"code":200,"valid":false,"VALID":true}',
    ),
  }),
  // By not being an object at all.
  fc.record({
    status: fc.constant(200),
    body: fc.oneof(
      fc.constantFrom(
        '',
        '[]',
        'true',
        '200',
        '"OK"',
        '[{"code":200}]',
        'null',
        '<code>200</code>',
      ),
      fc.nat(21).map((length) => JSON.stringify(yes).slice(0, length)),
      fc.string({ unit: 'binary' }).filter((text) => !/^\s*\{/.test(text)),
    ),
  }),
);
const fuzzedAnswer: fc.Arbitrary<FuzzedAnswer> = fc
  .tuple(spoilt, headers)
  .map(([answer, headers]) => ({ ...answer, headers }));

/** A service whose provider is true until the test lets it lie. */
function startLiedTo() {
  const sandbox = createProviderSandbox();
  let lie: (() => Response) | undefined;
  const service = startService({
    sandbox,
    runtime: {
      fetch: (async (input: string, init: RequestInit) =>
        lie ? lie() : sandbox.fetch(new Request(input, init))) as typeof fetch,
    },
  });
  return {
    service,
    lie({ status, headers, body }: FuzzedAnswer) {
      lie = () => new Response(body, { status, headers });
    },
  };
}

let lastPhone = 0;
const nextPhone = () => `+4915${String(110_000_000 + ++lastPhone * 10_007).slice(0, 9)}`;

function expectKnown(code: string): void {
  expect(Object.keys(ERROR_CODES)).toContain(code);
}

describe('malformed provider responses', () => {
  it('never makes a proof of a code by an answer that is not a plain yes', {
    timeout: 60_000,
  }, async () => {
    const property = fc.asyncProperty(fuzzedAnswer, async (answer) => {
      const { service, lie } = startLiedTo();
      const { session } = await service.send({ phone: nextPhone() });
      lie(answer);
      const response = await service.verify(session, '123456');
      expect(response.status).not.toBe(200);
      expectKnown(await codeOf(response));
      expect(response.status).not.toBe(500);
    });
    await fc.assert(property, {
      seed: 14,
      numRuns: 150,
      endOnFailure: true,
    });
  });

  it('never makes a session of a send by an answer that names no request', {
    timeout: 60_000,
  }, async () => {
    const named = fc
      .constantFrom<unknown[]>('', ' ', 'a b', 'x'.repeat(129), 'é', null, 1, {}, [], true)
      .map((requestID) => ({
        status: 200,
        headers: {},
        body: JSON.stringify({ ...yes, requestID }),
      }));
    const property = fc.asyncProperty(fc.oneof(fuzzedAnswer, named), async (answer) => {
      // An id that is another one is an id: a send has nothing to hold it against.
      fc.pre(!answer.body.includes('OTP0'));
      const { service, lie } = startLiedTo();
      lie(answer);
      const response = await service.post('/v1/send', { phone: nextPhone() });
      expect(response.status).not.toBe(200);
      expectKnown(await codeOf(response));
    });
    await fc.assert(property, {
      seed: 15,
      numRuns: 150,
      endOnFailure: true,
    });
  });

  it('is believed when it says a plain yes', async () => {
    const { service, lie } = startLiedTo();
    const { session } = await service.send();
    lie({ status: 200, headers: {}, body: JSON.stringify(yes) });
    expect(await codeOf(await service.verify(session, '123456'))).toBe('ok');
  });
});

describe('a provider that hangs', () => {
  it('at a check is waited for no longer than eight seconds, and the code may be tried again', async () => {
    const service = startService();
    const { session } = await service.send();
    service.sandbox.knobs.patch({ faults: [{ on: 'verify', kind: 'hang', times: 1 }] });
    using deadlines = fastTimeouts();
    const response = await service.verify(session, service.codeOf());
    expect(response.status).toBe(504);
    expect(await codeOf(response)).toBe('upstream_timeout');
    expect(deadlines.asked).toEqual([8_000]);
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });

  it('in the middle of its answer is not waited for either', async () => {
    const service = startService({
      runtime: {
        fetch: (async (_input: string, { signal }: RequestInit) => {
          const start = (controller: ReadableStreamDefaultController) => {
            controller.enqueue(new TextEncoder().encode('{"code":'));
            // As with a real fetch, the body breaks off with the call.
            signal?.addEventListener('abort', () => controller.error(signal.reason));
          };
          return new Response(new ReadableStream({ start }));
        }) as typeof fetch,
      },
    });
    using _deadlines = fastTimeouts();
    const response = await service.post('/v1/send', { phone: PHONE });
    expect(await codeOf(response)).toBe('delivery_unknown');
  });
});
