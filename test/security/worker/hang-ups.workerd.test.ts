/**
 * P7: one gesture never sends two messages, though the visitor hangs up at any moment, or the answer is lost.
 *
 * In a test nothing cancels a handler as the runtime does when the client is gone, so the rule is played: from the
 * moment of the hang-up on, a call that has not been handed to `waitUntil` gets nothing answered any more; one that
 * has been goes on to its end.
 */
import { describe, expect, it } from 'vitest';
import { createProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import type { SendAnswer } from '../../../shared/api/responses.ts';
import { fastTimeouts } from '../../support/worker/fast-timers.ts';
import { faultyStores } from '../../support/worker/faulty-stores.ts';
import { codeOf, NO_BURST, PHONE, startService } from '../../support/worker/harness.ts';

const GESTURE = { idempotencyKey: 'one-gesture' };
/** Of the n-th visitor, who has a phone and a gesture of its own. */
const nthPhone = (nth: number) => `+4915123450${String(nth).padStart(3, '0')}`;

/** A service whose first caller hangs up before the n-th thing that its call waits for. */
function startHangingUp(nth: number) {
  const stores = faultyStores();
  const sandbox = createProviderSandbox();
  const keptAlive: Promise<unknown>[] = [];
  let waits = 0;
  let hasHungUp = false;
  let isOver: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });

  async function wait(): Promise<void> {
    waits += 1;
    if (waits === nth) hasHungUp = true;
    if (!hasHungUp || keptAlive.length > 0) return;
    isOver();
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  stores.before = wait;

  const service = startService({
    sandbox,
    bindings: { ...stores.bindings, ...NO_BURST },
    runtime: {
      fetch: (async (input: string, init: RequestInit) => {
        await wait();
        const response = await sandbox.fetch(new Request(input, init));
        await wait();
        return response;
      }) as typeof fetch,
    },
  });

  return {
    service,
    /** Until all that goes on without the client has come to its end. */
    async hangUp(request: Request): Promise<void> {
      const context = {
        waitUntil: (work: Promise<unknown>) => keptAlive.push(work),
        passThroughOnException() {},
      } as unknown as ExecutionContext;
      const answer = service.fetch(request, context);
      await Promise.race([answer, over]);
      await Promise.all(keptAlive);
      stores.before = () => {};
      hasHungUp = false;
    },
    hasReached: () => waits >= nth,
  };
}

describe('a visitor who hangs up', () => {
  it('before anything that a send waits for gets the same response for the same Idempotency-Key, and one message', async () => {
    let nth = 1;
    for (; ; nth++) {
      const { service, hangUp, hasReached } = startHangingUp(nth);
      const phone = nthPhone(nth);
      const gesture = { idempotencyKey: `gesture-${nth}` };
      await hangUp(service.request('/v1/send', { phone }, gesture));
      const sentAlone = service.upstream('send');
      const answer = await service.send({ phone }, gesture);
      expect(service.upstream('send'), `hung up at ${nth}`).toBe(1);
      expect(await service.send({ phone }, gesture)).toEqual(answer);
      expect(await codeOf(await service.verify(answer.session, service.codeOf(phone)))).toBe('ok');
      if (!hasReached()) {
        expect(sentAlone).toBe(1);
        break;
      }
    }
    // Client's limit, phone, budgets, client's limit, provider and back, phone: each of them was hung up at.
    expect(nth).toBeGreaterThan(5);
  });

  it('before anything that a check waits for loses no more than one attempt', async () => {
    for (let nth = 1; nth < 6; nth++) {
      const visitor = startService();
      const phone = nthPhone(nth);
      const { session } = await visitor.send({ phone });
      const { service, hangUp } = startHangingUp(nth);
      await hangUp(service.request('/v1/verify', { session, code: '000000' }));
      const later = startService({ sandbox: visitor.sandbox, runtime: { now: visitor.now } });
      const response = await later.verify(session, visitor.codeOf(phone));
      expect(await codeOf(response), `hung up at ${nth}`).toBe('ok');
    }
  });
});

describe('an answer that is lost', () => {
  it.each([
    ['the message having gone out', true],
    ['the message not having gone out', false],
  ])('(%s) is not known, counted, and not asked for again', async (_what, takesEffect) => {
    const service = startService();
    using deadlines = fastTimeouts();
    service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'hang', takesEffect }] });
    const first = await service.post('/v1/send', { phone: PHONE }, GESTURE);
    expect(Math.max(...deadlines.asked)).toBeLessThan(9_000);
    expect(first.status).toBe(504);
    const text = await first.text();
    expect(text).toContain('delivery_unknown');

    service.sandbox.knobs.patch({ faults: [] });
    for (let times = 0; times < 3; times++) {
      const again = await service.post('/v1/send', { phone: PHONE }, GESTURE);
      expect(again.status).toBe(504);
      expect(await again.text()).toBe(text);
      service.advance(600_000);
    }
    expect(service.upstream('send')).toBe(1);
  });

  it('counts as a send: another Idempotency-Key has to wait', async () => {
    const service = startService({ runtime: { fetch: () => Promise.reject(new TypeError()) } });
    await service.post('/v1/send', { phone: PHONE }, GESTURE);
    const other = await service.post('/v1/send', { phone: PHONE }, { idempotencyKey: 'another' });
    expect(await codeOf(other)).toBe('rate_limited');
  });
});

describe('twenty requests with one Idempotency-Key', () => {
  it('at once and then one by one are one message and one session', async () => {
    const service = startService({ bindings: NO_BURST });
    service.sandbox.knobs.patch({ faults: [{ on: 'send', kind: 'delay', ms: 20 }] });
    const ask = () => service.post('/v1/send', { phone: PHONE }, GESTURE);
    const atOnce = await Promise.all(Array.from({ length: 20 }, ask));
    const codes = await Promise.all(atOnce.map(codeOf));
    expect(codes.filter((code) => code === 'ok').length).toBeGreaterThan(0);
    const answers = atOnce.filter(({ ok }) => ok);
    for (let n = 0; n < 20; n++) {
      const answer = await ask();
      if (answer.ok) answers.push(answer);
      else expect(await codeOf(answer)).toBe('rate_limited');
      service.advance(360_000);
    }
    const sessions = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as SendAnswer).session),
    );
    expect(new Set(sessions).size).toBe(1);
    expect(service.upstream('send')).toBe(1);
  });
});
