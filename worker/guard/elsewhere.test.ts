import { describe, expect, it } from 'vitest';
import { Elsewhere } from './elsewhere.ts';

const START = Date.parse('2026-11-20T18:00:00Z');
const MINUTE = 60_000;
const KEYS = { client: 'one', asn: 'network' };

/** Two codes in each country, a minute apart. */
function hop(memory: Elsewhere, countries: readonly string[]): number {
  let nowMs = START;
  for (const country of countries)
    for (let nth = 0; nth < 2; nth++) {
      memory.sent(KEYS, country, nowMs);
      nowMs += MINUTE;
    }
  return nowMs + MINUTE;
}

describe('what an isolate remembers of other countries', () => {
  it('is nothing of one country alone', () => {
    const memory = new Elsewhere();
    const nowMs = hop(memory, ['SL']);
    expect(memory.hints(KEYS, 'SL', nowMs)).toEqual({});
    expect(memory.hints(KEYS, 'GH', nowMs)).toEqual({});
  });

  it('is what was not used in two others or more', () => {
    const memory = new Elsewhere();
    const nowMs = hop(memory, ['SL', 'GH', 'NG']);
    const unused = { used: 0, unused: 4 };
    expect(memory.hints(KEYS, 'NG', nowMs)).toEqual({ client: unused, asn: unused });
  });

  it('does not count a code that is young, used, taken back, or of an hour ago', () => {
    const memory = new Elsewhere();
    hop(memory, ['SL', 'GH']);
    expect(memory.hints(KEYS, 'NG', START + 10_000)).toEqual({});
    const nowMs = START + 10 * MINUTE;
    memory.learn(KEYS, 'SL', 'not_sent', nowMs);
    memory.learn(KEYS, 'SL', 'verified', nowMs);
    expect(memory.hints(KEYS, 'NG', nowMs)).toEqual({});
    expect(memory.hints(KEYS, 'NG', START + 70 * MINUTE)).toEqual({});
  });

  it('leaves a network alone in the country where its codes are used', () => {
    const memory = new Elsewhere();
    const nowMs = hop(memory, ['DE', 'SL', 'GH']);
    memory.learn(KEYS, 'DE', 'verified', nowMs);
    expect(memory.hints(KEYS, 'DE', nowMs)).toEqual({});
    expect(memory.hints(KEYS, 'NG', nowMs)).toHaveProperty('asn');
  });

  it('is bounded', () => {
    const memory = new Elsewhere();
    for (let nth = 0; nth < 5_000; nth++) memory.sent({ client: String(nth) }, 'DE', START + nth);
    expect(memory.size).toBe(2_000);
  });
});
