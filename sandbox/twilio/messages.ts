/** `POST /2010-04-01/Accounts/{AccountSid}/Messages.json` */
import { codeInText } from '../code-in-text.ts';
import type { Answer } from '../envelope.ts';
import { randomSid } from '../randomness.ts';
import type { Fields } from '../request-body.ts';
import { isGsm7, segment } from '../sms-encoding.ts';
import { TwilioRefusal } from './errors.ts';
import { magicCode, magicOutcome } from './magic-numbers.ts';
import { parameter, type TwilioState } from './state.ts';
import { messageCallback, rfc2822, type SentMessage } from './status-callback.ts';

const MAX_BODY_CHARACTERS = 1600;

export const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;
/** Documented: up to 11 letters, digits and spaces, and at least one letter. */
const ALPHANUMERIC_SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;
const SHORT_CODE = /^\d{3,8}$/;
/** What a Messaging Service sends from: the number of Twilio's test credentials that is always valid. */
const POOL_NUMBER = '+15005550006';

export function createMessage(state: TwilioState, fields: Fields): Answer {
  const { body, ...sent } = readMessage(state, fields);
  const { sid, to, from, messagingServiceSid } = sent;
  state.inbox.add({
    provider: 'twilio',
    channel: 'sms',
    at: state.now(),
    from: from ?? POOL_NUMBER,
    to,
    text: body,
    code: codeInText(body),
    requestID: sid,
  });
  state.reports.take(
    sid,
    'twilio_message',
    async (outcome) => messageCallback(state, sent, outcome),
    magicOutcome(to),
  );
  const { accountSid } = state.credentials;
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`;
  const date = rfc2822(state.now());
  return {
    status: 201,
    content: {
      account_sid: accountSid,
      api_version: '2010-04-01',
      body,
      date_created: date,
      date_sent: null,
      date_updated: date,
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from,
      messaging_service_sid: messagingServiceSid,
      num_media: '0',
      // Documented: with a Messaging Service it is not known yet.
      num_segments: messagingServiceSid === null ? String(partsOf(body)) : '0',
      price: null,
      price_unit: null,
      sid,
      status: messagingServiceSid === null ? 'queued' : 'accepted',
      subresource_uris: { media: uri.replace('.json', '/Media.json') },
      to,
      uri,
    },
  };
}

/** @throws TwilioRefusal */
function readMessage(state: TwilioState, fields: Fields): SentMessage & { body: string } {
  const to = parameter(fields, 'To');
  const from = parameter(fields, 'From') ?? null;
  const messagingServiceSid = parameter(fields, 'MessagingServiceSid') ?? null;
  const body = parameter(fields, 'Body');
  if (to === undefined) throw new TwilioRefusal(21604);
  if (from === null && messagingServiceSid === null) throw new TwilioRefusal(21603);
  // Twilio takes both for a number of the service's own pool. There are no pools here.
  if (from !== null && messagingServiceSid !== null)
    throw new TwilioRefusal(20001, "'From' and 'MessagingServiceSid' exclude each other");
  if (messagingServiceSid !== null && !/^MG[\da-f]{32}$/.test(messagingServiceSid))
    throw new TwilioRefusal(21701);
  if (body === undefined) throw new TwilioRefusal(21602);
  if (body.length > MAX_BODY_CHARACTERS) throw new TwilioRefusal(21617);
  if (!PHONE_NUMBER.test(to))
    throw new TwilioRefusal(21211, `The 'To' number ${to} is not a valid phone number.`);
  if (from !== null && !isSender(from))
    throw new TwilioRefusal(21212, `The 'From' number ${from} is not a valid sender.`);
  if (!isValidityPeriod(parameter(fields, 'ValidityPeriod')))
    throw new TwilioRefusal(20001, "'ValidityPeriod' is not of 1 to 36000 seconds");
  const code = magicCode('message', to, from ?? '');
  if (code !== undefined) throw new TwilioRefusal(code);
  const statusCallback = callbackUrl(fields);
  const sid = randomSid('SM', state.randomBytes);
  return { sid, to, from, messagingServiceSid, statusCallback, body };
}

/** @throws TwilioRefusal */
export function callbackUrl(fields: Fields): string | null {
  const url = parameter(fields, 'StatusCallback');
  if (url === undefined) return null;
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new TwilioRefusal(21609);
  return url;
}

function isValidityPeriod(seconds: string | undefined): boolean {
  if (seconds === undefined) return true;
  return /^\d{1,5}$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= 36_000;
}

function isSender(from: string): boolean {
  return PHONE_NUMBER.test(from) || ALPHANUMERIC_SENDER.test(from) || SHORT_CODE.test(from);
}

function partsOf(body: string): number {
  return segment(body, isGsm7(body) ? 'gsm_7' : 'ucs_2').parts;
}
