import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from './faults.ts';
import { takeFaults } from './faults.ts';
import { type Provider, ProviderSchema } from './operation.ts';
import { Harness, SEND } from './testing.ts';

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

describe('the scope of a fault', () => {
  const asks: Record<Provider, (harness: Harness) => Promise<{ status: number }>> = {
    'mitto-2fa': (harness) => harness.call('POST', '/2fa/send', SEND),
    'mitto-sms': (harness) => harness.sms(),
    twilio: (harness) => harness.message(),
  };

  it.each(ProviderSchema.options)('may be one provider: %s', async (down) => {
    const harness = withFaults({ on: down, kind: 'status', status: 503 });
    for (const provider of ProviderSchema.options) {
      const { status } = await asks[provider](harness);
      expect(status === 503, provider).toBe(provider === down);
    }
    expect(delivered(harness)).toBe(2);
  });

  it('may be one operation', async () => {
    const harness = withFaults({ on: 'twilio_call', kind: 'status', status: 503 });
    expect((await harness.message()).status).toBe(201);
    expect((await harness.phoneCall()).status).toBe(503);
  });

  it('is not a path that no provider has, unless it is any', async () => {
    const harness = withFaults({ on: 'mitto-2fa', kind: 'status', status: 503 });
    expect((await harness.call('GET', '/nowhere')).status).toBe(404);
    harness.sandbox.knobs.patch({ faults: [{ on: 'any', kind: 'status', status: 503 }] });
    expect((await harness.call('GET', '/nowhere')).status).toBe(503);
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

describe('cut', () => {
  it.each([
    [undefined, 0],
    [true, 1],
  ])('loses the answer; takesEffect %s delivers %i', async (takesEffect, count) => {
    const effect = takesEffect === undefined ? {} : { takesEffect };
    const harness = withFaults({ on: 'any', kind: 'cut', ...effect });
    for (const ask of [() => rawSend(harness), () => harness.sms(), () => harness.phoneCall()])
      await expect(ask()).rejects.toThrow(TypeError);
    expect(delivered(harness)).toBe(3 * count);
    expect(harness.sandbox.calls.list().map(({ status }) => status)).toEqual([null, null, null]);
  });
});

describe('refused', () => {
  it('gives one of the provider’s own codes', async () => {
    const harness = new Harness();
    const refuse = (code: number) =>
      harness.sandbox.knobs.patch({ faults: [{ on: 'any', kind: 'refused', code, times: 1 }] });

    refuse(30450);
    expect(await harness.message()).toMatchObject({ status: 400, json: { code: 30450 } });
    refuse(21216);
    expect(await harness.phoneCall()).toMatchObject({ status: 400, json: { code: 21216 } });
    refuse(99999);
    expect(await harness.message()).toMatchObject({ status: 400, json: { code: 99999 } });
    refuse(8);
    expect((await harness.sms()).json).toMatchObject({ responseCode: 8, textLength: 0 });
    refuse(99999);
    expect((await harness.sms()).json).toMatchObject({ responseCode: 1 });
    refuse(402);
    expect(await harness.call('POST', '/2fa/send', SEND)).toMatchObject({
      status: 402,
      json: { code: 402 },
    });
    refuse(1001);
    expect(await harness.call('POST', '/2fa/send', SEND)).toMatchObject({
      status: 400,
      json: { code: 1001 },
    });
    expect(delivered(harness)).toBe(0);
  });

  it.each([20429, 14107])('for the rate, %i, has the Retry-After of the knob', async (code) => {
    const harness = withFaults({ on: 'twilio', kind: 'refused', code });
    harness.sandbox.knobs.patch({ retryAfter: '3' });
    const { status, headers } = await harness.message();
    expect(status).toBe(429);
    expect(headers.get('Retry-After')).toBe('3');
  });
});

describe('status', () => {
  it('is said in the words of each provider', async () => {
    const harness = withFaults({ on: 'any', kind: 'status', status: 503, message: 'Busy' });
    expect((await harness.sms()).json).toEqual({ code: 503, message: 'Busy' });
    expect(await harness.message()).toMatchObject({
      status: 503,
      json: {
        code: 20503,
        message: 'Busy',
        more_info: 'https://www.twilio.com/docs/errors/20503',
        status: 503,
      },
    });
  });

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

describe('malformed, at the other providers', () => {
  it('wrong_type is JSON with members of other types', async () => {
    const harness = withFaults({ on: 'any', kind: 'malformed', shape: 'wrong_type' });
    expect((await harness.sms()).json).toMatchObject({
      id: 200,
      responseCode: [0],
      responseText: { text: 'SMS sent' },
      textLength: [20],
    });
    const { status, json } = await harness.message();
    expect(status).toBe(201);
    expect(json).toMatchObject({ sid: 200, status: { text: 'queued' }, error_code: null });
  });

  it('other_request_id names a message that was never sent', async () => {
    const harness = withFaults({ on: 'any', kind: 'malformed', shape: 'other_request_id' });
    const sms = await harness.sms();
    const message = await harness.message();
    const sent = harness.sandbox.inbox.list().map(({ requestID }) => requestID);
    expect(sent).toHaveLength(2);
    expect(sent).not.toContain(sms.json['id']);
    expect(sent).not.toContain(message.json['sid']);
  });

  it('may be all there is: an answer like that of a success, and nothing sent', async () => {
    const harness = withFaults({
      on: 'any',
      kind: 'malformed',
      shape: 'other_request_id',
      takesEffect: false,
    });
    expect((await harness.sms()).json).toMatchObject({ responseCode: 0 });
    expect(await harness.message()).toMatchObject({ status: 201, json: { status: 'queued' } });
    expect(delivered(harness)).toBe(0);
  });

  it('huge keeps a JSON string that is all there is', async () => {
    const harness = withFaults({ on: 'any', kind: 'malformed', shape: 'huge', times: 2 });
    const { json } = await harness.sms();
    const headers = { 'X-Mitto-API-Key': harness.sandbox.smsApiKey };
    const id = { messageId: json['id'] };
    const converted = await harness.call('POST', '/sms/converted', id, headers);
    expect(converted).toMatchObject({ status: 200, json: { content: 'OK' } });
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
