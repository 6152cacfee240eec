/**
 * The header `X-Twilio-Signature`: base64 of HMAC-SHA1, keyed by the account's auth token, over the URL and, in the
 * order of their names, each parameter's name and value. Documented by Twilio under "Secure webhooks".
 */
export async function twilioSignature(
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const names = Object.keys(parameters).sort();
  const signed = url + names.map((name) => name + parameters[name]).join('');
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(authToken), algorithm, false, [
    'sign',
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(signed)));
  return btoa(String.fromCharCode(...mac));
}
