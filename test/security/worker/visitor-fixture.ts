/** A service for the sequences of many visitors: limits of phones only, and a provider that stops nobody. */
import { createProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import { deriveKeyring } from '../../../worker/crypto/keyring.ts';
import { unseal } from '../../../worker/crypto/seal.ts';
import type { Session } from '../../../worker/otp/session.ts';
import {
  NO_BURST,
  SETTINGS,
  type ServiceOptions,
  START,
  startService,
} from '../../support/worker/harness.ts';

/** What stops a visitor here is the phone's own ledger and nothing else. */
const WIDE = {
  send_per_ip: '100/1s',
  verify_per_ip: '100/1s',
  send_per_prefix: '100000/1d',
  send_total: '100000/1d',
};

export function visitorFixture(options: ServiceOptions = {}) {
  let nowMs = Date.parse(START);
  const now = () => nowMs;
  // Were the provider to count attempts or to use codes up, it would hide it if we did not.
  const sandbox = createProviderSandbox({
    now,
    knobs: { attemptsPerOtp: 1_000_000, rightCodeConsumes: false },
  });
  const service = startService({
    ...options,
    sandbox,
    bindings: { ...NO_BURST, ...options.bindings },
    runtime: { now, ...options.runtime },
    settings: {
      LIMITS: WIDE,
      // With the id of the request, the provider's record tells which session a check was for.
      MITTO_VERIFY_KEYS: 'service,number,requestID,code',
      ...options.settings,
    },
  });
  const keyring = deriveKeyring(SETTINGS.OTP_SECRET, undefined);

  return {
    service,
    sandbox,
    now,
    advance(milliseconds: number) {
      nowMs += milliseconds;
    },
    /** What is inside a sealed session. The browser cannot know; a test has the keys. */
    async inside(session: string): Promise<Session> {
      return JSON.parse((await unseal(session, 'session', await keyring)) ?? 'null') as Session;
    },
    async rightCode(session: string): Promise<string> {
      const { requestId } = await this.inside(session);
      return sandbox.inbox.list().find(({ requestID }) => requestID === requestId)?.code ?? '';
    },
    async wrongCode(session: string, nth: number): Promise<string> {
      const right = Number(await this.rightCode(session));
      return String((right + 1 + nth) % 1_000_000).padStart(6, '0');
    },
    /** Why the last request was refused, of the many reasons behind the few codes. */
    lastReason: () => (JSON.parse(service.log.at(-1) ?? '{}') as { reason?: string }).reason,
  };
}

export type VisitorFixture = ReturnType<typeof visitorFixture>;
