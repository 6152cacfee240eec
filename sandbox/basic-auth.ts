/** A user and a password, as HTTP Basic carries them. */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/** `undefined` for any other scheme, and for what cannot be read. */
export function readBasicAuth(authorization: string | null): BasicCredentials | undefined {
  const [scheme = '', token = ''] = authorization?.split(' ') ?? [];
  const pair = scheme.toLowerCase() === 'basic' ? decodeBase64(token) : undefined;
  // The first colon: a password may have more of them, a user may not (RFC 7617, 2).
  const [, user, password] = /^([^:]*):(.*)$/s.exec(pair ?? '') ?? [];
  return user === undefined || password === undefined ? undefined : { user, password };
}

function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}
