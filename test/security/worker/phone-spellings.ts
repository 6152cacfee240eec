/** The ways in which a secret may turn up where it should not: in the clear, encoded, or hashed without a key. */
import { base64url } from 'jose';

/** @param clear every form in the clear that counts as the secret itself */
export async function spellingsOf(...clear: string[]): Promise<string[]> {
  const all = await Promise.all(clear.map(encodings));
  return [...new Set(all.flat())];
}

/** As it is dialled from abroad and at home, and the part of it that names the person. */
export function phoneSpellings(e164: string, callingCode: string): Promise<string[]> {
  const national = e164.slice(1 + callingCode.length);
  return spellingsOf(e164, e164.slice(1), national, `0${national}`, national.slice(-7));
}

async function encodings(text: string): Promise<string[]> {
  const bytes = new TextEncoder().encode(text);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [
    text,
    encodeURIComponent(text),
    [...text].reverse().join(''),
    hex(bytes),
    hex(bytes).toUpperCase(),
    ...base64Cores(bytes),
    // Who has the hash of a number has the number: there are few enough of them to try them all.
    hex(hash),
    hex(hash).toUpperCase(),
    ...base64Cores(hash),
  ];
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What of its Base64 does not depend on what stands before and after it, at each of the three alignments. */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = new Uint8Array([...new Uint8Array(before), ...bytes]);
    const text = base64url.encode(padded);
    const start = Math.ceil((before * 8) / 6);
    const core = text.slice(start, Math.floor((padded.length * 8) / 6));
    return [core, core.replaceAll('-', '+').replaceAll('_', '/')];
  });
}
