/** How Twilio tells of a message or a call: a signed form by POST. The parameters are documented. */
import type { CallbackRequest, Outcome } from '../delivery-reports.ts';
import type { TwilioOptions } from './options.ts';
import { type Parameters, twilioSignature } from './signature.ts';
import type { TwilioState } from './state.ts';

export interface SentMessage {
  readonly sid: string;
  readonly to: string;
  /** `null`: the Messaging Service chooses. */
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly statusCallback: string | null;
}

export function messageCallback(
  state: TwilioState,
  { sid, to, from, messagingServiceSid, statusCallback }: SentMessage,
  { status, errorCode }: Outcome,
): Promise<CallbackRequest> | null {
  if (statusCallback === null) return null;
  return signedForm(state, statusCallback, {
    AccountSid: state.credentials.accountSid,
    ApiVersion: '2010-04-01',
    MessageSid: sid,
    MessageStatus: status,
    SmsSid: sid,
    SmsStatus: status,
    To: to,
    ...(from === null ? {} : { From: from }),
    ...(messagingServiceSid === null ? {} : { MessagingServiceSid: messagingServiceSid }),
    ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
  });
}

export interface PlacedCall {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly statusCallback: string | null;
  /** `initiated`, `ringing`, `answered`, `completed`. */
  readonly events: ReadonlySet<string>;
}

/** @param sequenceNumber counts the reports of one call from 0 */
export function callCallback(
  state: TwilioState,
  { sid, to, from, statusCallback, events }: PlacedCall,
  { status, errorCode }: Outcome,
  sequenceNumber: number,
): Promise<CallbackRequest> | null {
  if (statusCallback === null || !events.has(eventOf(status))) return null;
  return signedForm(state, statusCallback, {
    AccountSid: state.credentials.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: sid,
    CallStatus: status,
    CallbackSource: 'call-progress-events',
    Direction: 'outbound-api',
    To: to,
    From: from,
    SequenceNumber: String(sequenceNumber),
    Timestamp: rfc2822(state.now()),
    ...(status === 'completed' ? { CallDuration: '12' } : {}),
    ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
  });
}

/** Each way in which a call can end is the event `completed`. */
function eventOf(status: string): string {
  switch (status) {
    case 'initiated':
    case 'ringing':
      return status;
    case 'in-progress':
      return 'answered';
    default:
      return 'completed';
  }
}

async function signedForm(
  { knobs, credentials }: TwilioState,
  url: string,
  known: Readonly<Record<string, string>>,
): Promise<CallbackRequest> {
  const { twilioCallbackExtras, twilioSignature: signing, twilioSignedPort } = knobs.current;
  const parameters: Parameters = { ...known, ...twilioCallbackExtras };
  const token = signing === 'wrong_token' ? `not ${credentials.authToken}` : credentials.authToken;
  const signature =
    signing === 'missing'
      ? {}
      : {
          'X-Twilio-Signature': await twilioSignature(
            token,
            spelt(url, twilioSignedPort),
            parameters,
          ),
        };
  return {
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8', ...signature },
    body: String(
      new URLSearchParams(
        Object.entries(parameters).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        ),
      ),
    ),
  };
}

function spelt(url: string, port: TwilioOptions['twilioSignedPort']): string {
  if (port === 'as_given') return url;
  const { protocol, hostname, port: given, pathname, search } = new URL(url);
  const usual = protocol === 'https:' ? 443 : 80;
  return `${protocol}//${hostname}${port === 'there' ? `:${given || usual}` : ''}${pathname}${search}`;
}

/** `Thu, 15 Jan 2026 12:00:00 +0000` */
export function rfc2822(atMs: number): string {
  return new Date(atMs).toUTCString().replace('GMT', '+0000');
}
