import type { CodeState } from '../flow/state.ts';
import { type CountedText, formatMessage } from '../i18n/format-message.ts';
import type { Messages } from '../i18n/messages.ts';

/** Left-to-right isolate: in a right-to-left sentence a number would otherwise lose its plus to the other end. */
const [ISOLATE, END] = ['\u2066', '\u2069'];

/** A number inside a sentence of any direction. */
export function inOneLine(number: string): string {
  return `${ISOLATE}${number.replaceAll(' ', '\u00a0')}${END}`;
}

/** One of the sentences about the code that is awaited: how long it is, and where it was sent. */
export function codeHint(
  sentence: Record<CodeState['channel'], CountedText>,
  { codeLength, to, channel }: CodeState,
  { lang }: Messages,
): string {
  const places = { length: codeLength, to: inOneLine(to) };
  return formatMessage(sentence[channel], places, lang);
}
