/** `POST /sms.json` and `POST /sms`: one message to one receiver. */
import * as v from 'valibot';
import { codeInText } from '../code-in-text.ts';
import type { Answer } from '../envelope.ts';
import { randomSid } from '../randomness.ts';
import type { Fields } from '../request-body.ts';
import { type CharacterSet, isGsm7, segment } from '../sms-encoding.ts';
import { deliveryReport } from './delivery-report.ts';
import { acceptedAnswer, lengthAs, type RefusalCode, SmsRefusal } from './response.ts';
import type { SentSms, SmsState } from './state.ts';

/**
 * Documented: 3 to 11 characters, or 3 to 14 digits. Which characters is not; letters, digits and the few signs
 * that networks let through are assumed.
 */
const SENDER = /^(?:\+?\d{3,14}|(?=.*[^\d])[\w .&'-]{3,11})$/;
/** E.164. */
const RECEIVER = /^\+?[1-9]\d{6,14}$/;
const HEX_OCTETS = /^(?:[\da-f]{2})+$/i;

const OptionsSchema = v.object({
  reference: v.optional(v.string()),
  validity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  flash: v.optional(v.boolean()),
  udh: v.optional(v.pipe(v.string(), v.regex(HEX_OCTETS))),
  pid: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
  callback: v.optional(v.pipe(v.string(), v.url())),
  test: v.optional(v.boolean()),
});

/** The character sets by the names that `type` has for them. Binary has its own way: see `measure`. */
type TextType = 'gsm' | 'unicode' | 'binary' | 'auto';

/** `Byte` is what one place of Mitto's reference calls Binary. */
const TYPES: ReadonlyMap<string, TextType> = new Map([
  ['gsm', 'gsm'],
  ['unicode', 'unicode'],
  ['binary', 'binary'],
  ['byte', 'binary'],
  ['auto', 'auto'],
]);

export function sendSms(state: SmsState, fields: Fields): Answer {
  const knobs = state.knobs.current;
  const refuse = (code: RefusalCode, detail?: string) => new SmsRefusal(state, code, detail);

  const type = TYPES.get(String(fields['type'] ?? 'GSM').toLowerCase());
  if (!type) throw refuse(2);
  const text = required(fields['text'], 'text') ?? fail(refuse(3));
  const { units, parts } = measure(text, type, refuse);
  const from = required(fields['from'], 'from') ?? fail(refuse(5));
  if (!SENDER.test(from)) throw refuse(6);
  const to = required(fields['to'], 'to') ?? fail(refuse(7));
  const hasForbiddenPlus = knobs.smsReceiverPlus === 'refused' && to.startsWith('+');
  if (!RECEIVER.test(to) || hasForbiddenPlus) throw refuse(8);
  const options = v.safeParse(OptionsSchema, fields, { abortEarly: true });
  // What becomes of an option that is none is not published.
  if (!options.success) throw refuse(1, v.getDotPath(options.issues[0]) ?? 'options');
  const { reference, callback, test = false } = options.output;

  const id = newSmsId(state);
  if (!test) {
    const sent: SentSms = { id, to, reference, callback, sentAtMs: state.now() };
    state.sent.set(idWithoutDashes(id), sent);
    state.inbox.add({
      provider: 'mitto-sms',
      channel: 'sms',
      at: sent.sentAtMs,
      from,
      to,
      text,
      code: codeInText(text),
      requestID: id,
    });
    state.reports.take(id, 'sms', async (outcome) => deliveryReport(state, sent, outcome));
  }
  return acceptedAnswer(state, {
    ...(test && knobs.smsTestId === 'absent' ? {} : { id }),
    ...(knobs.smsEchoesTo ? { to } : {}),
    textLength: lengthAs(knobs.smsTextLength, units),
    ...(knobs.smsCountsParts ? { messageParts: parts } : {}),
    ...(test ? { test } : {}),
  });

  /** Empty and absent are one; of another type than text, a field is as good as wrong. */
  function required(value: unknown, name: 'text' | 'from' | 'to'): string | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    const codes = { text: 4, from: 6, to: 8 } as const;
    throw refuse(codes[name]);
  }
}

export function newSmsId(state: SmsState): string {
  const hex = randomSid('', state.randomBytes);
  if (state.knobs.current.smsId === 'hex') return hex;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function idWithoutDashes(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

/** @throws what `refuse` makes, where the text is not of its type */
function measure(
  text: string,
  type: TextType,
  refuse: (code: RefusalCode) => SmsRefusal,
): { units: number; parts: number } {
  if (type === 'binary') {
    if (!HEX_OCTETS.test(text)) throw refuse(9);
    const octets = text.length / 2;
    return { units: octets, parts: octets <= 140 ? 1 : Math.ceil(octets / 134) };
  }
  if (!text.isWellFormed()) throw refuse(9);
  if (type === 'gsm' && !isGsm7(text)) throw refuse(4);
  return segment(text, characterSetOf(text, type));
}

function characterSetOf(text: string, type: Exclude<TextType, 'binary'>): CharacterSet {
  switch (type) {
    case 'gsm':
      return 'gsm_7';
    case 'unicode':
      return 'ucs_2';
    case 'auto':
      return isGsm7(text) ? 'gsm_7' : 'ucs_2';
  }
}

function fail(error: Error): never {
  throw error;
}
