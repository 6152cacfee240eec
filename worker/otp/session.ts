/**
 * The session: what the Worker has to remember between the calls of one visitor, sealed, so that the browser
 * carries it and can neither read nor change it.
 */
import * as v from 'valibot';
import { ChannelSchema } from '../../shared/api/channel.ts';
import type { E164 } from '../../shared/phone-number/e164.ts';
import { CONNECTOR_NAMES } from '../connectors/connector.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { seal, unseal } from '../crypto/seal.ts';
import { RequestError } from '../errors.ts';

const SessionSchema = v.object({
  /** Random; names the session in the phone's Durable Object. */
  id: v.string(),
  /** The origin it was opened on. It is worth nothing anywhere else. */
  site: v.string(),
  phone: v.custom<E164>((value) => typeof value === 'string' && /^\+[1-9]\d{4,14}$/.test(value)),
  country: v.string(),
  callingCode: v.string(),
  connector: v.picklist(CONNECTOR_NAMES),
  /** As it was sent with: the provider checks a code under the same name. */
  service: v.string(),
  /** The provider's own id of the message: what to cancel. */
  requestId: v.string(),
  /** Names the keys under which the phone's Durable Object was opened. */
  gateKeysId: v.string(),
  /** Which of the phone's sends it was. */
  send: v.number(),
  channel: ChannelSchema,
  /** Digits of its codes. */
  codeLength: v.number(),
  flow: v.optional(v.string()),
  locale: v.optional(v.string()),
  nonce: v.optional(v.string()),
  /** What the guard has counted of its send. */
  guard: v.optional(v.string()),
  expiresAtMs: v.number(),
});

export type Session = v.InferOutput<typeof SessionSchema>;

export function sealSession(session: Session, keyring: Keyring): Promise<string> {
  return seal(JSON.stringify(session), 'session', keyring);
}

/**
 * Of whichever site, and however old: for what a site's own server says of it.
 * @throws RequestError `session_unreadable`
 */
export async function openAnySession(token: string, keyring: Keyring): Promise<Session> {
  const plain = await unseal(token, 'session', keyring);
  if (plain === undefined) throw new RequestError({ kind: 'session_unreadable' });
  const session = v.safeParse(SessionSchema, JSON.parse(plain));
  if (!session.success) throw new RequestError({ kind: 'session_unreadable' });
  return session.output;
}

/**
 * @param options.afterlifeMs for so long past its code a session is still read: a verified one renews its proof
 * @throws RequestError `session_unreadable`, `session_of_other_site` or `session_expired`
 */
export async function openSession(
  token: string,
  options: { keyring: Keyring; site: string; nowMs: number; afterlifeMs?: number },
): Promise<Session> {
  const { keyring, site, nowMs, afterlifeMs = 0 } = options;
  const session = await openAnySession(token, keyring);
  if (session.site !== site) throw new RequestError({ kind: 'session_of_other_site' });
  if (nowMs >= session.expiresAtMs + afterlifeMs)
    throw new RequestError({ kind: 'session_expired' });
  return session;
}
