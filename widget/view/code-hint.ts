import type { CodeState } from '../flow/state.ts';
import { type CountedText, fillSentence } from '../i18n/format-message.ts';
import type { Words } from '../i18n/messages.ts';

/** Left-to-right isolate: in a right-to-left sentence a number would otherwise lose its plus to the other end. */
const [ISOLATE, END] = ['\u2066', '\u2069'];

/** A number inside a sentence of any direction. */
export function inOneLine(number: string): string {
  return `${ISOLATE}${number.replaceAll(' ', '\u00a0')}${END}`;
}

/** One of the sentences about the code that is awaited: how long it is, and where it was sent. */
export function describedCode(
  sentence: Record<CodeState['channel'], CountedText>,
  { codeLength, to, channel }: CodeState,
  { lang }: Words,
): string {
  const places = { length: codeLength, to: inOneLine(to) };
  return fillSentence(sentence[channel], places, lang);
}
