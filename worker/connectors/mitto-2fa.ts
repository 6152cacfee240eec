import {
  MittoApiError,
  type MittoFailure,
  type MittoOutcomes,
} from '../../providers/mitto/client.ts';
import type { ErrorReason } from '../errors.ts';
import type { CodeCheck, CodeConnector } from './connector.ts';
import type { VerifyKey } from './verify-keys.ts';

/** Mitto's 2FA API: Mitto makes the code, sends it, and checks it. */
export function createMitto2faConnector(options: {
  client: MittoOutcomes;
  /** Reads something of the account that sends nothing. @throws MittoApiError */
  probe(): Promise<unknown>;
  voice: 'man' | 'woman';
  /** Members that the operator wants in every send: the names that Mitto has not published. */
  sendExtra: Readonly<Record<string, unknown>>;
  /** Which keys name the code in the body of a verify. Assumed by default; see docs/mitto.md. */
  verifyKeys: readonly VerifyKey[];
}): CodeConnector {
  const { client, probe, voice, sendExtra, verifyKeys } = options;
  return {
    name: 'mitto-2fa',
    codes: 'provider',
    async sendCode({ to, channel, from, service, text, language, limits }) {
      const result = await client.send({
        ...sendExtra,
        service,
        from,
        to,
        body: text,
        ...(channel === 'voice' ? { channel: 'call', voice, language } : { channel: 'sms' }),
        ...(Object.keys(limits).length > 0 ? { limits } : {}),
      });
      if (result.kind === 'accepted') return result;
      return { kind: 'failed', reason: sendReason(result) };
    },
    async check(check) {
      const result = await client.verify(verifyBody(check, verifyKeys), check.requestId);
      if (result.kind === 'verified') return { kind: 'right' };
      if (result.kind === 'refused') return { kind: 'wrong' };
      return { kind: 'not_evaluated', reason: checkReason(result) };
    },
    async cancel({ requestId }) {
      await client.cancel(requestId);
    },
    async checkCredentials() {
      try {
        await probe();
        return { kind: 'accepted', detail: 'the usage of today was read' };
      } catch (error) {
        if (!(error instanceof MittoApiError)) throw error;
        return { kind: 'failed', reason: checkReason(error.failure) };
      }
    },
  };
}

function verifyBody(
  { service, to, requestId, code }: CodeCheck,
  keys: readonly VerifyKey[],
): Record<string, string> {
  const values: Record<VerifyKey, string> = { service, number: to, to, requestID: requestId, code };
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}

function sendReason(failure: MittoFailure): ErrorReason {
  // The request left: the message may be on its way. Never sent again by itself.
  if (failure.kind === 'unanswered') return { kind: 'delivery_unknown', detail: failure.detail };
  return commonReason(failure);
}

/** Of any call that sends nothing. */
export function checkReason(failure: MittoFailure): ErrorReason {
  if (failure.kind === 'unanswered') return { kind: 'provider_silent', detail: failure.detail };
  return commonReason(failure);
}

function commonReason(failure: Exclude<MittoFailure, { kind: 'unanswered' }>): ErrorReason {
  const { detail } = failure;
  switch (failure.kind) {
    case 'unauthorized':
      return { kind: 'provider_unauthorized', detail };
    case 'throttled':
      return { kind: 'provider_throttled', waitMs: failure.retryAfterSeconds * 1000 };
    case 'refused':
      return { kind: 'provider_refused', detail };
    case 'unintelligible':
      // Every other 5xx leaves open whether Mitto acted.
      return failure.status === 503
        ? { kind: 'provider_failed', detail }
        : { kind: 'provider_unintelligible', detail };
    case 'unsent':
      return failure.why === 'misconfigured'
        ? { kind: 'provider_unauthorized', detail }
        : { kind: 'provider_unreached', detail };
  }
}
