/** `POST /2fa/send` */
import * as v from 'valibot';
import { type Answer, okAnswer, RequestError } from '../../envelope.ts';
import type { ChannelDetails } from '../../inbox.ts';
import { randomCode, randomSid } from '../../randomness.ts';
import { readFields } from '../../request-body.ts';
import { MittoChannelSchema } from '../channel.ts';
import { CODE_PLACEHOLDER, messageText } from '../message-text.ts';
import { otpReport } from '../otp-report.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';

const Text = v.pipe(v.string(), v.nonEmpty());
const PhoneNumber = v.pipe(
  v.string(),
  v.regex(/^\+?\d{1,15}$/, 'not a phone number: a plus and at most 15 digits'),
);
const EmailAddress = v.pipe(v.string(), v.regex(/^[^\s@]+@[^\s@]+$/, 'not an e-mail address'));
/** A form has no numbers. */
const NumberInText = v.pipe(v.union([v.string(), v.number()]), v.transform(Number));

const message = {
  service: Text,
  from: Text,
  body: v.pipe(v.string(), v.includes(CODE_PLACEHOLDER, `has no ${CODE_PLACEHOLDER}`)),
  limits: v.optional(
    v.record(v.string(), v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
    {},
  ),
  accountSid: v.optional(v.pipe(v.string(), v.regex(/^AC[0-9a-f]{32}$/, 'not an account SID'))),
};

const SendSchema = v.pipe(
  // Documented for voice: `channel` is required. From Restcomm: without it, the channel is SMS.
  v.looseObject({ channel: v.optional(MittoChannelSchema, 'sms') }),
  v.variant('channel', [
    v.object({ ...message, channel: v.literal('sms'), to: PhoneNumber }),
    v.object({
      ...message,
      channel: v.literal('call'),
      to: PhoneNumber,
      // Which voice and language Mitto takes when none is named is unknown.
      voice: v.optional(v.picklist(['man', 'woman']), 'woman'),
      language: v.optional(Text, 'en'),
      repeat: v.optional(v.pipe(NumberInText, v.integer(), v.minValue(1), v.maxValue(10)), 1),
    }),
    v.object({
      ...message,
      channel: v.literal('email'),
      to: EmailAddress,
      subject: Text,
      emailFrom: EmailAddress,
    }),
  ]),
);

type SendFields = v.InferOutput<typeof SendSchema>;

export function send(state: TwoFactorState, call: MittoCall): Answer {
  const fields = readFields(SendSchema, call.fields);
  const knobs = state.knobs.current;
  admit(state, fields.limits);

  const otp = state.otps.open(
    {
      requestID: randomSid('OTP', state.randomBytes),
      accountSid: fields.accountSid ?? state.accountId,
      service: fields.service,
      from: fields.from,
      to: fields.to,
      channel: fields.channel,
      code: randomCode(knobs.codeLength, state.randomBytes),
    },
    { expirySeconds: knobs.expirySeconds, attempts: knobs.attemptsPerOtp },
  );
  const delivery = {
    provider: 'mitto-2fa',
    at: otp.sentAt,
    to: otp.to,
    from: otp.from,
    text: messageText(fields.body, otp.code, otp.channel, knobs),
    code: otp.code,
    requestID: otp.requestID,
  } as const;
  state.inbox.add({ ...delivery, ...channelDetails(fields) });
  state.usage.count(otp.accountSid, otp.channel);
  state.reports.take(otp.requestID, 'send', async (outcome) => otpReport(state, otp, outcome));
  return okAnswer({ requestID: otp.requestID });
}

/** @throws RequestError when a limit that the call names has no room. */
function admit(state: TwoFactorState, values: Readonly<Record<string, string>>): void {
  const { unknownLimit, retryAfter } = state.knobs.current;
  const unknown = Object.keys(values).find((name) => !state.limits.findByName(name));
  if (unknown !== undefined && unknownLimit === 'refused')
    throw new RequestError(400, `limits.${unknown}: no such limit`);

  const admission = state.limits.admit(values);
  if (admission.kind === 'admitted') return;
  const seconds = retryAfter ?? String(admission.retryAfterSeconds);
  throw new RequestError(
    429,
    `Limit exceeded: ${admission.limit}`,
    seconds === '' ? {} : { 'Retry-After': seconds },
  );
}

function channelDetails(fields: SendFields): ChannelDetails {
  switch (fields.channel) {
    case 'sms':
      return { channel: 'sms' };
    case 'call': {
      const { voice, language, repeat } = fields;
      return { channel: 'call', voice, language, repeat };
    }
    case 'email': {
      const { subject, emailFrom } = fields;
      return { channel: 'email', subject, emailFrom };
    }
  }
}
