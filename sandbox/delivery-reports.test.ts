import { describe, expect, it, vi } from 'vitest';
import { loopbackFetch } from './delivery-reports.ts';
import { Harness } from './testing.ts';

const callback = 'https://example.com/hook';

function statusesOf(harness: Harness): string[] {
  return harness.sandbox.reports.list().map(({ status }) => status);
}

describe('a report that is asked for', () => {
  it('tells of the newest message, or of the one that is named', async () => {
    const harness = new Harness();
    const first = await harness.sms({ callback });
    const second = await harness.sms({ callback });
    const { reports } = harness.sandbox;
    await reports.send({ status: 'delivered' });
    await reports.send({ message: String(first.json['id']), status: 'expired' });
    expect(reports.list()).toMatchObject([
      { id: 1, at: harness.now, message: second.json['id'], status: 'delivered', answered: 204 },
      { id: 2, message: first.json['id'], operation: 'sms', method: 'POST', url: callback },
    ]);
    expect(reports.list({ after: 1 })).toHaveLength(1);
  });

  it('may come in any order, and again', async () => {
    const harness = new Harness();
    await harness.sms({ callback });
    for (const status of ['delivered', 'sent', 'failed'])
      await harness.sandbox.reports.send({ status });
    const again = await harness.sandbox.reports.send({ status: 'delivered', times: 2 });
    expect(again).toHaveLength(2);
    expect(statusesOf(harness)).toEqual(['delivered', 'sent', 'failed', 'delivered', 'delivered']);
    expect(harness.received).toHaveLength(5);
  });

  it('may come late', async () => {
    vi.useFakeTimers();
    try {
      const harness = new Harness();
      await harness.sms({ callback });
      const sending = harness.sandbox.reports.send({ status: 'delivered', delayMs: 3000 });
      await vi.advanceTimersByTimeAsync(2999);
      expect(harness.received).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      await sending;
      expect(harness.received).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is recorded when its receiver refuses it, and when there is none', async () => {
    const answers = [
      async () => new Response('no', { status: 403 }),
      async () => Promise.reject(new TypeError('fetch failed')),
    ];
    const harness = new Harness({
      callbackFetch: () => answers.shift()?.() ?? Promise.reject(new Error('too many')),
    });
    await harness.sms({ callback });
    await harness.sandbox.reports.send({ status: 'delivered', times: 2 });
    expect(harness.sandbox.reports.list().map(({ answered }) => answered)).toEqual([403, null]);
  });

  it('does not go on to where its receiver points', async () => {
    const redirects: string[] = [];
    const harness = new Harness({
      callbackFetch: async (request) => {
        redirects.push(request.redirect);
        return new Response(null, { status: 307, headers: { Location: 'https://example.org/' } });
      },
    });
    await harness.sms({ callback });
    await harness.sandbox.reports.send({ status: 'delivered' });
    expect(redirects).toEqual(['manual']);
    expect(harness.sandbox.reports.list()).toMatchObject([{ answered: 307 }]);
  });

  it('of no message is refused', async () => {
    const { reports } = new Harness().sandbox;
    await expect(reports.send({ status: 'delivered' })).rejects.toThrow('No such message: none');
    await expect(reports.send({ message: 'x', status: 'delivered' })).rejects.toThrow(
      'No such message: x',
    );
  });
});

describe('reports by themselves', () => {
  it('come after the answer, in the order of the knob, to the messages that it names', async () => {
    const harness = new Harness({
      knobs: {
        reports: [
          { on: 'mitto-sms', status: 'sent' },
          { on: 'twilio', status: 'undelivered', errorCode: '30007' },
          { on: 'any', status: 'delivered', delayMs: 1, times: 2 },
        ],
      },
    });
    await harness.sms({ callback });
    expect(harness.received).toEqual([]);
    await harness.sandbox.reports.settled();
    expect(statusesOf(harness)).toEqual(['sent', 'delivered', 'delivered']);

    await harness.message({ StatusCallback: callback });
    await harness.sandbox.reports.settled();
    const [undelivered] = harness.sandbox.reports.list({ after: 3 });
    expect(undelivered).toMatchObject({ operation: 'twilio_message', status: 'undelivered' });
    expect(undelivered?.body).toContain('ErrorCode=30007');
  });

  it('come although the answer was lost', async () => {
    const harness = new Harness({
      knobs: {
        faults: [{ on: 'sms', kind: 'cut', takesEffect: true }],
        reports: [{ on: 'sms', status: 'delivered' }],
      },
    });
    await expect(harness.sms({ callback })).rejects.toThrow(TypeError);
    await harness.sandbox.reports.settled();
    expect(statusesOf(harness)).toEqual(['delivered']);
  });

  it('do not come of a message that nobody asked to be told of', async () => {
    const harness = new Harness({ knobs: { reports: [{ on: 'any', status: 'delivered' }] } });
    await harness.sms();
    await harness.send();
    await harness.sandbox.reports.settled();
    expect(harness.sandbox.reports.list()).toEqual([]);
  });

  it.each(['reset', 'breakOff'] as const)('all end with a %s', async (end) => {
    const harness = new Harness({
      knobs: {
        reports: [
          { on: 'any', status: 'sent', delayMs: 1_000_000 },
          { on: 'any', status: 'delivered' },
        ],
      },
    });
    await harness.sms({ callback });
    if (end === 'reset') harness.sandbox.reset();
    else harness.sandbox.reports.breakOff();
    await harness.sandbox.reports.settled();
    expect(harness.received).toEqual([]);
  });
});

describe('where reports go when nobody says', () => {
  it.each(['https://example.com/', 'http://192.0.2.1/', 'http://localhost.example.com/'])(
    'is not %s',
    async (url) => {
      await expect(loopbackFetch(new Request(url))).rejects.toThrow('this machine');
    },
  );

  it('is this machine', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null));
    try {
      await loopbackFetch(new Request('http://localhost:8787/v1/callbacks/x'));
      expect(fetched).toHaveBeenCalledOnce();
    } finally {
      fetched.mockRestore();
    }
  });
});
