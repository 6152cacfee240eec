import type { VerifyKey } from '../config.ts';
import type { MittoClient, MittoFailure } from '../mitto/client.ts';
import type { Reason } from '../reason.ts';
import type { CodeCheck, Connector } from './connector.ts';

/** Mitto's 2FA API: Mitto makes the code, sends it, and checks it. */
export function createMitto2faConnector(options: {
  client: MittoClient;
  voice: 'man' | 'woman';
  /** Members that the operator wants in every send: the names that Mitto has not published. */
  sendExtra: Readonly<Record<string, unknown>>;
  /** Which keys name the code in the body of a verify. Assumed by default; see docs/mitto.md. */
  verifyKeys: readonly VerifyKey[];
}): Connector {
  const { client, voice, sendExtra, verifyKeys } = options;
  return {
    name: 'mitto-2fa',
    async send({ to, channel, from, service, text, language }) {
      const result = await client.send({
        ...sendExtra,
        service,
        from,
        to,
        body: text,
        ...(channel === 'voice' ? { channel: 'call', voice, language } : { channel: 'sms' }),
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
  };
}

function verifyBody(
  { service, to, requestId, code }: CodeCheck,
  keys: readonly VerifyKey[],
): Record<string, string> {
  const values: Record<VerifyKey, string> = { service, number: to, to, requestID: requestId, code };
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}

function sendReason(failure: MittoFailure): Reason {
  switch (failure.kind) {
    case 'refused':
      return { kind: 'provider_refused', detail: failure.detail };
    case 'unanswered':
      // The request left: the message may be on its way. Never sent again by itself.
      return { kind: 'delivery_unknown', detail: failure.detail };
    default:
      return commonReason(failure);
  }
}

function checkReason(failure: Exclude<MittoFailure, { kind: 'refused' }>): Reason {
  switch (failure.kind) {
    case 'unanswered':
      return { kind: 'provider_silent', detail: failure.detail };
    default:
      return commonReason(failure);
  }
}

function commonReason(
  failure: Extract<MittoFailure, { kind: 'unauthorized' | 'throttled' | 'unintelligible' }>,
): Reason {
  switch (failure.kind) {
    case 'unauthorized':
      return { kind: 'provider_unauthorized', detail: failure.detail };
    case 'throttled':
      return { kind: 'provider_throttled', waitMs: failure.retryAfterSeconds * 1000 };
    case 'unintelligible':
      return { kind: 'provider_unintelligible', detail: failure.detail };
  }
}
