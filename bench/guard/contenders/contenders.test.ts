import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuthgear } from './authgear.ts';
import type { Decider, SeenSend, Verdict } from './contender.ts';
import { contenderOf } from './contenders.ts';
import { createGitlab } from './gitlab.ts';
import { sizedLimits } from './limits.ts';
import { createTelnyx, createTelnyxWithCaptcha } from './telnyx.ts';
import { createVonage } from './vonage.ts';
import { createWindows } from './windows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOON_MS = Date.UTC(2026, 10, 2, 12);

let number = 0;
function visit(atMs: number, send: Partial<SeenSend> = {}): SeenSend {
  number += 1;
  return {
    at: atMs,
    kind: 'send',
    phone: `+49151${10_000_000 + 7_919 * number}`,
    country: 'DE',
    channel: 'sms',
    ip: `198.18.${number >> 8}.${number & 255}`,
    cf: {},
    site: 'https://shop.example',
    flow: 'default',
    ...send,
  };
}

/** Sends if it may, and verifies if it is told to. */
async function go(decider: Decider, send: SeenSend, isVerified = false): Promise<Verdict> {
  const verdict = await decider.decide(send);
  if (verdict === 'block') return verdict;
  await decider.sent?.(send);
  if (isVerified) await decider.verified?.(send, send.at + 10_000);
  return verdict;
}

async function allowed(decider: Decider, sends: readonly SeenSend[]): Promise<number> {
  let count = 0;
  for (const send of sends) if ((await go(decider, send)) === 'allow') count += 1;
  return count;
}

const each = (count: number, everyMs: number, send: Partial<SeenSend> = {}) =>
  Array.from({ length: count }, (_, index) => visit(NOON_MS + index * everyMs, send));

describe('windows', () => {
  it('count what is within them, and forget the rest', () => {
    const windows = createWindows(MINUTE_MS, HOUR_MS);
    windows.add('a', NOON_MS);
    windows.add('a', NOON_MS + 30 * MINUTE_MS, 2);
    expect(windows.sum('a', NOON_MS + 30 * MINUTE_MS, HOUR_MS)).toBe(3);
    expect(windows.sum('a', NOON_MS + 61 * MINUTE_MS, HOUR_MS)).toBe(2);
    expect(windows.most('a', NOON_MS + 30 * MINUTE_MS, HOUR_MS)).toBe(2);
    expect(windows.sum('b', NOON_MS, HOUR_MS)).toBe(0);
  });

  it('give the closed slots since the first, the empty ones too', () => {
    const windows = createWindows(HOUR_MS, 24 * HOUR_MS);
    windows.add('a', NOON_MS, 5);
    windows.add('a', NOON_MS + 2 * HOUR_MS, 1);
    expect(windows.slots('a', NOON_MS + 3 * HOUR_MS, 24 * HOUR_MS)).toEqual([5, 0, 1]);
  });
});

describe('authgear', () => {
  it('lets three codes an hour through to a country that nothing is known of', async () => {
    expect(await allowed(createAuthgear(), each(10, MINUTE_MS))).toBe(3);
  });

  it('lets twenty a day through to it', async () => {
    expect(await allowed(createAuthgear(), each(40, 31 * MINUTE_MS))).toBe(20);
  });

  it('gives a country a fifth of what was verified there', async () => {
    const decider = createAuthgear();
    for (const send of each(300, 10_000)) await go(decider, send, true);
    const later = NOON_MS + 55 * MINUTE_MS;
    // 300 verified in a day and in the last hour: 60 a day, and 60 an hour.
    const sends = Array.from({ length: 80 }, (_, index) => visit(later + index * 1_000));
    expect(await allowed(decider, sends)).toBe(60);
  });

  it('lets five an hour of one address through', async () => {
    const decider = createAuthgear();
    for (const send of each(300, 10_000)) await go(decider, send, true);
    const later = NOON_MS + 55 * MINUTE_MS;
    const sends = Array.from({ length: 10 }, (_, index) =>
      visit(later + index * 1_000, { ip: '203.0.113.1' }),
    );
    expect(await allowed(decider, sends)).toBe(5);
  });

  it('lets one address send to three countries a day', async () => {
    const sends = ['DE', 'FR', 'GB', 'IT'].map((country, index) =>
      visit(NOON_MS + index * MINUTE_MS, { country, ip: '203.0.113.1' }),
    );
    expect(await allowed(createAuthgear(), sends)).toBe(3);
  });

  it('always lets a number through that was verified', async () => {
    const decider = createAuthgear();
    const known = visit(NOON_MS);
    await go(decider, known, true);
    await allowed(decider, each(10, 1_000));
    expect(await decider.decide(visit(NOON_MS + MINUTE_MS))).toBe('block');
    expect(await decider.decide({ ...known, at: NOON_MS + MINUTE_MS })).toBe('allow');
  });
});

describe('vonage', () => {
  it('blocks a network whose conversion is 35 % or less', async () => {
    const decider = createVonage();
    for (const [index, send] of each(60, 20_000).entries())
      await go(decider, send, index % 4 === 0);
    expect(await decider.decide(visit(NOON_MS + 25 * MINUTE_MS))).toBe('block');
  });

  it('leaves one alone that converts better', async () => {
    const decider = createVonage();
    for (const [index, send] of each(60, 20_000).entries())
      await go(decider, send, index % 2 === 0);
    expect(await decider.decide(visit(NOON_MS + 25 * MINUTE_MS))).toBe('allow');
  });

  it('blocks twice as long the second time', async () => {
    const decider = createVonage();
    const fail = async (fromMs: number) => {
      for (let index = 0; index < 60; index++) await go(decider, visit(fromMs + index * 20_000));
    };
    await fail(NOON_MS);
    const first = NOON_MS + 25 * MINUTE_MS;
    expect(await decider.decide(visit(first))).toBe('block');
    // The unused codes are older than an hour by then, and so is the block.
    const second = first + 90 * MINUTE_MS;
    expect(await decider.decide(visit(second))).toBe('allow');
    await fail(second);
    const blocked = second + 25 * MINUTE_MS;
    expect(await decider.decide(visit(blocked))).toBe('block');
    expect(await decider.decide(visit(blocked + 80 * MINUTE_MS))).toBe('block');
  });

  it('blocks the neighbours of five numbers whose codes were not used', async () => {
    const phones = Array.from({ length: 6 }, (_, index) => `+49151234567${10 + index}`);
    const sends = phones.map((phone, index) => visit(NOON_MS + index * 1_000, { phone }));
    expect(await allowed(createVonage(), sends)).toBe(5);
  });
});

describe('telnyx', () => {
  it('lets ten an hour of one address through', async () => {
    expect(await allowed(createTelnyx(), each(12, 1_000, { ip: '203.0.113.1' }))).toBe(10);
  });

  it('lets three in ten minutes to one number through', async () => {
    expect(await allowed(createTelnyx(), each(5, 1_000, { phone: '+4915112345678' }))).toBe(3);
  });

  it('sends nothing to the countries of its list', async () => {
    expect(await createTelnyx().decide(visit(NOON_MS, { country: 'BD' }))).toBe('block');
  });

  it('blocks a country whose conversion is below a fifth', async () => {
    expect(await allowed(createTelnyx(), each(30, 1_000))).toBe(20);
  });

  it('blocks the third number in a row', async () => {
    const phones = ['+4915112345670', '+4915112345671', '+4915112345672'];
    const sends = phones.map((phone, index) => visit(NOON_MS + index * 1_000, { phone }));
    expect(await allowed(createTelnyx(), sends)).toBe(2);
  });

  it('with its captcha challenges everybody whom it does not block', async () => {
    const decider = createTelnyxWithCaptcha();
    expect(await decider.decide(visit(NOON_MS))).toBe('challenge');
    expect(await decider.decide(visit(NOON_MS, { country: 'BD' }))).toBe('block');
  });
});

describe('gitlab', () => {
  it('challenges past the cap of a calling code, until the next day', async () => {
    const decider = createGitlab({ perDay: 100 });
    expect(await allowed(decider, each(30, MINUTE_MS))).toBe(20);
    expect(await decider.decide(visit(NOON_MS + HOUR_MS))).toBe('challenge');
    expect(await decider.decide(visit(NOON_MS + HOUR_MS, { country: 'FR' }))).toBe('allow');
    expect(await decider.decide(visit(NOON_MS + 13 * HOUR_MS))).toBe('allow');
  });
});

describe('limits', () => {
  it('are sized by the deployment, and without a budget where nobody says how large it is', () => {
    expect(sizedLimits({ perDay: 5_000 })).toEqual({
      send_total: '25000/1d',
      send_per_prefix: '30/1h',
    });
    expect(sizedLimits({ perDay: 50 })).toMatchObject({ send_total: '1000/1d' });
    expect(sizedLimits({ perDay: undefined })).toMatchObject({ send_total: '1000000/1d' });
  });
});

describe('a service as a contender', () => {
  const servers: { close(): void }[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(answer: (event: Record<string, unknown>) => [number, unknown]) {
    const events: Record<string, unknown>[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const event = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      events.push(event);
      const [status, body] = answer(event);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const decider = contenderOf(`http://127.0.0.1:${port}/`)?.createDecider?.({ perDay: 50 });
    if (!decider) throw new Error('no decider');
    return { events, decider };
  }

  it('is told of everything but the truth, and asked for a verdict', async () => {
    const { events, decider } = await serve(() => [200, { verdict: 'challenge' }]);
    const send = visit(NOON_MS);
    expect(await go(decider, send, true)).toBe('challenge');
    const { kind: _kind, ...told } = send;
    expect(events).toEqual([
      { event: 'start', perDay: 50 },
      { event: 'send', ...told },
      { event: 'sent', ...told },
      { event: 'verified', verifiedAt: NOON_MS + 10_000, ...told },
    ]);
  });

  it.each([
    ['no verdict', 200, {}, 'without a verdict of allow, challenge, block'],
    ['a failure', 500, {}, 'answered "start" with 500'],
  ])('that answers with %s ends the replay', async (_what, status, body, message) => {
    const { decider } = await serve(() => [status, body]);
    await expect(decider.decide(visit(NOON_MS))).rejects.toThrow(message);
  });
});

describe('a contender', () => {
  it.each(['none', 'limits', 'authgear', 'vonage', 'telnyx', 'gitlab', 'ours'])(
    'is known as "%s"',
    (name) => {
      expect(contenderOf(name)?.name).toBe(name);
    },
  );

  it('is not known by another name', () => {
    expect(contenderOf('twilio')).toBeUndefined();
    expect(contenderOf('http://')).toBeUndefined();
  });
});
