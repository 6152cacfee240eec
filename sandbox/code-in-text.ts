/** The last line of a message that a browser may fill in by itself: `@www.example.com #123456`. */
const BOUND_CODE = /^@\S+ #(\w+)\s*$/m;
/** Not those of a host, as in `localhost:8787` and `shop2026.example`. */
const DIGITS = /(?<![\w:.])\d{4,10}(?!\w|\.\w)/;
/** Digits that are said one by one, each time with the same pause between them. */
const SPOKEN_DIGITS = /(?<!\d)\d([^\w\n]{1,3})\d(?:\1\d(?!\d)){2,8}/;

/** What a reader, or a listener, would take for the code. Empty where there is nothing like one. */
export function codeInText(text: string): string {
  const bound = BOUND_CODE.exec(text)?.[1];
  if (bound !== undefined) return bound;
  const [written] = SPOKEN_DIGITS.exec(text) ?? DIGITS.exec(text) ?? [''];
  return written.replace(/\D/g, '');
}
