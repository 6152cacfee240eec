import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contender, SeenSend, Verdict } from './contenders/contender.ts';
import { limits, none } from './contenders/limits.ts';
import { generate } from './generate.ts';
import type { Outcome } from './outcome.ts';
import { DEPLOYMENTS } from './parameters.ts';
import { type PlayOptions, play } from './player.ts';
import { parseLine, type SendLine, type TraceLine } from './trace.ts';

const SITE = 'https://shop.example';
const START_MS = 1_760_000_000_000;
const MINUTE_MS = 60_000;

function send(minute: number, line: { phone: string } & Partial<SendLine>): TraceLine {
  const whole = {
    at: START_MS + minute * MINUTE_MS,
    kind: 'send',
    ip: '198.51.100.7',
    site: SITE,
    truth: { honest: true, verifiesAfterMs: 10_000 },
    ...line,
  };
  return parseLine(JSON.stringify(whole), 'line');
}

const phoneOf = (index: number) => `+49151${String(20_000_000 + 10_007 * index)}`;
const BOT = { honest: false } as const;

function playLines(
  lines: Iterable<TraceLine>,
  contender: Contender,
  options: Partial<PlayOptions> = {},
): Promise<Outcome> {
  const how = { seed: 1, size: { perDay: 50 }, sites: [SITE], flows: [], priceOf: () => 0.5 };
  return play(lines, { ...how, contender, ...options });
}

/** A rule that says what the test wants, and keeps what it was told. */
function scripted(verdictOf: (send: SeenSend) => Verdict, told: string[] = []): Contender {
  return {
    ...none,
    createDecider: () => ({
      decide: verdictOf,
      sent: ({ phone }) => void told.push(`sent ${phone}`),
      verified: ({ phone }) => void told.push(`verified ${phone}`),
      report: ({ state }) => void told.push(`report ${state}`),
      feedback: ({ outcome }) => void told.push(`feedback ${outcome}`),
    }),
  };
}

describe('the player', () => {
  it('sends each message through the Worker and verifies the code that went out', async () => {
    const told: string[] = [];
    const lines = [
      send(0, { phone: phoneOf(1) }),
      send(1, { phone: phoneOf(2), channel: 'voice' }),
      send(2, { phone: phoneOf(3), truth: { honest: true } }),
    ];
    const outcome = await playLines(
      lines,
      scripted(() => 'allow', told),
    );
    expect(outcome).toMatchObject({ messages: 3, honest: 3, honestSent: 3, honestLost: 0 });
    expect(told).toEqual([
      `sent ${phoneOf(1)}`,
      `verified ${phoneOf(1)}`,
      `sent ${phoneOf(2)}`,
      `verified ${phoneOf(2)}`,
      `sent ${phoneOf(3)}`,
    ]);
  });

  it('takes reports to the URL that the provider was given', async () => {
    const told: string[] = [];
    const phone = phoneOf(1);
    const lines = [
      send(0, { phone }),
      parseLine(
        JSON.stringify({ at: START_MS + 5_000, kind: 'report', phone, state: 'undelivered' }),
        'line',
      ),
    ];
    await playLines(
      lines,
      scripted(() => 'allow', told),
    );
    expect(told).toContain('report undelivered');
  });

  it('counts what leaks, what it costs, and when it was first stopped', async () => {
    let asked = 0;
    const contender = scripted(() => (++asked > 3 ? 'block' : 'allow'));
    const lines = Array.from({ length: 5 }, (_, index) =>
      send(index, { phone: `+4915120000${100 + index}`, truth: BOT }),
    );
    expect(await playLines(lines, contender)).toMatchObject({
      messages: 3,
      attack: 5,
      leaked: 3,
      leakedShare: 0.6,
      leakedPerRange: 3,
      cost: 1.5,
      firstBlockMs: 3 * MINUTE_MS,
      unblockMs: 0,
      honest: 0,
    });
  });

  it('lets an honest visitor who is refused try once more, after a minute', async () => {
    const moments: number[] = [];
    const contender = scripted(({ at }) => {
      moments.push(at - START_MS);
      return moments.length === 1 ? 'block' : 'allow';
    });
    const outcome = await playLines([send(0, { phone: phoneOf(1) })], contender);
    expect(moments).toEqual([0, MINUTE_MS]);
    expect(outcome).toMatchObject({ honestRefused: 1, honestSent: 1, honestLost: 0 });
  });

  it('gives an honest visitor up who is refused twice, and a bot at once', async () => {
    const lines = [send(0, { phone: phoneOf(1) }), send(0, { phone: phoneOf(2), truth: BOT })];
    const outcome = await playLines(
      lines,
      scripted(() => 'block'),
    );
    expect(outcome).toMatchObject({
      messages: 0,
      honestRefused: 1,
      honestLost: 1,
      leaked: 0,
      firstBlockMs: 0,
    });
  });

  it('draws who passes a challenge from the seed, by the probability of the line', async () => {
    const lines = [
      send(0, { phone: phoneOf(1), truth: { honest: true, passes: 1 } }),
      send(1, { phone: phoneOf(2), truth: { honest: false, passes: 1 } }),
      send(2, { phone: phoneOf(3), truth: { honest: false, passes: 0 } }),
    ];
    const outcome = await playLines(
      lines,
      scripted(() => 'challenge'),
    );
    expect(outcome).toMatchObject({ honestChallenged: 1, honestSent: 1, leaked: 1, attack: 2 });
  });

  it('says how long honest visitors are held up after an attack', async () => {
    const isBefore = (minute: number, at: number) => at < START_MS + minute * MINUTE_MS;
    const contender = scripted(({ at }) => (isBefore(8, at) ? 'block' : 'allow'));
    const lines = [
      send(0, { phone: phoneOf(1), truth: BOT }),
      ...Array.from({ length: 12 }, (_, index) => send(3 + index, { phone: phoneOf(2 + index) })),
    ];
    expect((await playLines(lines, contender)).unblockMs).toBe(7 * MINUTE_MS);
  });

  it("meets the Worker's own limits", async () => {
    const lines = Array.from({ length: 15 }, (_, index) =>
      send(index / 10, { phone: phoneOf(index), truth: BOT }),
    );
    expect(await playLines(lines, limits)).toMatchObject({ attack: 15, leaked: 10 });
    expect(await playLines(lines, none)).toMatchObject({ attack: 15, leaked: 15 });
  });

  it('refuses numbers that get no message, whatever a rule would say', async () => {
    const outcome = await playLines(
      [send(0, { phone: '+4930901820' })],
      scripted(() => 'allow'),
    );
    expect(outcome).toMatchObject({ messages: 0, honestLost: 1 });
  });

  it('comes out the same again, and without the Worker where nothing is limited', async () => {
    const trace = generate({
      deployment: { ...DEPLOYMENTS.small, attackScale: 0.03 },
      days: 0.25,
      parts: [{ name: 'B', fromHour: 1 }],
      seed: 9,
    });
    const hundred = scripted(({ ip }) => (ip.length % 3 === 0 ? 'challenge' : 'allow'));
    const outcome = await playLines(trace.lines(), hundred);
    expect(outcome.attack).toBeGreaterThan(10);
    expect(await playLines(trace.lines(), hundred)).toEqual(outcome);
    expect(await playLines(trace.lines(), hundred, { isWithoutWorker: true })).toEqual(outcome);
  });

  it('counts as a plain recount does', async () => {
    const visits = fc.array(
      fc.record({
        gap: fc.integer({ min: 2, max: 9 }),
        isHonest: fc.boolean(),
        verdicts: fc.tuple(
          fc.constantFrom<Verdict>('allow', 'block', 'challenge'),
          fc.constantFrom<Verdict>('allow', 'block', 'challenge'),
        ),
        passes: fc.constantFrom(0, 1),
      }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(visits, async (drawn) => {
        let minute = 0;
        const lines = drawn.map(({ gap, isHonest, passes }, index) => {
          minute += gap;
          return send(minute, { phone: phoneOf(index), truth: { honest: isHonest, passes } });
        });
        const tries = new Map<string, number>();
        const contender = scripted(({ phone }) => {
          const nth = tries.get(phone) ?? 0;
          tries.set(phone, nth + 1);
          const index = lines.findIndex((line) => line.phone === phone);
          return drawn[index]?.verdicts[nth as 0 | 1] ?? 'block';
        });
        const gets = (verdict: Verdict, passes: number) =>
          verdict === 'allow' || (verdict === 'challenge' && passes === 1);
        const honest = drawn.filter(({ isHonest }) => isHonest);
        const bots = drawn.filter(({ isHonest }) => !isHonest);
        const leaked = bots.filter(({ verdicts, passes }) => gets(verdicts[0], passes)).length;
        const isLost = ({ verdicts, passes }: (typeof drawn)[number]) =>
          !gets(verdicts[0], passes) && !gets(verdicts[1], passes);
        const lost = honest.filter(isLost).length;
        const outcome = await playLines(lines, contender, { isWithoutWorker: true });
        expect(outcome).toMatchObject({
          attack: bots.length,
          leaked,
          honest: honest.length,
          honestLost: lost,
          honestSent: honest.length - lost,
          honestRefused: honest.filter(({ verdicts, passes }) => !gets(verdicts[0], passes)).length,
          messages: leaked + honest.length - lost,
        });
      }),
    );
  });
});
