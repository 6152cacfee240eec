/**
 * Mitto at its worst, over real sockets: whatever it does to a send, the caller gets an error that says what is known,
 * and Mitto was asked once.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import type { ErrorCode } from '../../../shared/api/error-codes.ts';
import type { Problem } from '../../../shared/api/problem-details.ts';
import type { SendAnswer } from '../../../shared/api/responses.ts';

let product: Stack;
let lastNumber = 0;

beforeAll(async () => {
  product = await startStack({ port: 0 });
});

afterEach(() => {
  product.sandbox.reset();
});

afterAll(() => product?.close());

function post(path: string, body: object): Promise<Response> {
  return fetch(`${product.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: product.url },
    body: JSON.stringify(body),
  });
}

/** Each to a number of its own, which has never been sent anything. */
function send(): Promise<Response> {
  lastNumber += 1;
  return post('/v1/send', { phone: `+1202555${String(100 + lastNumber).padStart(4, '0')}` });
}

function callsOf(operation: 'send' | 'verify') {
  return product.sandbox.calls.list({ operation });
}

async function toProblem(response: Response): Promise<Problem> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  return (await response.json()) as Problem;
}

const SEND_FAULTS: readonly [name: string, fault: Fault, status: number, code: ErrorCode][] = [
  ['never answers', { on: 'send', kind: 'hang' }, 504, 'delivery_unknown'],
  [
    'sends the message and never says so',
    { on: 'send', kind: 'hang', takesEffect: true },
    504,
    'delivery_unknown',
  ],
  ['redirects', { on: 'send', kind: 'redirect' }, 502, 'upstream_error'],
  [
    'answers five megabytes',
    { on: 'send', kind: 'malformed', shape: 'huge' },
    502,
    'upstream_error',
  ],
  [
    'answers half a JSON',
    { on: 'send', kind: 'malformed', shape: 'half_json' },
    502,
    'upstream_error',
  ],
  ['answers a page', { on: 'send', kind: 'malformed', shape: 'html' }, 502, 'upstream_error'],
  ['answers nothing', { on: 'send', kind: 'malformed', shape: 'empty' }, 502, 'upstream_error'],
  ['does not know our address', { on: 'send', kind: 'ip_not_allowed' }, 503, 'misconfigured'],
  [
    'has too much to do',
    { on: 'send', kind: 'status', status: 429 },
    503,
    'temporarily_unavailable',
  ],
  ['is broken', { on: 'send', kind: 'status', status: 500 }, 502, 'upstream_error'],
];

describe('a send when Mitto', () => {
  // Several failures in a row would keep the Worker from asking at all: one that works in between ends the row.
  beforeEach(async () => {
    expect((await send()).status).toBe(200);
    product.sandbox.reset();
  });

  it.each(SEND_FAULTS)('%s', async (_name, fault, status, code) => {
    product.sandbox.knobs.patch({ faults: [fault] });
    const response = await send();
    expect(await toProblem(response)).toMatchObject({ status, code });
    expect(response.status).toBe(status);
    // Neither tried again, which would be a second message, nor followed to where a redirect points.
    expect(product.sandbox.calls.list()).toHaveLength(1);
    expect(callsOf('send')).toHaveLength(1);
  });

  it('cannot be reached: it is not known either', async () => {
    const lonely = await startStack({
      port: 0,
      // The discard port: nobody listens.
      settings: { MITTO_2FA_BASE_URL: 'http://127.0.0.1:9' },
    });
    try {
      const response = await fetch(`${lonely.url}/v1/send`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: lonely.url },
        body: JSON.stringify({ phone: '+12025550199' }),
      });
      expect(await toProblem(response)).toMatchObject({ status: 504, code: 'delivery_unknown' });
    } finally {
      await lonely.close();
    }
  });
});

describe('a check', () => {
  it.each<[string, Fault]>([
    ['answers half a JSON', { on: 'verify', kind: 'malformed', shape: 'half_json', times: 1 }],
    ['answers five megabytes', { on: 'verify', kind: 'malformed', shape: 'huge', times: 1 }],
    ['redirects', { on: 'verify', kind: 'redirect', times: 1 }],
    [
      'names another code',
      { on: 'verify', kind: 'malformed', shape: 'other_request_id', times: 1 },
    ],
  ])('gives no proof when Mitto %s', async (_name, fault) => {
    const { session } = (await (await send()).json()) as SendAnswer;
    const code = product.sandbox.inbox.last()?.code ?? '';
    product.sandbox.knobs.patch({ faults: [fault] });
    const response = await post('/v1/verify', { session, code });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).not.toBe(500);
    expect(await toProblem(response)).not.toHaveProperty('proof');
    expect(callsOf('verify')).toHaveLength(1);
  });
});
