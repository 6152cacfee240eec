/** What the provider saw, in the order in which it saw it, and what may be in it if the promises are kept. */
import { expect } from 'vitest';
import type { Session } from '../../../worker/otp/session.ts';
import { CODES_PER_SESSION, PhoneModel } from './phone-commands.ts';
import type { VisitorFixture } from './visitor-fixture.ts';

interface Check {
  code: string;
  requestID: string;
}

export class ProviderLog {
  readonly #desk: VisitorFixture;
  #lastCall = 0;
  readonly #phones = new Map<string, PhoneModel>();
  /** By the id of the request: whose session it was. Of a send whose answer was lost, nobody holds the session. */
  readonly #checksOf = new Map<string, Check[]>();
  readonly #sessionOf = new Map<string, string>();
  /** By session: what its proofs say of the verification that they are of. */
  readonly #verificationsOf = new Map<string, Set<string>>();

  constructor(desk: VisitorFixture) {
    this.#desk = desk;
  }

  proofGiven({ id, phone }: Session, proof: string): void {
    const claims = JSON.parse(
      atob(proof.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    );
    expect(claims.phone_number).toBe(phone);
    const { iat: _iat, exp: _exp, jti: _jti, ...verification } = claims;
    const known = this.#verificationsOf.get(id) ?? new Set();
    this.#verificationsOf.set(id, known.add(JSON.stringify(verification)));
  }

  /** A session that was answered, so that the checks of all its codes can be told to be of one. */
  knows(session: Session): void {
    this.#sessionOf.set(session.requestId, session.id);
  }

  /**
   * Reads on. Within a batch nobody can say what came first, so a send is held against the wrong codes that were in
   * before the batch began.
   */
  read(): void {
    const calls = this.#desk.sandbox.calls.list({ after: this.#lastCall });
    this.#lastCall = calls.at(-1)?.id ?? this.#lastCall;
    const sends = calls.filter(({ operation }) => operation === 'send');
    for (const { body, at, status } of sends) {
      // Who asks to wait has taken nothing, so the phone may ask again.
      if (status === 429) continue;
      const phone = this.#phone((body as { to: string }).to);
      expect(phone.wait(at), 'a send that came too early').toBe(0);
      phone.sends.push(at);
    }
    for (const { operation, body, at, status } of calls) {
      if (operation !== 'verify') continue;
      const { number, code, requestID } = body as Check & { number: string };
      this.#checksOf.set(requestID, [
        ...(this.#checksOf.get(requestID) ?? []),
        { code, requestID },
      ]);
      if (status === 400) this.#phone(number).failures.push(at);
    }
  }

  expectPromisesKept(): void {
    const checksOfSession = new Map<string, number>();
    for (const [requestId, checks] of this.#checksOf) {
      const session = this.#sessionOf.get(requestId) ?? requestId;
      checksOfSession.set(session, (checksOfSession.get(session) ?? 0) + checks.length);
    }
    for (const [session, checks] of checksOfSession)
      expect(checks, `codes of session ${session}`).toBeLessThanOrEqual(CODES_PER_SESSION);
    for (const verifications of this.#verificationsOf.values()) expect(verifications.size).toBe(1);
  }

  #phone(number: string): PhoneModel {
    const phone = this.#phones.get(number) ?? new PhoneModel();
    this.#phones.set(number, phone);
    return phone;
  }
}
