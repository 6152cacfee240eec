/**
 * P1, P3, P4, P8, P20: visitors who come one after the other get exactly what a plain model of counters says, and
 * when they are told to wait, the wait is true.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendAnswer } from '../../../shared/api/responses.ts';
import { codeOf } from '../../support/worker/harness.ts';
import { resetStores } from '../../support/worker/store-dump.ts';
import {
  CODES_PER_SESSION,
  type CodeModel,
  modelCancel,
  modelResend,
  modelSend,
  modelVerify,
  PhoneModel,
  type Refused,
} from './phone-commands.ts';
import { type VisitorFixture, visitorFixture } from './visitor-fixture.ts';

const PHONES = ['+4915123456789', '+436641234567'] as const;

type Visit =
  /** The patient ones wait as they are told, and ask again. */
  | { does: 'send'; phone: number; isPatient: boolean }
  | { does: 'resend'; code: number; isPatient: boolean }
  | { does: 'guess' | 'enter' | 'cancel'; code: number }
  | { does: 'repeat' }
  | { does: 'linger'; seconds: number };

/** Which of the codes that are out, counted from the newest. */
const code = fc.nat(4);
const isPatient = fc.boolean();
const visit = fc.oneof<fc.WeightedArbitrary<Visit>[]>(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('send'), phone: fc.nat(1), isPatient }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('resend'), code, isPatient }) },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('guess'), code }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('enter'), code }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel'), code }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('repeat') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('linger'),
      seconds: fc.constantFrom(1, 29, 30, 60, 120, 300, 599, 600, 1_800, 3_600, 21_600),
    }),
  },
);

/** The service and the model, side by side. */
class Comparison {
  readonly #desk: VisitorFixture = visitorFixture();
  readonly #phones = PHONES.map(() => new PhoneModel());
  readonly #codes: { session: string; model: CodeModel }[] = [];
  #lastSend: { phone: string; key: string; answer: SendAnswer } | undefined;

  async play(visit: Visit): Promise<void> {
    switch (visit.does) {
      case 'linger':
        return this.#desk.advance(visit.seconds * 1000);
      case 'repeat':
        return this.#repeat();
      case 'send': {
        const phone = this.#phones[visit.phone] as PhoneModel;
        const body = { phone: PHONES[visit.phone] };
        return this.#send(body, () => modelSend(phone, this.#desk.now()), visit.isPatient);
      }
    }
    const chosen = this.#codes.at(-1 - (visit.code % Math.max(1, this.#codes.length)));
    if (!chosen) return;
    const { session, model } = chosen;
    if (visit.does === 'resend')
      return this.#send({ session }, () => modelResend(model, this.#desk.now()), visit.isPatient);
    if (visit.does === 'cancel') {
      const response = await this.#desk.service.post('/v1/cancel', { session });
      return expect(await codeOf(response)).toBe(modelCancel(model, this.#desk.now()));
    }
    await this.#verify(session, model, visit.does === 'enter');
  }

  async #send(
    body: { phone?: string | undefined; session?: string },
    ask: () => CodeModel | Refused,
    isPatient: boolean,
  ): Promise<void> {
    const { service, now } = this.#desk;
    const key = crypto.randomUUID();
    const before = service.upstream('send');
    const response = await service.post('/v1/send', body, { idempotencyKey: key });
    const expected = ask();
    if (typeof expected === 'string') {
      expect(await codeOf(response)).toBe(expected);
      expect(service.upstream('send')).toBe(before);
      if (expected !== 'rate_limited' || !isPatient) return;
      this.#desk.advance(Number(response.headers.get('Retry-After')) * 1000);
      const after = await this.#send(body, ask, false);
      expect(service.log.at(-1)).not.toContain('rate_limited');
      return after;
    }
    expect(await codeOf(response), service.log.at(-1)).toBe('ok');
    expect(service.upstream('send')).toBe(before + 1);
    const answer = (await response.json()) as SendAnswer;
    expect(answer.resendIn).toBe(Math.ceil(expected.session.phone.wait(now()) / 1000));
    this.#codes.push({ session: answer.session, model: expected });
    if (body.phone !== undefined) this.#lastSend = { phone: body.phone, key, answer };
  }

  /** The same gesture once more, a day later at the most. */
  async #repeat(): Promise<void> {
    if (!this.#lastSend) return;
    const { service } = this.#desk;
    const { phone, key, answer } = this.#lastSend;
    const before = service.upstream();
    const response = await service.post('/v1/send', { phone }, { idempotencyKey: key });
    expect(await response.json()).toEqual(answer);
    expect(service.upstream()).toBe(before);
  }

  async #verify(session: string, model: CodeModel, isRight: boolean): Promise<void> {
    const desk = this.#desk;
    const typed = isRight ? await desk.rightCode(session) : await desk.wrongCode(session, 7);
    const before = desk.service.upstream('verify');
    const response = await desk.service.verify(session, typed);
    const attemptsBefore = model.session.attempts;
    const expected = modelVerify(model, isRight, desk.now());
    const { attempts } = model.session;
    expect(await codeOf(response)).toBe(expected);
    expect(desk.service.upstream('verify') - before).toBe(attempts - attemptsBefore);
    if (expected === 'incorrect_code')
      expect(await response.json()).toMatchObject({ attemptsLeft: CODES_PER_SESSION - attempts });
  }
}

describe('visitors one by one', () => {
  it('get what a plain model of counters says, in any order of things', {
    timeout: 60_000,
  }, async () => {
    const visits = fc.array(visit, { minLength: 10, maxLength: 60, size: 'max' });
    const property = fc
      .asyncProperty(visits, async (visits) => {
        const comparison = new Comparison();
        for (const visit of visits) await comparison.play(visit);
      })
      .afterEach(resetStores);
    await fc.assert(property, { seed: 3, numRuns: 40, endOnFailure: true });
  });
});
