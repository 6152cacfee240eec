/** `POST /2010-04-01/Accounts/{AccountSid}/Calls.json`, with the TwiML in the request. */
import { codeInText } from '../code-in-text.ts';
import type { Answer } from '../envelope.ts';
import { randomSid } from '../randomness.ts';
import type { Fields } from '../request-body.ts';
import { TwilioRefusal } from './errors.ts';
import { magicCode } from './magic-numbers.ts';
import { callbackUrl, PHONE_NUMBER } from './messages.ts';
import { parameter, type TwilioState } from './state.ts';
import { callCallback, type PlacedCall } from './status-callback.ts';
import { readTwiml } from './twiml.ts';

const MAX_TWIML_CHARACTERS = 4000;

export function createCall(state: TwilioState, fields: Fields): Answer {
  const { twiml, ...call } = readCall(state, fields);
  const spoken = readTwiml(twiml);
  const { sid, to, from } = call;
  state.inbox.add({
    provider: 'twilio',
    channel: 'call',
    at: state.now(),
    from,
    to,
    ...spoken,
    code: codeInText(spoken.text),
    requestID: sid,
  });
  let reports = 0;
  state.reports.take(sid, 'twilio_call', async (outcome) =>
    callCallback(state, call, outcome, reports++),
  );
  const { accountSid } = state.credentials;
  const uri = `/2010-04-01/Accounts/${accountSid}/Calls/${sid}.json`;
  return {
    status: 201,
    content: {
      account_sid: accountSid,
      annotation: null,
      answered_by: null,
      api_version: '2010-04-01',
      caller_name: null,
      date_created: null,
      date_updated: null,
      direction: 'outbound-api',
      duration: null,
      end_time: null,
      forwarded_from: null,
      from,
      from_formatted: from,
      group_sid: null,
      parent_call_sid: null,
      phone_number_sid: null,
      price: null,
      price_unit: 'USD',
      queue_time: '0',
      sid,
      start_time: null,
      status: 'queued',
      subresource_uris: { events: uri.replace('.json', '/Events.json') },
      to,
      to_formatted: to,
      trunk_sid: null,
      uri,
    },
  };
}

/** @throws TwilioRefusal */
function readCall(state: TwilioState, fields: Fields): PlacedCall & { twiml: string } {
  const to = parameter(fields, 'To');
  const from = parameter(fields, 'From');
  const twiml = parameter(fields, 'Twiml');
  if (to === undefined) throw new TwilioRefusal(21201);
  if (from === undefined) throw new TwilioRefusal(21213);
  // Twilio would fetch TwiML from a `Url`, too. The sandbox fetches nothing.
  if (twiml === undefined) throw new TwilioRefusal(21205);
  if (twiml.length > MAX_TWIML_CHARACTERS) throw new TwilioRefusal(32018);
  if (!PHONE_NUMBER.test(to))
    throw new TwilioRefusal(21211, `The 'To' number ${to} is not a valid phone number.`);
  // No call comes from a name.
  if (!PHONE_NUMBER.test(from))
    throw new TwilioRefusal(21212, `The 'From' number ${from} is not a valid phone number.`);
  const code = magicCode('call', to, from);
  if (code !== undefined) throw new TwilioRefusal(code);
  const sid = randomSid('CA', state.randomBytes);
  return { sid, to, from, twiml, statusCallback: callbackUrl(fields), events: eventsOf(fields) };
}

/** Documented: without any, `completed` alone. */
function eventsOf(fields: Fields): ReadonlySet<string> {
  const asked = fields['StatusCallbackEvent'];
  const events = Array.isArray(asked) ? asked.map(String) : String(asked ?? '').split(' ');
  return new Set(events.join('') === '' ? ['completed'] : events);
}
