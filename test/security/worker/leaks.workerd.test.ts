/**
 * P18: numbers, codes, addresses, sessions, proofs, keys and secrets are never in a log, in a store in the clear, in
 * a header or in a URL. A whole life of the service is lived, and all that it left behind is searched.
 */
import { describe, expect, it, vi } from 'vitest';
import { createProviderSandbox } from '../../../sandbox/provider-sandbox.ts';
import {
  codeOf,
  OTHER_SITE,
  proofOf,
  SETTINGS,
  SITE,
  startService,
  type TestService,
} from '../../support/worker/harness.ts';
import { dumpStores } from '../../support/worker/store-dump.ts';
import { phoneSpellings, spellingsOf } from './phone-spellings.ts';

const PHONES = { '+4915123456789': '49', '+436641234567': '43', '+33612345678': '33' } as const;
const STRANGER = '+447400123456';
const IPV4 = '203.0.113.77';
const IPV6 = '2001:db8:77:88:99aa::7';
/** As the limits see it. */
const IPV6_NETWORK = '2001:db8:77:88';
const KEYS = { before: 'gesture-key-of-a-visitor', during: 'another-gesture-key' };
const NEW_SECRET = 'the secret that comes after the first one';
const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

interface Life {
  lines: string[];
  stores: string[];
  /** Headers of every answer, bodies of every refusal, and the URLs that the provider was asked at. */
  answers: string[];
  codes: string[];
  sessions: string[];
  proofs: string[];
}

/** Codes of ten digits: six could stand in a timestamp by chance. */
function startLogged() {
  const sandbox = createProviderSandbox({ knobs: { codeLength: 10 } });
  const settings = { CODE_LENGTH: 10 };
  const before = startService({ sandbox, settings });
  const during = startService({
    sandbox,
    runtime: { now: before.now },
    settings: {
      ...settings,
      OTP_SECRET: NEW_SECRET,
      OTP_SECRET_PREVIOUS: SETTINGS.OTP_SECRET,
      CLIENT_LIMITER: 'object',
    },
  });
  return { sandbox, before, during };
}

async function live(): Promise<Life> {
  const { sandbox, before, during } = startLogged();
  const answers: string[] = [];
  const sessions: string[] = [];
  const proofs: string[] = [];
  async function note(asked: Promise<Response>): Promise<Response> {
    const response = await asked;
    answers.push(JSON.stringify([...response.headers]));
    if (!response.ok) answers.push(await response.clone().text());
    return response;
  }
  async function begin(service: TestService, phone: string, options: object): Promise<string> {
    const response = await note(service.post('/v1/send', { phone, nonce: 'page-nonce' }, options));
    const { session } = (await response.json()) as { session: string };
    sessions.push(session);
    return session;
  }

  for (const [service, key] of [
    [before, KEYS.before],
    [during, KEYS.during],
  ] as const) {
    for (const [index, phone] of Object.keys(PHONES).entries()) {
      const options = { ip: index % 2 ? IPV6 : IPV4, origin: index % 2 ? OTHER_SITE : SITE };
      const session = await begin(service, phone, {
        ...options,
        idempotencyKey: `${key}-${index}`,
      });
      await note(service.post('/v1/send', { phone }, options));
      const wrong = await note(service.verify(session, service.wrongCodeOf(phone), options));
      expect(await codeOf(wrong)).toBe('incorrect_code');
      before.advance(31_000);
      const right = await note(service.verify(session, service.codeOf(phone), options));
      const { proof } = await proofOf(right);
      proofs.push(proof);
      const renewed = await note(service.post('/v1/renew', { session }, options));
      proofs.push((await proofOf(renewed)).proof);
      await note(service.post('/v1/renew', { session }, { ...options, origin: 'null' }));
      const body = { secret: SETTINGS.SITE_SECRET, response: proof };
      for (let times = 0; times < 2; times++)
        await note(service.post('/v1/siteverify', body, { origin: null }));
      await note(service.post('/v1/siteverify', { ...body, secret: 'wrong' }, { origin: null }));
      await note(service.verify(session, service.codeOf(phone), options));
      await note(service.post('/v1/renew', { session }, options));
      await note(service.verify(session, service.codeOf(phone), { ...options, origin: 'null' }));
    }
    before.advance(3_600_000);
    const [phone = ''] = Object.keys(PHONES);
    const session = await begin(service, phone, { ip: IPV4, idempotencyKey: key });
    sandbox.knobs.patch({ faults: [{ on: 'any', kind: 'ip_not_allowed' }] });
    await note(service.verify(session, service.codeOf(phone), { ip: IPV4 }));
    before.advance(31_000);
    await note(service.post('/v1/send', { session }, { ip: IPV4, idempotencyKey: `${key}-again` }));
    sandbox.knobs.patch({ faults: [{ on: 'any', kind: 'malformed', shape: 'html' }] });
    await note(service.verify(session, service.codeOf(phone), { ip: IPV6 }));
    sandbox.knobs.patch({ faults: [] });
    await note(service.post('/v1/cancel', { session }, { ip: IPV6 }));
    await note(service.post('/v1/send', { phone: STRANGER }, { ip: IPV4 }));
    await note(service.post('/v1/send', { phone: `https://wa.me/${phone}` }, { ip: IPV4 }));
    await note(service.post('/v1/send', { phone, [phone]: IPV4 }, { ip: IPV4 }));
    await note(service.post('/v1/verify', { session, code: 'x'.repeat(65) }));
    await note(service.get(`/v1/${encodeURIComponent(phone)}?session=${session}`));
    await note(service.get(`/v1/config?flow=${session}`, { Origin: SITE }));
    before.advance(3_600_000);
  }

  return {
    lines: [...before.log, ...during.log],
    stores: await dumpStores(),
    answers: [...answers, ...sandbox.calls.list().map(({ path }) => path)],
    codes: sandbox.inbox.list().map(({ code }) => code),
    sessions,
    proofs,
  };
}

async function secretsOf({ codes, sessions, proofs }: Life): Promise<string[]> {
  const phones = await Promise.all(
    Object.entries(PHONES).map(([phone, callingCode]) => phoneSpellings(phone, callingCode)),
  );
  const { accountId, apiKey } = createProviderSandbox();
  return [
    ...phones.flat(),
    ...(await phoneSpellings(STRANGER, '44')),
    ...(await spellingsOf(...codes)),
    ...(await spellingsOf(IPV4, `v4:${IPV4}`, IPV6, IPV6_NETWORK, `v6:${IPV6_NETWORK}`)),
    ...(await spellingsOf(...Object.values(KEYS))),
    ...sessions.flatMap((session) => [
      session,
      session.slice(session.indexOf('.') + 1).slice(0, 40),
    ]),
    ...proofs.flatMap((proof) => [
      proof,
      ...proof
        .split('.')
        .slice(1)
        .map((part) => part.slice(0, 40)),
    ]),
    ...(await spellingsOf(SETTINGS.OTP_SECRET, NEW_SECRET, SETTINGS.SITE_SECRET, apiKey)),
    btoa(`${accountId}:${apiKey}`),
    'page-nonce',
  ];
}

describe('a whole life of the service', () => {
  it('leaves nothing behind that names a person or opens a door', { timeout: 30_000 }, async () => {
    const spies = CONSOLE.map((name) => vi.spyOn(console, name).mockImplementation(() => {}));
    const life = await live();
    const written = spies.flatMap((spy) => spy.mock.calls);
    for (const spy of spies) spy.mockRestore();
    // All that is logged goes one way.
    expect(written).toEqual([]);

    // It was a life: all of these did happen.
    const outcomes = new Set(
      life.lines.map((line) => (JSON.parse(line) as { reason?: string }).reason),
    );
    expect([...outcomes]).toEqual(
      expect.arrayContaining([
        ...['cooldown', 'code_wrong', 'session_verified', 'origin_not_listed', 'phone_unreadable'],
        ...['country_not_listed', 'provider_unauthorized', 'provider_unintelligible'],
        ...['body_malformed', 'no_such_route', 'unknown_flow'],
      ]),
    );
    expect(life.proofs).toHaveLength(12);
    expect(life.stores.filter((entry) => entry.startsWith('OTP_KV'))).not.toEqual([]);
    for (const name of ['PHONE_GATE', 'SEND_LEDGER', 'CLIENT_GATE'])
      expect(life.stores.filter((entry) => entry.startsWith(name))).not.toEqual([]);

    const left = [...life.lines, ...life.stores, ...life.answers];
    const secrets = await secretsOf(life);
    const leaks = left.flatMap((text) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => ({ secret, text })),
    );
    expect(leaks).toEqual([]);
  });
});

describe('the search itself', () => {
  it.each([
    ['as it is', 'to +4915123456789.'],
    ['without its plus', '{"p":4915123456789}'],
    ['as it is dialled at home', 'tel 015123456789'],
    ['in a URL', '?phone=%2B4915123456789'],
    ['in hex', '2b34393135313233343536373839'],
    ['in Base64', btoa('{"phone":"+4915123456789"}')],
    ['in Base64, further on', btoa('{"phone":  "+4915123456789"}')],
    ['in Base64, further still', btoa('{"phone": "+4915123456789"}')],
  ])('finds a number %s', async (_how, text) => {
    const spellings = await phoneSpellings('+4915123456789', '49');
    expect(spellings.some((spelling) => text.includes(spelling))).toBe(true);
  });

  it('finds the hash of a number that was made without a key', async () => {
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode('+4915123456789'),
    );
    const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
    const spellings = await phoneSpellings('+4915123456789', '49');
    expect(spellings.some((spelling) => text.includes(spelling))).toBe(true);
  });
});
