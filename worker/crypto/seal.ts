/**
 * Text sealed with AES-GCM, one key a purpose, with the id of the keys in front: `<key id>.<base64url of IV and
 * ciphertext>`. Whoever changes a bit of it has nothing.
 */
import { base64url } from 'jose';
import { type Keyring, keysById } from './keyring.ts';

export type SealPurpose = 'session' | 'answer' | 'callback' | 'message' | 'range' | 'locator';

/** NIST SP 800-38D: 96 bits. */
const IV_BYTES = 12;

export async function seal(
  text: string,
  purpose: SealPurpose,
  { current }: Keyring,
): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: associatedData(purpose) },
    current[purpose],
    new TextEncoder().encode(text),
  );
  return `${current.id}.${base64url.encode(new Uint8Array([...iv, ...new Uint8Array(sealed)]))}`;
}

/** `undefined` for whatever we did not seal for this purpose, under a key that is still known. */
export async function unseal(
  sealed: string,
  purpose: SealPurpose,
  keyring: Keyring,
): Promise<string | undefined> {
  const [keyId = '', body = '', ...rest] = sealed.split('.');
  const keys = keysById(keyring, keyId);
  if (!keys || rest.length > 0) return undefined;
  try {
    const bytes = base64url.decode(body);
    // Base64 can spell one value in several ways; only the one that we wrote is ours.
    if (base64url.encode(bytes) !== body) return undefined;
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.slice(0, IV_BYTES), additionalData: associatedData(purpose) },
      keys[purpose],
      bytes.slice(IV_BYTES),
    );
    return new TextDecoder().decode(plain);
  } catch {
    return undefined;
  }
}

function associatedData(purpose: SealPurpose) {
  return new TextEncoder().encode(`mitto-otp/v1/${purpose}`);
}
