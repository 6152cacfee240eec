/**
 * What stands in instructions where a secret has to come, as far as it is long enough for one: whoever reads the
 * instructions can sign with it. The Worker refuses the same in `RELAY_SECRET`; this folder runs without the Worker's.
 */

/** The whole text is a template placeholder: `<a secret>`, `[secret]`, `${SECRET}`, `{{ secret }}`, `$(command)`. */
const IN_MARKS =
  /^(<[^<>]*>|\[[^[\]]*\]|\$?\{+[^{}]*\}+|\$\([^()]*\)|%\w+%|__\w+__|\$[a-z_]\w*|‹.*›|«.*»)$/i;

/** The command that should have made it, or the expression that should have been read. */
const UNREAD =
  /^((openssl|head|uuidgen) .*|(process\.env|import\.meta\.env|env|secrets|vars)\.\w+)$/i;

/** Instructions to fill it in. Spaces, hyphens, underscores and dots count as one space. */
const INSTRUCTION =
  /^(please )?(change|replace|fill|set|edit)( ?(me|this|it|in|with|now|here))( .*)?$|^(to ?do|fixme)( .*)?$|^(insert|enter|put|paste|add|type|write) (.* here|(your|the|a|my) .*)$|^.* goes here$|^(your|my|our) (.* )?(key|token|secret|password|value|string)( here)?$/i;

const ELLIPSIS = /…|^\.{2,}|\.{3,}$/;

export function isPlaceholder(secret: string): boolean {
  const text = plain(secret);
  const words = text.replace(/[\s_.:-]+/g, ' ').trim();
  return (
    IN_MARKS.test(text) ||
    UNREAD.test(text) ||
    INSTRUCTION.test(words) ||
    ELLIPSIS.test(secret) ||
    isRepeated(text)
  );
}

/** Of less than five characters, one piece again and again, or counted up. */
function isRepeated(text: string): boolean {
  const characters = [...text];
  if (new Set(characters).size < 5) return true;
  for (let period = 1; period <= characters.length / 2; period += 1)
    if (characters.every((one, at) => at < period || one === characters[at - period])) return true;
  const codes = characters.map((one) => one.codePointAt(0) ?? 0);
  const steps = codes.filter((code, at) => at > 0 && code - (codes[at - 1] ?? 0) === 1).length;
  return steps > characters.length * 0.7;
}

/** Without what a copy from a web page brings: marks that are not seen, and quotes around it. */
function plain(value: string): string {
  const text = value
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return /^(["'`“”„‘’]).*["'`“”„‘’]$/u.test(text) ? text.slice(1, -1).trim() : text;
}
