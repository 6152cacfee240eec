/**
 * P1, P2, P3, P6, P7, P8, P13, P15: whatever happens at the same time, and whatever fails meanwhile, the counts hold.
 * What is done is drawn at random and repeatable by its seed; batches of it run in parallel, and the provider's own
 * record is held against the promises after each.
 */
import { abortAllDurableObjects } from 'cloudflare:test';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../shared/api/error-codes.ts';
import type { Problem } from '../../../shared/api/problem-details.ts';
import { faultyStores, STORE_FAULTS } from '../../support/worker/faulty-stores.ts';
import { resetStores } from '../../support/worker/store-dump.ts';
import { ProviderLog } from './provider-log.ts';
import { visitorFixture } from './visitor-fixture.ts';

const PHONES = ['+4915123456789', '+436641234567'] as const;
const FAULTS = {
  kv: ['OTP_KV.get', 'OTP_KV.put'],
  gate: ['PHONE_GATE.grantSend', 'PHONE_GATE.admitCheck', 'PHONE_GATE.cancel'],
  settlement: ['PHONE_GATE.settleSend', 'PHONE_GATE.settleCheck'],
  ledger: ['SEND_LEDGER.reserve', 'SEND_LEDGER.refund'],
} as const;
const UPSTREAM_FAULTS = [
  { on: 'any', kind: 'status', status: 500 },
  { on: 'any', kind: 'status', status: 429 },
  // The message goes out, and its answer is lost.
  { on: 'any', kind: 'malformed', shape: 'half_json' },
  { on: 'any', kind: 'delay', ms: 5 },
] as const;

type Act =
  | { does: 'send'; phone: number; key: number }
  | { does: 'resend' | 'enter' | 'renew' | 'cancel'; code: number }
  | { does: 'guess'; code: number; nth: number }
  | { does: 'reset the objects' };

type Step =
  | { acts: Act[] }
  | { lingerSeconds: number }
  | { storeFault: keyof typeof FAULTS | undefined }
  | { upstreamFault: number | undefined };

const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });
const code = fc.nat(3);
const act = fc.oneof<fc.WeightedArbitrary<Act>[]>(
  {
    weight: 5,
    arbitrary: record({ does: fc.constant('send'), phone: fc.nat(1), key: fc.nat(4) }),
  },
  { weight: 2, arbitrary: record({ does: fc.constant('resend'), code }) },
  { weight: 8, arbitrary: record({ does: fc.constant('guess'), code, nth: fc.nat(9) }) },
  { weight: 3, arbitrary: record({ does: fc.constant('enter'), code }) },
  { weight: 2, arbitrary: record({ does: fc.constant('renew'), code }) },
  { weight: 1, arbitrary: record({ does: fc.constant('cancel'), code }) },
  { weight: 1, arbitrary: record({ does: fc.constant('reset the objects') }) },
);
const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 8, arbitrary: record({ acts: fc.array(act, { minLength: 1, maxLength: 8 }) }) },
  { weight: 4, arbitrary: record({ lingerSeconds: fc.constantFrom(5, 31, 60, 120, 600, 1_800) }) },
  {
    weight: 1,
    arbitrary: record({
      storeFault: fc.constantFrom(undefined, 'kv', 'gate', 'settlement', 'ledger'),
    }),
  },
  { weight: 1, arbitrary: record({ upstreamFault: fc.constantFrom(undefined, 0, 1, 2, 3) }) },
);

/** What has come of all that was done, over all the draws. */
const outcomes = new Set<string>();

class Tumult {
  readonly #stores = faultyStores();
  readonly #desk = visitorFixture({ bindings: this.#stores.bindings });
  readonly #provider = new ProviderLog(this.#desk);
  /** Sessions as they were answered, and what each gesture was answered with. */
  readonly #sessions: string[] = [];
  readonly #answers = new Map<string, Set<string>>();
  /** Once anything has failed, a circuit may be open and a failure be on record: 502, 503 and 504 are true then. */
  #hasFailed = false;

  async play(step: Step): Promise<void> {
    if ('lingerSeconds' in step) return this.#desk.advance(step.lingerSeconds * 1000);
    if ('storeFault' in step) {
      const down: readonly string[] = step.storeFault ? FAULTS[step.storeFault] : [];
      this.#stores.before = (operation) =>
        down.includes(operation) ? STORE_FAULTS.throws() : undefined;
      this.#hasFailed ||= down.length > 0;
      return;
    }
    if ('upstreamFault' in step) {
      const fault = step.upstreamFault === undefined ? [] : [UPSTREAM_FAULTS[step.upstreamFault]];
      this.#desk.sandbox.knobs.patch({ faults: fault as never });
      this.#hasFailed ||= fault.length > 0;
      return;
    }
    await this.#batch(step.acts);
  }

  async #batch(acts: readonly Act[]): Promise<void> {
    const [only, ...others] = acts;
    const before = this.#desk.service.upstream();
    // In the order of the draw, and then as workerd pleases.
    const codes = await Promise.all(acts.map((act) => this.#act(act)));
    this.#provider.read();
    this.#provider.expectPromisesKept();
    for (const answers of this.#answers.values()) expect(answers.size).toBeLessThanOrEqual(1);
    if (only && others.length === 0 && COSTS_NOTHING.has(codes[0] ?? 'ok'))
      expect(this.#desk.service.upstream(), `after ${codes[0]}`).toBe(before);
  }

  async #act(act: Act): Promise<ErrorCode | undefined> {
    const { service } = this.#desk;
    if (act.does === 'reset the objects') {
      this.#hasFailed = true;
      await abortAllDurableObjects();
      return undefined;
    }
    if (act.does === 'send') {
      const idempotencyKey = act.key === 0 ? undefined : `gesture-${act.phone}-${act.key}`;
      const body = { phone: PHONES[act.phone] };
      const response = await service.post(
        '/v1/send',
        body,
        idempotencyKey === undefined ? {} : { idempotencyKey },
      );
      return this.#sent(response, idempotencyKey);
    }
    const session = this.#sessions.at(-1 - (act.code % Math.max(1, this.#sessions.length)));
    if (session === undefined) return undefined;
    if (act.does === 'resend')
      return this.#sent(await service.post('/v1/send', { session }), undefined);
    if (act.does === 'cancel') return this.#judge(await service.post('/v1/cancel', { session }));

    const typed =
      act.does === 'guess'
        ? await this.#desk.wrongCode(session, act.nth)
        : await this.#desk.rightCode(session);
    const response =
      act.does === 'renew'
        ? await service.post('/v1/renew', { session })
        : await service.verify(session, typed);
    const refusal = await this.#judge(response.clone());
    if (response.ok) {
      expect(act.does).not.toBe('guess');
      const { proof } = (await response.json()) as { proof: string };
      this.#provider.proofGiven(await this.#desk.inside(session), proof);
    }
    return refusal;
  }

  async #sent(response: Response, key: string | undefined): Promise<ErrorCode | undefined> {
    const refusal = await this.#judge(response.clone());
    if (!response.ok) return refusal;
    const { session } = (await response.json()) as { session: string };
    this.#sessions.push(session);
    this.#provider.knows(await this.#desk.inside(session));
    if (key !== undefined)
      this.#answers.set(key, new Set([...(this.#answers.get(key) ?? []), session]));
    return undefined;
  }

  /** Every refusal is one of the table, in its form, and none of ours is a plain 500. */
  async #judge(response: Response): Promise<ErrorCode | undefined> {
    if (response.ok) {
      outcomes.add(`ok ${response.status}`);
      return undefined;
    }
    const problem = (await response.json()) as Problem;
    outcomes.add(problem.code);
    expect(Object.keys(ERROR_CODES)).toContain(problem.code);
    expect(response.status).toBe(ERROR_CODES[problem.code].status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    if (response.status >= 500) {
      expect([502, 503, 504]).toContain(response.status);
      expect(this.#hasFailed, problem.code).toBe(true);
    }
    if (response.status === 429 || response.status === 503)
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
    return problem.code;
  }
}

/** Refusals that are made before the provider is asked, always. */
const COSTS_NOTHING: ReadonlySet<string> = new Set<ErrorCode>([
  'rate_limited',
  'session_expired',
  'session_used',
  'request_in_progress',
  'idempotency_mismatch',
  'invalid_session',
]);

describe('visitors all at once', () => {
  it('never get more than was promised, whatever fails meanwhile', {
    timeout: 60_000,
  }, async () => {
    const steps = fc.array(step, { minLength: 10, maxLength: 40, size: 'max' });
    const property = fc
      .asyncProperty(steps, async (steps) => {
        const tumult = new Tumult();
        for (const step of steps) await tumult.play(step);
      })
      .afterEach(resetStores);
    await fc.assert(property, { seed: 11, numRuns: 40, endOnFailure: true });
    // Or it would have been a quiet day.
    const lively: (ErrorCode | 'ok 200')[] = [
      ...(['ok 200', 'incorrect_code', 'session_used', 'session_expired'] as const),
      ...(['rate_limited', 'too_many_attempts', 'request_in_progress'] as const),
      ...(['upstream_error', 'temporarily_unavailable'] as const),
    ];
    expect([...outcomes]).toEqual(expect.arrayContaining(lively));
  });
});
