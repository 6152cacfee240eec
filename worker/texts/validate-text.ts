import { RequestError } from '../errors.ts';

/** Of an SMS 7 segments, or 15 outside GSM 7-bit; Twilio takes 1600. */
const MAX_TEXT_CHARACTERS = 1_000;
/** They turn what stands after them around, so that a text can say other than it reads. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * What a server wants to have sent, as it can be: with the line breaks of one kind.
 *
 * @throws RequestError `body_malformed` where it is too long or empty to the eye, or has characters in it that no phone draws
 */
export function sendableText(text: string): string {
  const unbroken = text.replaceAll('\r\n', '\n');
  if (unbroken.length > MAX_TEXT_CHARACTERS)
    throw malformed(`text: at most ${MAX_TEXT_CHARACTERS} characters`);
  if (!unbroken.isWellFormed()) throw malformed('text: no half characters');
  if (/^[\s\p{Cf}]*$/u.test(unbroken)) throw malformed('text: not empty');
  if (
    /[\p{Cc}\u2028\u2029]/u.test(unbroken.replaceAll('\n', '')) ||
    DIRECTION_CONTROLS.test(unbroken)
  )
    throw malformed('text: no control characters');
  return unbroken;
}

function malformed(detail: string): RequestError {
  return new RequestError({ kind: 'body_malformed', detail });
}
