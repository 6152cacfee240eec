/** Of one name there may be several values. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The header `X-Twilio-Signature`: base64 of HMAC-SHA1, keyed by the account's auth token, over the URL and, in the
 * order of their names, each parameter's name and value. Documented by Twilio under "Secure webhooks"; that a name
 * with several values is signed once for each of them, in their order, is how Twilio's own libraries check it.
 */
export async function twilioSignature(
  authToken: string,
  url: string,
  parameters: Parameters,
): Promise<string> {
  const pairs = Object.keys(parameters)
    .sort()
    .flatMap((name) =>
      [...new Set([parameters[name] ?? []].flat())].sort().map((one) => name + one),
    );
  const signed = url + pairs.join('');
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(authToken), algorithm, false, [
    'sign',
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(signed)));
  return btoa(String.fromCharCode(...mac));
}
