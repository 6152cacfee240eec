/** The test of a connector: what was tried, what came back, and what to mend, in words for a person. */
import type { Channel } from '../../shared/channel.ts';
import type { Reason } from '../reason.ts';
import { problemOf } from '../reason.ts';
import type { ConnectorName } from './connector.ts';

export interface ConnectorTestResult {
  connector: ConnectorName;
  /** `credentials`: a call that sends nothing. */
  tried: 'credentials' | 'message';
  channel?: Channel;
  outcome: 'passed' | 'failed';
  /** What came back. */
  detail: string;
  /** The provider's own name of the message. */
  messageId?: string;
  /** The stable code that a visitor would have seen. */
  code?: string;
  /** What to do about it; absent where there is nothing to do. */
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

export function failureIn(
  connector: ConnectorName,
  reason: Reason,
): Pick<ConnectorTestResult, 'outcome' | 'detail' | 'code' | 'mend'> {
  const mend = mendOf(connector, reason);
  return {
    outcome: 'failed',
    detail: 'detail' in reason ? `${reason.kind}: ${reason.detail}` : reason.kind,
    code: problemOf(reason).code,
    ...(mend === undefined ? {} : { mend }),
  };
}

function mendOf(connector: ConnectorName, { kind }: Reason): string | undefined {
  switch (kind) {
    case 'provider_unauthorized':
      return connector === 'twilio'
        ? `Check ${CREDENTIALS[connector]}, and that the key may create messages or calls.`
        : `Check ${CREDENTIALS[connector]}, and that Mitto has allow-listed the address that the calls come from: it may answer both mistakes alike.`;
    case 'provider_bad_sender':
      return `Check ${SENDERS[connector]}: the provider does not let this account send under it.`;
    case 'provider_bad_number':
      return 'Check the number that the test went to.';
    case 'provider_unreached':
      return 'It was not reached: look at the relay, or at the other way out that EGRESS names.';
    case 'provider_blocked':
      return 'The provider blocks this destination: ask it to open the country, or use another connector for it.';
    case 'provider_throttled':
      return 'Wait a little, or ask the provider for a higher rate.';
    case 'provider_refused':
      return 'Read the provider’s code in its documentation; text, sender and alphabet are the usual causes.';
    case 'provider_failed':
    case 'provider_down':
    case 'provider_unintelligible':
      return 'The provider has trouble, or the base URL points elsewhere.';
    case 'delivery_unknown':
      return 'No answer came: check the base URL and the way there. The message may have been sent.';
    case 'provider_silent':
      return 'No answer came: check the base URL and the way there.';
    default:
      return undefined;
  }
}
