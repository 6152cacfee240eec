import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from './faults.ts';
import { takeFaults } from './faults.ts';
import { Harness, SEND } from './sandbox-harness.ts';

function withFaults(...faults: Fault[]): Harness {
  return new Harness({ knobs: { faults } });
}

async function rawSend(harness: Harness): Promise<{ response: Response; text: string }> {
  const response = await harness.sandbox.fetch(harness.request('POST', '/2fa/send', SEND));
  return { response, text: await response.text() };
}

function delivered(harness: Harness): number {
  return harness.sandbox.inbox.list().length;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('which faults meet a call', () => {
  it('are every delay and the first of the others, by operation', () => {
    const faults: Fault[] = [
      { on: 'verify', kind: 'hang' },
      { on: 'any', kind: 'delay', ms: 10 },
      { on: 'send', kind: 'status', status: 500, times: 1 },
      { on: 'send', kind: 'delay', ms: 5, times: 1 },
      { on: 'any', kind: 'redirect', times: 3 },
    ];
    const taken = takeFaults(faults, 'send');
    expect(taken.delayMs).toBe(15);
    expect(taken.fault).toEqual(faults[2]);
    expect(taken.left).toEqual([faults[0], faults[1], faults[4]]);
    expect(takeFaults(taken.left, null).fault).toEqual(faults[4]);
  });
});

describe('delay', () => {
  it('answers so much later', async () => {
    vi.useFakeTimers();
    const harness = withFaults({ on: 'send', kind: 'delay', ms: 3000 });
    let answered = false;
    const sending = harness.call('POST', '/2fa/send', SEND).then((answer) => {
      answered = true;
      return answer;
    });
    await vi.advanceTimersByTimeAsync(2999);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await sending).status).toBe(200);
  });

  it('ends when the caller gives up', async () => {
    const harness = withFaults({ on: 'send', kind: 'delay', ms: 60_000 });
    const request = harness.request('POST', '/2fa/send', SEND, {
      signal: AbortSignal.timeout(10),
    });
    await expect(harness.sandbox.fetch(request)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(delivered(harness)).toBe(0);
  });
});

describe('hang', () => {
  it.each([
    [undefined, 0],
    [true, 1],
  ])('ends with the caller’s patience; takesEffect %s delivers %i', async (takesEffect, count) => {
    const harness = withFaults({
      on: 'send',
      kind: 'hang',
      ...(takesEffect === undefined ? {} : { takesEffect }),
    });
    const patience = new AbortController();
    const request = harness.request('POST', '/2fa/send', SEND, { signal: patience.signal });
    const sending = harness.sandbox.fetch(request);
    await vi.waitFor(() => expect(harness.sandbox.calls.list()).toHaveLength(1));
    patience.abort(new Error('enough'));
    await expect(sending).rejects.toThrow('enough');
    expect(delivered(harness)).toBe(count);
    expect(harness.sandbox.calls.list()).toMatchObject([{ operation: 'send', status: null }]);
  });

  it('ends with a reset', async () => {
    const harness = withFaults({ on: 'any', kind: 'hang' });
    const sending = harness.sandbox.fetch(harness.request('POST', '/2fa/send', SEND));
    const lost = expect(sending).rejects.toThrow(TypeError);
    // The body is read before the call begins to wait.
    await new Promise((resolve) => setTimeout(resolve, 5));
    harness.sandbox.reset();
    await lost;
  });
});

describe('status', () => {
  it('answers in the envelope and does nothing else', async () => {
    const harness = withFaults({ on: 'send', kind: 'status', status: 503, message: 'Busy' });
    expect(await harness.call('POST', '/2fa/send', SEND)).toMatchObject({
      status: 503,
      json: { code: 503, message: 'Busy' },
    });
    expect(delivered(harness)).toBe(0);
    expect((await harness.call('GET', '/2fa/search')).status).toBe(200);
  });

  it('may come after the call took effect', async () => {
    const harness = withFaults({ on: 'send', kind: 'status', status: 500, takesEffect: true });
    expect((await harness.call('POST', '/2fa/send', SEND)).status).toBe(500);
    expect(delivered(harness)).toBe(1);
  });

  it.each([
    [null, null],
    ['', null],
    ['120', '120'],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 'Fri, 01 Jan 2027 00:00:00 GMT'],
  ])('429 with the knob retryAfter %j has Retry-After %j', async (retryAfter, header) => {
    const harness = withFaults({ on: 'send', kind: 'status', status: 429 });
    harness.sandbox.knobs.patch({ retryAfter });
    const { headers } = await harness.call('POST', '/2fa/send', SEND);
    expect(headers.get('Retry-After')).toBe(header);
  });

  it('other than 429 has none', async () => {
    const harness = withFaults({ on: 'send', kind: 'status', status: 503 });
    harness.sandbox.knobs.patch({ retryAfter: '120' });
    expect((await harness.call('POST', '/2fa/send', SEND)).headers.has('Retry-After')).toBe(false);
  });
});

describe('malformed', () => {
  it('html is a page', async () => {
    const harness = withFaults({ on: 'send', kind: 'malformed', shape: 'html' });
    const { response, text } = await rawSend(harness);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('text/html');
    expect(text).toContain('<h1>');
    expect(delivered(harness)).toBe(1);
  });

  it('half_json breaks off', async () => {
    const { text } = await rawSend(
      withFaults({ on: 'send', kind: 'malformed', shape: 'half_json' }),
    );
    expect(text).toMatch(/^\{"code":200/);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('wrong_type is JSON with members of other types', async () => {
    const { text } = await rawSend(
      withFaults({ on: 'send', kind: 'malformed', shape: 'wrong_type' }),
    );
    expect(JSON.parse(text)).toEqual({ code: [200], message: { text: 'OK' }, requestID: 200 });
  });

  it('empty is empty', async () => {
    const { response, text } = await rawSend(
      withFaults({ on: 'send', kind: 'malformed', shape: 'empty' }),
    );
    expect(response.status).toBe(200);
    expect(text).toBe('');
  });

  it('huge is a right answer and 5 MB', async () => {
    const harness = withFaults({ on: 'send', kind: 'malformed', shape: 'huge' });
    const { text } = await rawSend(harness);
    expect(text.length).toBeGreaterThan(5_000_000);
    expect(JSON.parse(text).requestID).toBe(harness.sandbox.inbox.last()?.requestID);
  });

  it('other_request_id names an OTP that was never sent', async () => {
    const harness = withFaults({ on: 'send', kind: 'malformed', shape: 'other_request_id' });
    const { json } = await harness.call('POST', '/2fa/send', SEND);
    expect(json).toMatchObject({ code: 200, requestID: expect.stringMatching(/^OTP\w{32}$/) });
    expect(json['requestID']).not.toBe(harness.sandbox.inbox.last()?.requestID);
  });

  it('may be all there is: an answer like that of a success, and nothing sent', async () => {
    const harness = withFaults({
      on: 'send',
      kind: 'malformed',
      shape: 'other_request_id',
      takesEffect: false,
    });
    expect((await harness.call('POST', '/2fa/send', SEND)).json).toMatchObject({ code: 200 });
    expect(delivered(harness)).toBe(0);
  });
});

it('ip_not_allowed refuses with 403, whatever the key', async () => {
  const harness = withFaults({ on: 'any', kind: 'ip_not_allowed', times: 1 });
  expect(await harness.call('POST', '/2fa/send', SEND)).toMatchObject({
    status: 403,
    json: { code: 403, message: 'IP address not allowed' },
  });
  expect((await harness.call('POST', '/2fa/send', SEND)).status).toBe(200);
});

it.each([
  [undefined, '/elsewhere/2fa/send'],
  ['http://other.test/2fa/send', 'http://other.test/2fa/send'],
])('redirect to %s is a 307', async (to, location) => {
  const harness = withFaults({ on: 'send', kind: 'redirect', ...(to === undefined ? {} : { to }) });
  const { response } = await rawSend(harness);
  expect(response.status).toBe(307);
  expect(response.headers.get('Location')).toBe(location);
  expect(delivered(harness)).toBe(0);
});
