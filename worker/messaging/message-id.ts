/** The id of a custom message, for status queries. Sealed, so that it is opaque and cannot be forged. */
import * as v from 'valibot';
import type { E164 } from '../../shared/phone-number/e164.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { seal, unseal } from '../crypto/seal.ts';

const SubjectSchema = v.object({
  phone: v.custom<E164>((value) => typeof value === 'string' && /^\+[1-9]\d{4,14}$/.test(value)),
  gateKeysId: v.string(),
  reference: v.string(),
});

export type MessageSubject = v.InferOutput<typeof SubjectSchema>;

export function sealMessageId(subject: MessageSubject, keyring: Keyring): Promise<string> {
  return seal(JSON.stringify(subject), 'message', keyring);
}

export async function openMessageId(
  id: string,
  keyring: Keyring,
): Promise<MessageSubject | undefined> {
  const plain = await unseal(id, 'message', keyring);
  if (plain === undefined) return undefined;
  const parsed = v.safeParse(SubjectSchema, JSON.parse(plain));
  return parsed.success ? parsed.output : undefined;
}
