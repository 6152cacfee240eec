/**
 * Where providers report to: a URL that nobody can guess. That of one message has it sealed inside; that of an account,
 * which an operator gives to Mitto once, has a token for the connector.
 */
import * as v from 'valibot';
import type { E164 } from '../../shared/phone-number/e164.ts';
import type { Config } from '../config/schema.ts';
import type { ConnectorName } from '../connectors/connector.ts';
import { type Keyring, keyedHash } from '../crypto/keyring.ts';
import { seal, unseal } from '../crypto/seal.ts';
import { timingSafeEqual } from '../crypto/timing-safe-equal.ts';

/** The message that a callback URL was made for. */
export interface CallbackSubject {
  phone: E164;
  /** Names the keys under which the phone's object was opened. */
  gateKeysId: string;
  reference: string;
}

const SubjectSchema = v.object({
  phone: v.custom<E164>((value) => typeof value === 'string' && /^\+[1-9]\d{4,14}$/.test(value)),
  gateKeysId: v.string(),
  reference: v.string(),
  connector: v.string(),
});

export async function messageCallbackUrl(
  connector: ConnectorName,
  subject: CallbackSubject,
  { config, keyring }: { config: Pick<Config, 'PUBLIC_URL'>; keyring: Keyring },
): Promise<string> {
  const token = await seal(JSON.stringify({ ...subject, connector }), 'callback', keyring);
  return `${config.PUBLIC_URL}/v1/callbacks/${connector}/${token}`;
}

/** For the account at the provider, where it takes one URL for all messages. */
export async function accountCallbackUrl(
  connector: ConnectorName,
  { config, keyring }: { config: Pick<Config, 'PUBLIC_URL'>; keyring: Keyring },
): Promise<string> {
  const token = await keyedHash(keyring.current, 'callback', connector);
  return `${config.PUBLIC_URL}/v1/callbacks/${connector}/${token}`;
}

/** Whose URL it was; `undefined` for one that we have not made. */
export async function readCallbackToken(
  connector: ConnectorName,
  token: string,
  keyring: Keyring,
): Promise<CallbackSubject | 'account' | undefined> {
  for (const keys of [keyring.current, keyring.previous])
    if (keys && (await timingSafeEqual(token, await keyedHash(keys, 'callback', connector))))
      return 'account';
  const plain = await unseal(token, 'callback', keyring);
  if (plain === undefined) return undefined;
  const sealed = v.safeParse(SubjectSchema, JSON.parse(plain));
  // Twilio's reports are signed and Mitto's are not: who learns a URL of Twilio's may not report by it as Mitto.
  if (!sealed.success || sealed.output.connector !== connector) return undefined;
  const { phone, gateKeysId, reference } = sealed.output;
  return { phone, gateKeysId, reference };
}
