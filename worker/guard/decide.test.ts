/** The pure guard: what it must never do whatever it is told, and what it does in the plain cases. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_BLOCK_MS, QUIET_MS } from './blocks.ts';
import { DAY_MS, HOUR_MS } from './counter.ts';
import { decide, type GuardAsk, learn } from './decide.ts';
import { type Entry, Pages, SIZES, type Space } from './pages.ts';
import { type CountedSend, OUTCOMES } from './types.ts';

const START = Date.parse('2026-11-20T18:00:00Z');

/** A guard over plain memory; everything goes through JSON, as it does where it is stored. */
function startGuard() {
  const stored = new Map<string, string>();
  const kv = {
    get: <Value>(key: string) =>
      stored.has(key) ? (JSON.parse(stored.get(key) ?? '') as Value) : undefined,
    put: (key: string, value: unknown) => void stored.set(key, JSON.stringify(value)),
  };
  return {
    stored,
    ask(
      facts: Partial<GuardAsk> & { phone?: string; asn?: string; client?: string },
      nowMs: number,
    ) {
      const { phone = '+4915123450001', asn = 'isp', client, ...rest } = facts;
      const hundred = Number(phone.slice(1, -2));
      const pages = new Pages(kv);
      const verdict = decide(
        pages,
        {
          keys: {
            range2: phone.slice(0, -2),
            range3: phone.slice(0, -3),
            range4: phone.slice(0, -4),
            carrier: phone.slice(0, -7),
            country: 'DE',
            site: 'shop',
            asn,
            ...(client === undefined ? {} : { client }),
          },
          number: phone,
          neighbours: [`+${hundred - 1}`, `+${hundred + 1}`],
          mode: 'on',
          canChallenge: false,
          hasToken: false,
          ...rest,
        },
        nowMs,
      );
      pages.flush();
      return verdict;
    },
    tell(sent: CountedSend | undefined, outcome: (typeof OUTCOMES)[number], nowMs: number) {
      if (!sent) return;
      const pages = new Pages(kv);
      learn(pages, sent, outcome, nowMs);
      pages.flush();
    },
  };
}
type Guard = ReturnType<typeof startGuard>;

const inRange = (nth: number) => `+491512345${String(nth % 10_000).padStart(4, '0')}`;
/** Spread over the whole country. */
const anywhere = (nth: number) =>
  `+4917${String((nth * 48_271 + 12_345_678) % 1_000_000_000).padStart(9, '0')}`;

/** Visitors of whom so many use their code. */
function crowd(guard: Guard, count: number, fromMs: number, everyMs: number, usedOf10 = 9): number {
  let refused = 0;
  for (let nth = 0; nth < count; nth++) {
    const nowMs = fromMs + nth * everyMs;
    const { decision, sent } = guard.ask({ phone: anywhere(nth + fromMs / 1_000) }, nowMs);
    if (decision.action !== 'allow') refused += 1;
    if (nth % 10 < usedOf10) guard.tell(sent, 'verified', nowMs + 14_000);
  }
  return refused;
}

/** @returns how many got through */
function pump(guard: Guard, count: number, fromMs: number, everyMs: number, asn = 'isp'): number {
  let sent = 0;
  for (let nth = 0; nth < count; nth++)
    if (guard.ask({ phone: inRange(nth * 7), asn }, fromMs + nth * everyMs).sent) sent += 1;
  return sent;
}

describe('the guard', () => {
  it('lets an honest crowd through', () => {
    expect(crowd(startGuard(), 2_000, START, 40_000)).toBe(0);
  });

  it.each([
    ['one a second', 1_000],
    ['one a minute', 60_000],
    ['two an hour', HOUR_MS / 2],
  ])('stops a run through a range after thirty messages, at %s', (_what, everyMs) => {
    const guard = startGuard();
    crowd(guard, 300, START - 300 * 60_000, 60_000);
    expect(pump(guard, 100, START, everyMs)).toBeLessThanOrEqual(30);
  });

  it('weighs a young code little: a launch is not stopped for codes that nobody had time to type', () => {
    const guard = startGuard();
    crowd(guard, 500, START - 500 * 60_000, 60_000);
    // Twenty times as many, each of whom types after 14 seconds.
    expect(crowd(guard, 2_000, START, 3_000)).toBe(0);
  });

  it('does not count what was cancelled, superseded or undelivered as unused', () => {
    for (const outcome of ['cancelled', 'superseded', 'undelivered'] as const) {
      const guard = startGuard();
      for (let nth = 0; nth < 60; nth++) {
        const nowMs = START + nth * 60_000;
        const { decision, sent } = guard.ask({ phone: inRange(nth * 7) }, nowMs);
        expect(decision.action, `${outcome} ${nth}`).toBe('allow');
        guard.tell(sent, outcome, nowMs + 5_000);
      }
    }
  });

  it('is neutral about signals that are missing', () => {
    const guard = startGuard();
    for (let nth = 0; nth < 200; nth++) {
      const nowMs = START + nth * 60_000;
      const pages = { keys: { country: 'DE' }, number: anywhere(nth), neighbours: [] };
      const { decision, sent } = guard.ask(pages, nowMs);
      expect(decision.action).toBe('allow');
      if (nth % 10 < 9) guard.tell(sent, 'verified', nowMs + 14_000);
    }
  });

  it.each([true, false])(
    'never blocks a country, a network or a client, whatever they do: it challenges (where it can: %s)',
    (canChallenge) => {
      const guard = startGuard();
      const actions = new Set<string>();
      for (let nth = 0; nth < 400; nth++) {
        const facts = { phone: anywhere(nth * 97), asn: 'datacentre', client: 'one', canChallenge };
        actions.add(guard.ask(facts, START + nth * 1_000).decision.action);
      }
      expect(actions).toEqual(new Set(['allow', 'challenge']));
    },
  );

  it('takes an attack on a range out of the counts of the country', () => {
    const guard = startGuard();
    pump(guard, 200, START, 2_000, 'attackers');
    const facts = { phone: '+4917612345678', asn: 'isp', canChallenge: true };
    expect(guard.ask(facts, START + 500_000).decision).toMatchObject({ action: 'allow' });
  });

  it('ends a block by itself, within ten minutes and the shortest block', () => {
    const guard = startGuard();
    pump(guard, 60, START, 5_000);
    const lastMs = START + 60 * 5_000;
    expect(guard.ask({ phone: inRange(3) }, lastMs).decision.action).toBe('block');
    const overMs = lastMs + QUIET_MS + MIN_BLOCK_MS;
    for (const nth of [5, 6, 7]) {
      const { decision } = guard.ask({ phone: inRange(nth) }, overMs + nth * 1_000);
      expect(decision.action).not.toBe('block');
    }
  });

  it('lets a trickle through a block, and ends it when the codes are used', () => {
    const guard = startGuard();
    pump(guard, 60, START, 5_000);
    let used = 0;
    let nowMs = START + 300_000;
    while (used < 2 && nowMs < START + DAY_MS) {
      nowMs += 60_000;
      const { decision, sent } = guard.ask({ phone: inRange(5_000 + nowMs) }, nowMs);
      if (!sent) continue;
      expect(decision.reasons.map(({ rule }) => rule)).toContain('probe');
      guard.tell(sent, 'verified', nowMs + 14_000);
      used += 1;
    }
    const { decision } = guard.ask({ phone: inRange(9_999) }, nowMs + 30_000);
    expect(decision.action).not.toBe('block');
  });

  it('counts a number that asks again as one visitor', () => {
    const guard = startGuard();
    for (let nth = 0; nth < 12; nth++) {
      const { decision } = guard.ask({ phone: inRange(nth % 2) }, START + nth * 2 * HOUR_MS);
      expect(decision.action, String(nth)).toBe('allow');
    }
  });

  it('takes back what was never sent', () => {
    const guard = startGuard();
    for (let nth = 0; nth < 100; nth++) {
      const { decision, sent } = guard.ask({ phone: inRange(nth) }, START + nth * 1_000);
      expect(decision.action).toBe('allow');
      guard.tell(sent, 'not_sent', START + nth * 1_000);
    }
  });

  it('believes the site that says a visitor was a fraud', () => {
    const guard = startGuard();
    const first = guard.ask({ phone: inRange(1) }, START);
    guard.tell(first.sent, 'verified', START + 14_000);
    for (let nth = 0; nth < 3; nth++) guard.tell(first.sent, 'fraud', START + HOUR_MS);
    const { decision } = guard.ask({ phone: inRange(50) }, START + HOUR_MS + 1);
    expect(decision.action).not.toBe('allow');
  });
});

const anyTime = fc.oneof(fc.integer({ min: -HOUR_MS, max: 3 * DAY_MS }), fc.nat(5_000));
const anyAsk = fc.record({
  what: fc.constant('ask' as const),
  after: anyTime,
  phone: fc.oneof(
    fc.nat(9_999).map(inRange),
    fc.nat().map(anywhere),
    fc.nat({ max: 999_999_999 }).map((digits) => `+4916${String(digits).padStart(9, '0')}`),
  ),
  asn: fc.constantFrom('a', 'b', 'c'),
  client: fc.nat(500).map(String),
  mode: fc.constantFrom('shadow' as const, 'on' as const),
  canChallenge: fc.boolean(),
  hasToken: fc.boolean(),
  isForeign: fc.boolean(),
});
const anyOutcome = fc.record({
  what: fc.constant('tell' as const),
  after: anyTime,
  of: fc.nat(),
  outcome: fc.constantFrom(...OUTCOMES),
});

describe('whatever it is asked and told, in whatever order, by whatever clock,', () => {
  it('it decides, keeps its figures finite and its state bounded, and blocks ranges alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyAsk, anyOutcome), { minLength: 1, maxLength: 120 }),
        (events) => {
          const guard = startGuard();
          const sent: CountedSend[] = [];
          let nowMs = START;
          for (const { after, ...event } of events) {
            nowMs += after;
            if (event.what === 'tell') {
              if (sent.length > 0) guard.tell(sent[event.of % sent.length], event.outcome, nowMs);
              continue;
            }
            const { what: _ask, ...facts } = event;
            const { decision, sent: counted } = guard.ask(facts, nowMs);
            if (counted) sent.push(counted);
            expect(Number.isFinite(decision.waitMs)).toBe(true);
            for (const { figures } of decision.reasons)
              for (const figure of Object.values(figures))
                expect(Number.isFinite(figure)).toBe(true);
            if (decision.action === 'block') {
              const [first] = decision.reasons;
              expect(first?.rule).toBe('blocked');
              expect(first?.dimension).toMatch(/^range/);
            }
          }
          for (const [page, text] of guard.stored) {
            const [space = ''] = page.split(':');
            const entries = JSON.parse(text) as Entry[];
            expect(entries.length).toBeLessThanOrEqual(SIZES[space as Space].entries);
            expect(text).not.toMatch(/null|-\d+\.?\d*e|":-/);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('three thousand keys have no more entries than there is room for', () => {
    const guard = startGuard();
    for (let nth = 0; nth < 3_000; nth++) {
      const phone = `+4915${String((nth * 7_919_321) % 1_000_000_000).padStart(9, '0')}`;
      const facts = { phone, client: `client ${nth}`, asn: `as ${nth}`, mode: 'shadow' as const };
      guard.ask(facts, START + nth);
    }
    for (const [page, text] of guard.stored) {
      const [space = '', index] = page.split(':');
      const { pages, entries } = SIZES[space as Space];
      expect((JSON.parse(text) as Entry[]).length, page).toBeLessThanOrEqual(entries);
      expect(Number(index)).toBeLessThan(pages);
    }
  });
});
