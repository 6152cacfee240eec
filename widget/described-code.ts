import type { CodeState } from './flow-state.ts';
import { type CountedText, fillSentence } from './words/sentence.ts';
import type { Words } from './words/words.ts';

/** Left-to-right isolate: in a right-to-left sentence a number would otherwise lose its plus to the other end. */
const [ISOLATE, END] = ['\u2066', '\u2069'];

/** One of the sentences about the code that is awaited: how long it is, and where it was sent. */
export function describedCode(
  sentence: Record<CodeState['channel'], CountedText>,
  { codeLength, to, channel }: CodeState,
  { lang }: Words,
): string {
  const places = { length: codeLength, to: `${ISOLATE}${inOneLine(to)}${END}` };
  return fillSentence(sentence[channel], places, lang);
}

/** A number that no line breaks. */
export function inOneLine(number: string): string {
  return number.replaceAll(' ', '\u00a0');
}
