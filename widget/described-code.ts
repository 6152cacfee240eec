import type { CodeState } from './flow.ts';
import type { DescribedCode } from './words/words.ts';

/** Left-to-right isolate: in a right-to-left sentence a number would otherwise lose its plus to the other end. */
const [ISOLATE, END] = ['\u2066', '\u2069'];

/** What a sentence about the code that is awaited has to say. */
export function describedCode({ codeLength, to, channel }: CodeState): DescribedCode {
  const inOneLine = to.replaceAll(' ', '\u00a0');
  return { length: codeLength, to: `${ISOLATE}${inOneLine}${END}`, channel };
}
