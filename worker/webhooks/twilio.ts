/** Twilio's status callbacks, of messages and of calls. */

import { isBlockedCode } from '../../providers/twilio/error-codes.ts';
import type { DeliveryState } from '../rate-limit/phone/phone-record.ts';
import type { ProviderReport } from './mitto.ts';

const STATES: Readonly<Record<string, DeliveryState>> = {
  // Messages
  accepted: 'pending',
  scheduled: 'pending',
  queued: 'pending',
  sending: 'pending',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'not_delivered',
  failed: 'not_delivered',
  canceled: 'not_delivered',
  // Calls
  initiated: 'pending',
  ringing: 'sent',
  'in-progress': 'sent',
  completed: 'delivered',
  busy: 'not_delivered',
  'no-answer': 'not_delivered',
};

export function readTwilioReport(fields: URLSearchParams): ProviderReport {
  const status = fields.get('MessageStatus') ?? fields.get('CallStatus') ?? '';
  const error = fields.get('ErrorCode');
  const errorCode = error !== null && /^\d{1,6}$/.test(error) && error !== '0' ? error : undefined;
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  return {
    reference: undefined,
    providerId: fields.get('MessageSid') ?? fields.get('CallSid') ?? undefined,
    receiver: fields.get('To') ?? undefined,
    state: state === 'not_delivered' && isBlockedCode(Number(errorCode)) ? 'blocked' : state,
    errorCode,
  };
}

/**
 * Whether Twilio has signed it: HMAC-SHA1, by the account's auth token, over the URL and each parameter's name and
 * value in the order of the names. Parameters that we do not know are signed like all others, a repeated one once for
 * each of its values. Twilio signs the port at times and at times not, so its own libraries try both, as we do.
 *
 * @param fields of the body; those of the query are in the URL
 */
export async function isSignedByTwilio(
  signature: string,
  url: string,
  fields: URLSearchParams,
  authToken: string,
): Promise<boolean> {
  const mac = decodeBase64(signature);
  if (!mac) return false;
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    bytes.encode(authToken),
    { name: 'HMAC', hash: 'SHA-1' },
    false,
    ['verify'],
  );
  const parameters = signedText(fields);
  const verdicts = await Promise.all(
    withAndWithoutPort(url).map((spelt) =>
      crypto.subtle.verify('HMAC', key, mac, bytes.encode(spelt + parameters)),
    ),
  );
  return verdicts.includes(true);
}

function withAndWithoutPort(url: string): string[] {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const usualPort = protocol === 'https:' ? '443' : '80';
  return ['', `:${port || usualPort}`].map(
    (spelt) => `${protocol}//${hostname}${spelt}${pathname}${search}`,
  );
}

function signedText(fields: URLSearchParams): string {
  // A NUL sorts before all else: a name comes before a longer one that begins with it.
  const pairs = new Set([...fields].map((pair) => pair.join('\0')));
  return [...pairs]
    .sort()
    .map((pair) => pair.replace('\0', ''))
    .join('');
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]{27}=$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
