/** The connector test: what was tested, the provider's response, and the fix, for a person. */
import type { Channel } from '../../shared/api/channel.ts';
import type { ErrorReason } from '../errors.ts';
import { toProblem } from '../errors.ts';
import type { ConnectorName } from './connector.ts';

export interface ConnectorTestResult {
  connector: ConnectorName;
  /** `credentials`: a call that sends nothing. */
  tried: 'credentials' | 'message';
  channel?: Channel;
  outcome: 'passed' | 'failed';
  /** The provider's response. */
  detail: string;
  /** The provider's own name of the message. */
  messageId?: string;
  /** The error code that a visitor would have got. */
  code?: string;
  /** The fix; absent if none is needed. */
  mend?: string;
  /** Milliseconds. */
  took: number;
}

const CREDENTIALS: Readonly<Record<ConnectorName, string>> = {
  'mitto-2fa': 'MITTO_ACCOUNT_ID and MITTO_API_KEY',
  'mitto-sms': 'MITTO_SMS_API_KEY',
  twilio: 'TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET',
};

const SENDERS: Readonly<Record<ConnectorName, string>> = {
  'mitto-2fa': 'SENDER',
  'mitto-sms': 'SENDER',
  twilio: 'TWILIO_FROM, or TWILIO_VOICE_FROM for calls',
};

export function explainFailure(
  connector: ConnectorName,
  reason: ErrorReason,
): Pick<ConnectorTestResult, 'outcome' | 'detail' | 'code' | 'mend'> {
  const mend = mendOf(connector, reason);
  return {
    outcome: 'failed',
    detail: 'detail' in reason ? `${reason.kind}: ${reason.detail}` : reason.kind,
    code: toProblem(reason).code,
    ...(mend === undefined ? {} : { mend }),
  };
}

function mendOf(connector: ConnectorName, { kind }: ErrorReason): string | undefined {
  switch (kind) {
    case 'provider_unauthorized':
      return connector === 'twilio'
        ? `Check ${CREDENTIALS[connector]}, and that the key may create messages or calls.`
        : `Check ${CREDENTIALS[connector]}, and that Mitto has allow-listed the address of the calls. It may answer both errors alike.`;
    case 'provider_bad_sender':
      return `Check ${SENDERS[connector]}. The provider does not allow this account to use that sender.`;
    case 'provider_bad_number':
      return 'Check the number of the test.';
    case 'provider_unreached':
      return 'The provider was not reached. Check the relay, or the egress option that EGRESS names.';
    case 'provider_blocked':
      return 'The provider blocks this destination. Ask it to enable the country, or use another connector.';
    case 'provider_throttled':
      return 'Wait, or ask the provider for a higher rate limit.';
    case 'provider_refused':
      return 'Look up the error code in the provider’s documentation. Usual causes: text, sender, alphabet.';
    case 'provider_failed':
    case 'provider_down':
    case 'provider_unintelligible':
      return 'The provider has an outage, or the base URL is wrong.';
    case 'delivery_unknown':
      return 'No response. Check the base URL and the egress. The message may have been sent.';
    case 'provider_silent':
      return 'No response. Check the base URL and the egress.';
    default:
      return undefined;
  }
}
