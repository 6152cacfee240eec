/** P5, P10, P16: a proof names the number that got the message, once, for one site; and no other token passes for it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  NO_BURST,
  OTHER_SITE,
  PHONE,
  proofOf,
  SETTINGS,
  startService,
  type TestService,
} from '../../support/worker/harness.ts';
import { resetStores } from '../../support/worker/store-dump.ts';

const claimsOf = (proof: string): Record<string, unknown> =>
  JSON.parse(atob((proof.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));

/** One number, as people type it. */
const SPELLINGS = [
  PHONE,
  '0049 151 23456789',
  '+49 (0) 151 / 234 567 89',
  '+49-151-23456789',
  '\u202a+49 151 23456789\u202c',
  '+٤٩١٥١٢٣٤٥٦٧٨٩',
  '＋４９１５１２３４５６７８９',
  '+49 1512\u200b3456789',
  '(+49) 151 23456789.',
  '+49\t151\u00ad23456789',
  '+၄၉၁၅၁၂၃၄၅၆၇၈၉',
  'tel:+49-151-23456789',
] as const;

describe('a proof', () => {
  it('names the number that the message went to, however it was typed', async () => {
    const mobile = fc.record({
      block: fc.constantFrom('151', '152', '157'),
      rest: fc.stringMatching(/^[2-9]\d{7}$/),
      separator: fc.constantFrom('', ' ', '-', '/'),
      form: fc.constantFrom('+49', '0049', '0'),
    });
    const property = fc
      .asyncProperty(mobile, async ({ block, rest, separator, form }) => {
        const service = startService();
        const typed = [form, block, rest].join(form === '0' ? '' : separator);
        const { session } = await service.send({ phone: typed, country: 'DE' });
        const to = service.sandbox.inbox.last()?.to;
        const { proof } = await proofOf(await service.verify(session, service.codeOf(to)));
        expect(claimsOf(proof)['phone_number']).toBe(to);
        expect(to).toBe(`+49${block}${rest}`);
      })
      .afterEach(resetStores);
    await fc.assert(property, { seed: 5, numRuns: 25, endOnFailure: true });
  });

  it('is not to be had with the session of one number and the code of another', async () => {
    const service = startService({ settings: { LIMITS: { verify_per_ip: '100/1m' } } });
    const phones = ['+4915123456789', '+4915223456780', '+436641234567'];
    const sessions = [];
    for (const phone of phones) sessions.push((await service.send({ phone })).session);
    for (const [index, session] of sessions.entries())
      for (const other of phones.filter((_, at) => at !== index)) {
        const response = await service.verify(session, service.codeOf(other));
        expect(await codeOf(response)).toBe('incorrect_code');
      }
  });
});

describe('every spelling of a number', () => {
  it.each(SPELLINGS)('shares its limit: %s', async (spelling) => {
    const service = startService();
    await service.send({ phone: PHONE }, { ip: '203.0.113.1' });
    const response = await service.post('/v1/send', { phone: spelling }, { ip: '203.0.113.2' });
    expect(await codeOf(response)).toBe('rate_limited');
    expect(service.upstream()).toBe(1);
  });
});

describe('at /v1/siteverify', () => {
  async function proven(service: TestService): Promise<string> {
    const { session } = await service.send();
    return (await proofOf(await service.verify(session, service.codeOf()))).proof;
  }

  async function ask(service: TestService, response: string): Promise<unknown> {
    const body = { secret: SETTINGS.SITE_SECRET, response };
    return (await service.post('/v1/siteverify', body, { origin: null })).json();
  }

  it('a proof with any bit changed is refused, and the proof itself is good afterwards', {
    timeout: 30_000,
  }, async () => {
    const service = startService({ bindings: NO_BURST });
    const proof = await proven(service);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const [index, character] of [...proof].entries()) {
      // The last character has bits that mean nothing: another spelling of the same signature is another text.
      const bits = index === proof.length - 1 ? [0, 1, 2, 3, 4, 5] : [index % 6];
      for (const bit of bits) {
        const changed = alphabet[alphabet.indexOf(character) ^ (1 << bit)] ?? 'A';
        const forged = proof.slice(0, index) + changed + proof.slice(index + 1);
        expect(await ask(service, forged), `bit ${bit} of character ${index}`).toMatchObject({
          success: false,
        });
      }
    }
    expect(await ask(service, proof)).toMatchObject({ success: true, phone: PHONE });
    expect(await ask(service, proof)).toMatchObject({
      'error-codes': ['timeout-or-duplicate'],
    });
  });

  it('a proof of a site that is not served any more is refused', async () => {
    const before = startService();
    const { session } = await before.send(undefined, { origin: OTHER_SITE });
    const answer = await before.verify(session, before.codeOf(), { origin: OTHER_SITE });
    const { proof } = await proofOf(answer);
    const after = startService({
      runtime: { now: before.now },
      settings: { ALLOWED_ORIGINS: ['https://www.example.com'] },
    });
    expect(await ask(after, proof)).toMatchObject({ 'error-codes': ['invalid-input-response'] });
  });

  it('a session is no proof, and a proof no session', async () => {
    const service = startService();
    const { session } = await service.send();
    const code = service.codeOf();
    expect(await ask(service, session)).toMatchObject({ success: false });
    const { proof } = await proofOf(await service.verify(session, code));
    expect(await codeOf(await service.verify(proof, code))).toBe('invalid_session');
  });
});
