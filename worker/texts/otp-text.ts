/** The words of a code's message: the operator's or ours, in the visitor's language where there is one. */
import type { Channel } from '../../shared/api/channel.ts';
import { type LocalText, type SmsTexts, shippedCall, shippedSms } from './default-templates.ts';
import { smsSize } from './sms-segments.ts';
import { fillIn, languageOfTag, languagesOfTag, textIn } from './template.ts';
import type { TemplateSettings } from './template-schema.ts';

/** As long as a code lives. */
const MINUTES = 10;

/** Past this, some phones no longer look for a code (Chrome's and Apple's advice on origin-bound codes). */
export const MAX_CODE_SMS_CHARACTERS = 140;

export interface CodeMessageRequest {
  /** The requesting origin, from the allow-list. */
  site: string;
  channel: Channel;
  /** BCP 47. */
  locale: string | undefined;
  /** The flow's own texts. */
  template: TemplateSettings | undefined;
  /** Digits. */
  codeLength: number;
  /**
   * Ends an SMS with `@host #code` (WICG sms-one-time-codes), by which phones offer the code on that host and no
   * other. A wrong host is worse than none, so it comes from the allow-list.
   */
  hasAutofillLine: boolean;
}

/** The text of a code, with `{code}` where it goes: a provider, or `withCode`, puts it there. */
export function codeMessage(request: CodeMessageRequest): LocalText {
  const { channel, locale, template } = request;
  const own = template?.[channel];
  if (own !== undefined) return complete(textIn(own, languageOfTag(locale)), request);
  const wanted = languagesOfTag(locale);
  return channel === 'voice'
    ? complete(shippedCall(wanted), request)
    : fittingSms(shippedSms(wanted), request);
}

/**
 * What is left out as a host grows, last first: where the last line names the site, the sentence need not. With a host
 * too long for any sentence of a language whose letters are dear, the code stands alone: that is in the GSM alphabet.
 */
const WITH_LINE = ['guarded', 'guardedBrief', 'full', 'brief', 'shortest'] as const;
const WITHOUT_LINE = ['guarded', 'full', 'ofSite', 'brief'] as const;
const CODE_ALONE = '{code}';

/** The fullest that costs one segment. */
function fittingSms(
  { texts, language }: { texts: SmsTexts; language: string },
  request: CodeMessageRequest,
): LocalText {
  const lengths = request.hasAutofillLine ? WITH_LINE : WITHOUT_LINE;
  const messages = lengths.map((length) => complete({ text: texts[length], language }, request));
  const { codeLength } = request;
  const short = messages.filter(({ text }) => isShort(text, codeLength));
  const shortest = messages.at(-1);
  // Then the settings are refused, and this is what they are refused for.
  if (short.length === 0 && shortest) return shortest;
  return (
    short.find(({ text }) => segmentsOf(text, codeLength) === 1) ??
    complete({ text: CODE_ALONE, language }, request)
  );
}

/** A voice reads the code digit by digit, and not as a number of six figures. */
export function withCode(text: string, code: string, channel: Channel): string {
  return text.replaceAll('{code}', channel === 'voice' ? [...code].join(', ') : code);
}

function isShort(text: string, codeLength: number): boolean {
  return withCode(text, '0'.repeat(codeLength), 'sms').length <= MAX_CODE_SMS_CHARACTERS;
}

function segmentsOf(text: string, codeLength: number): number {
  return smsSize(withCode(text, '0'.repeat(codeLength), 'sms')).segments;
}

function complete(
  { text, language }: LocalText,
  { site, channel, hasAutofillLine }: CodeMessageRequest,
): LocalText {
  const { hostname, host } = new URL(site);
  const sentence = fillIn(text, { site: host, minutes: String(MINUTES) });
  if (channel === 'voice' || !hasAutofillLine) return { text: sentence, language };
  return { text: `${sentence}\n\n@${hostname} #{code}`, language };
}
