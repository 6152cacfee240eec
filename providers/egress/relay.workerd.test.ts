/** The signatures, as workerd makes and reads them. */
import { expect, it } from 'vitest';
import { isSigned, RELAY_HEADERS, signFrame, toFrame } from '../../relay/protocol.ts';
import { createRelayEgress } from './relay.ts';

const SECRET = 'a secret of the relay, thirty-two bytes and more';

it('in workerd a call is signed, and its signed answer read', async () => {
  const relay = async (input: string, init: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const header = (name: string) => request.headers.get(name) ?? '';
    const stamp = {
      timestamp: header(RELAY_HEADERS.timestamp),
      nonce: header(RELAY_HEADERS.nonce),
    };
    const asked = new TextDecoder().decode(await request.arrayBuffer());
    if (!(await isSigned(SECRET, 'request', stamp, asked, header(RELAY_HEADERS.signature))))
      return new Response(null, { headers: { [RELAY_HEADERS.error]: 'bad_signature' } });
    const frame = toFrame({ kind: 'answered', status: 429, retryAfter: '7', body: asked });
    const signature = await signFrame(SECRET, 'answer', stamp, frame);
    return new Response(frame, { headers: { [RELAY_HEADERS.signature]: signature } });
  };
  const options = { relayUrl: 'https://relay.test', fetch: relay as typeof fetch };
  const request = {
    url: 'https://cpaas.mittoapi.com/2fa/send',
    method: 'POST',
    headers: {},
  } as const;
  expect(await createRelayEgress({ ...options, secret: SECRET }).call(request)).toEqual({
    kind: 'answered',
    status: 429,
    retryAfter: '7',
    text: expect.stringContaining('"method":"POST"'),
  });
  expect(await createRelayEgress({ ...options, secret: `${SECRET}x` }).call(request)).toMatchObject(
    {
      kind: 'refused_by_relay',
      why: 'misconfigured',
    },
  );
});
