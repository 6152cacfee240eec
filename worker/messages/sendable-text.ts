import { Refusal } from '../reason.ts';

/** Ten segments of an SMS; Twilio takes 1600. */
const MAX_TEXT_CHARACTERS = 1_000;

/**
 * What a server wants to have sent, as it can be: with the line breaks of one kind.
 *
 * @throws Refusal `body_malformed` where it is too long, or has characters in it that no phone draws
 */
export function sendableText(text: string): string {
  const unbroken = text.replaceAll('\r\n', '\n');
  if (unbroken.length > MAX_TEXT_CHARACTERS)
    throw malformed(`text: at most ${MAX_TEXT_CHARACTERS} characters`);
  if (/[\p{Cc}\u2028\u2029]/u.test(unbroken.replaceAll('\n', '')))
    throw malformed('text: no control characters');
  return unbroken;
}

function malformed(detail: string): Refusal {
  return new Refusal({ kind: 'body_malformed', detail });
}
