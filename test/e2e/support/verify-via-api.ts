/** A proof without a browser: the calls that the element makes. */
import type { Stack } from '../../../demo/stack.ts';
import type { SendAnswer, VerifyAnswer } from '../../../shared/api/responses.ts';

export async function proveByApi(
  { url, sandbox }: Stack,
  { origin, phone, nonce }: { origin: string; phone: string; nonce?: string | undefined },
): Promise<string> {
  const post = async (path: string, body: object) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { Origin: origin, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const { session } = (await post('/v1/send', { phone, nonce })) as SendAnswer;
  const code = sandbox.inbox.last(phone)?.code;
  return ((await post('/v1/verify', { session, code })) as VerifyAnswer).proof;
}
