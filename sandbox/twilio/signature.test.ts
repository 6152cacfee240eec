import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { twilioSignature } from './signature.ts';

it('is that of the sample by which Twilio tests its own libraries', async () => {
  const parameters = {
    Digits: '1234',
    CallSid: 'CA1234567890ABCDE',
    To: '+18005551212',
    Caller: '+14158675309',
    From: '+14158675309',
  };
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  expect(await twilioSignature('12345', url, parameters)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
});

it('is an HMAC over the URL, and names and values in the order of the names', async () => {
  const parameters = fc.dictionary(fc.string(), fc.string());
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1 }),
      fc.webUrl(),
      parameters,
      async (token, url, all) => {
        const hmac = createHmac('sha1', token).update(url);
        for (const [name, value] of Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
          hmac.update(name).update(value);
        expect(await twilioSignature(token, url, all)).toBe(hmac.digest('base64'));
      },
    ),
    { numRuns: 50 },
  );
});

it('has each value of a repeated parameter once, in their order', async () => {
  const url = 'https://example.com/';
  const signature = await twilioSignature('12345', url, { b: ['2', '1', '2'], a: '0' });
  expect(signature).toBe(createHmac('sha1', '12345').update(`${url}a0b1b2`).digest('base64'));
});
