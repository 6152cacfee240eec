import { describe, expect, it } from 'vitest';
import { createCircuitBreaker } from './circuit-breaker.ts';

function startBreaker() {
  let nowMs = 0;
  const breaker = createCircuitBreaker(() => nowMs);
  const call = (outcome: 'works' | 'fails') =>
    breaker.run(
      async () => outcome,
      (result) => result === 'fails',
    );
  return {
    breaker,
    call,
    advance(milliseconds: number) {
      nowMs += milliseconds;
    },
    async fail(times: number) {
      for (let n = 0; n < times; n++) await call('fails');
    },
  };
}

describe('a circuit breaker', () => {
  it('stays closed through four failures in a row, and forgets them with a success', async () => {
    const { breaker, call, fail } = startBreaker();
    for (let rounds = 0; rounds < 3; rounds++) {
      await fail(4);
      expect(breaker.waitMs()).toBe(0);
      await call('works');
    }
  });

  it('opens at the fifth, for five seconds', async () => {
    const { breaker, fail, advance } = startBreaker();
    await fail(5);
    expect(breaker.waitMs()).toBe(5_000);
    advance(4_999);
    expect(breaker.waitMs()).toBe(1);
    advance(1);
    expect(breaker.waitMs()).toBe(0);
  });

  it('counts a call that throws as a failure', async () => {
    const { breaker } = startBreaker();
    for (let n = 0; n < 5; n++)
      await expect(
        breaker.run(
          () => Promise.reject(new Error('broken')),
          () => false,
        ),
      ).rejects.toThrow();
    expect(breaker.waitMs()).toBe(5_000);
  });

  it('lets one call try when the pause is over, and no other meanwhile', async () => {
    const { breaker, fail, advance } = startBreaker();
    await fail(5);
    advance(5_000);
    let finish: (result: string) => void = () => {};
    const trial = breaker.run(
      () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
      (result) => result === 'fails',
    );
    expect(breaker.waitMs()).toBe(1_000);
    finish('works');
    await trial;
    expect(breaker.waitMs()).toBe(0);
  });

  it('closes when the trial works', async () => {
    const { breaker, call, fail, advance } = startBreaker();
    await fail(5);
    advance(5_000);
    await call('works');
    await fail(4);
    expect(breaker.waitMs()).toBe(0);
  });

  it('waits twice as long each time the trial fails, up to a minute', async () => {
    const { breaker, fail, advance } = startBreaker();
    await fail(5);
    const waits = [];
    for (let n = 0; n < 6; n++) {
      waits.push(breaker.waitMs());
      advance(breaker.waitMs());
      await fail(1);
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('waits five seconds again when it opens after a success, however long the last pause was', async () => {
    const { breaker, call, fail, advance } = startBreaker();
    await fail(5);
    advance(5_000);
    await fail(1);
    expect(breaker.waitMs()).toBe(10_000);
    advance(10_000);
    await call('works');
    await fail(5);
    expect(breaker.waitMs()).toBe(5_000);
  });

  it('is not opened for longer by calls that were under way when it opened', async () => {
    const { breaker, call } = startBreaker();
    await Promise.all(Array.from({ length: 50 }, () => call('fails')));
    expect(breaker.waitMs()).toBe(5_000);
  });
});
