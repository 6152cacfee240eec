/** What people have to do with the guard: the site's feedback, the operator's rules, and the list of decisions. */
import { describe, expect, it } from 'vitest';
import { verifyProof } from '../../shared/verify-proof.ts';
import { faultyStores, STORE_FAULTS } from '../../test/support/worker/faulty-stores.ts';
import {
  codeOf,
  NO_BURST,
  PHONE,
  proofOf,
  SETTINGS,
  SITE,
  startService,
  type TestService,
  WORKER,
} from '../../test/support/worker/harness.ts';
import { dumpStores } from '../../test/support/worker/store-dump.ts';

const ADMIN_TOKEN = 'the token of the operator, long enough';
const LIMITS = { send_per_prefix: '100000/1h', send_total: '100000/1d', send_per_ip: '100/1h' };

function start(settings: Record<string, unknown> = {}, bindings = {}): TestService {
  return startService({
    settings: { ADMIN_TOKEN, LIMITS, ...settings },
    bindings: { ...NO_BURST, ...bindings },
  });
}

/** The guard is waited for half a second: its object is started before it is asked. */
async function startWarm(): Promise<TestService> {
  const service = start();
  await service.get('/v1/admin/decisions?country=DE', asOperator);
  return service;
}

const asOperator = { Authorization: `Bearer ${ADMIN_TOKEN}` };
const asSite = { Authorization: `Bearer ${SETTINGS.SITE_SECRET}` };

const addRule = (service: TestService, body: object) =>
  service.post('/v1/admin/rules', body, { origin: null, headers: asOperator });
const deleteRule = (service: TestService, path: string) =>
  service.fetch(new Request(`${WORKER}${path}`, { method: 'DELETE', headers: asOperator }));
const rulesOf = async (service: TestService) =>
  ((await (await service.get('/v1/admin/rules', asOperator)).json()) as { rules: object[] }).rules;
const feedback = (service: TestService, body: object, headers: Record<string, string> = asSite) =>
  service.post('/v1/feedback', body, { origin: null, headers });
const inRange = (nth: number) => `+491512345${String(nth).padStart(4, '0')}`;
const from = (nth: number) => ({ ip: `203.0.113.${nth}` });
/** What the guard holds, as text. */
const guardOf = async () =>
  (await dumpStores()).filter((line) => line.startsWith('GUARD_OBJECT')).join('\n');

describe('POST /v1/feedback', () => {
  it('takes the jti of a proof, and the same again changes nothing', async () => {
    const service = await startWarm();
    const { session } = await service.send();
    const { proof } = await proofOf(await service.verify(session, service.codeOf()));
    const keys = (await (await service.get('/.well-known/jwks.json')).json()) as never;
    const options = { issuer: WORKER, audience: SITE, keys, now: service.now() };
    const { jti } = await verifyProof(proof, options);
    const before = await guardOf();
    expect((await feedback(service, { jti, outcome: 'fraud' })).status).toBe(204);
    const after = await guardOf();
    expect(after).not.toBe(before);
    expect((await feedback(service, { jti, outcome: 'fraud' })).status).toBe(204);
    expect(await guardOf()).toBe(after);
  });

  it('takes a session that was never verified, and one that is long over', async () => {
    const service = await startWarm();
    const { session } = await service.send();
    service.advance(86_400_000);
    const before = await guardOf();
    expect((await feedback(service, { session, outcome: 'genuine' })).status).toBe(204);
    expect(await guardOf()).not.toBe(before);
    service.advance(30 * 86_400_000);
    expect((await feedback(service, { session, outcome: 'fraud' })).status).toBe(204);
  });

  it.each([
    [{ jti: 'none.of.ours', outcome: 'fraud' }, 'invalid_session'],
    [{ session: 'none', outcome: 'fraud' }, 'invalid_session'],
    [{ outcome: 'fraud' }, 'malformed_request'],
    [{ jti: 'a.b.c', outcome: 'doubtful' }, 'malformed_request'],
    [{ jti: 'a.b.c', session: 'x', outcome: 'fraud' }, 'malformed_request'],
  ])('refuses %j', async (body, code) => {
    expect(await codeOf(await feedback(start(), body))).toBe(code);
  });

  it('wants the secret of the site', async () => {
    const wrong = { Authorization: 'Bearer somebody else’s'.replace('’', '') };
    const body = { session: 'x', outcome: 'fraud' };
    expect(await codeOf(await feedback(start(), body, wrong))).toBe('unauthorized');
    expect(await codeOf(await feedback(start(), body, {}))).toBe('unauthorized');
  });
});

describe('/v1/admin/rules', () => {
  it('block at once, whatever the guard is set to, and end when they are deleted', async () => {
    const service = start({ GUARD: 'off' });
    await service.send({ phone: inRange(1) });
    const made = await addRule(service, { match: { country: 'DE' }, action: 'block', note: 'x' });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    const refused = await service.post('/v1/send', { phone: inRange(2) });
    expect(await codeOf(refused)).toBe('rate_limited');
    expect(service.upstream('send')).toBe(1);
    expect(await rulesOf(service)).toMatchObject([{ id, action: 'block', note: 'x' }]);
    expect((await deleteRule(service, `/v1/admin/rules/${id}`)).status).toBe(204);
    await service.send({ phone: inRange(2) });
    expect((await deleteRule(service, `/v1/admin/rules?id=${id}`)).status).toBe(404);
  });

  it('are in force on another machine within a minute', async () => {
    const here = start();
    const there = startService({
      sandbox: here.sandbox,
      settings: { ADMIN_TOKEN, LIMITS },
      bindings: NO_BURST,
    });
    await there.send({ phone: inRange(1) });
    await addRule(here, { match: {}, action: 'block' });
    there.advance(60_000);
    const refused = await there.post('/v1/send', { phone: inRange(2) });
    expect(await codeOf(refused)).toBe('rate_limited');
  });

  it('let an allow of a narrower match win, and without a match block everybody', async () => {
    const service = start();
    await addRule(service, { match: {}, action: 'block', note: 'kill switch' });
    await addRule(service, { match: { phone: PHONE }, action: 'allow', note: 'a customer' });
    expect(await codeOf(await service.post('/v1/send', { phone: inRange(2) }))).toBe(
      'rate_limited',
    );
    await service.send({ phone: PHONE });
  });

  it('win over the guard', async () => {
    const service = start({ GUARD: 'on' });
    await addRule(service, { match: { prefix: '+491512345' }, action: 'allow' });
    for (let nth = 0; nth < 20; nth++) await service.send({ phone: inRange(nth) }, from(nth));
  });

  it('match a network of addresses', async () => {
    const service = start();
    await addRule(service, { match: { ip: '203.0.113.0/28' }, action: 'block' });
    expect(await codeOf(await service.post('/v1/send', { phone: inRange(1) }, from(15)))).toBe(
      'rate_limited',
    );
    await service.send({ phone: inRange(1) }, from(16));
  });

  it('end by themselves', async () => {
    const service = start();
    const until = new Date(service.now() + 120_000).toISOString();
    await addRule(service, { match: {}, action: 'block', until });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
    service.advance(120_000);
    await service.send({ phone: PHONE });
    expect(await rulesOf(service)).toEqual([]);
  });

  it('keep a number as a keyed hash alone', async () => {
    const service = start();
    await addRule(service, { match: { phone: PHONE }, action: 'allow' });
    expect(JSON.stringify(await rulesOf(service))).not.toContain('4915123456789');
    expect(await guardOf()).not.toContain('4915123456789');
  });

  it.each([
    { action: 'block' },
    { match: { color: 'red' }, action: 'block' },
    { match: {}, action: 'warn' },
    { match: { ip: '203.0.113.0/40' }, action: 'block' },
    { match: { ip: 'example.com' }, action: 'block' },
    { match: { site: 'https://elsewhere.test' }, action: 'block' },
    { match: { flow: 'nowhere' }, action: 'block' },
    { match: {}, action: 'block', until: '2001-01-01T00:00:00Z' },
    // There is none to ask for.
    { match: {}, action: 'challenge' },
  ])('refuse %j', async (body) => {
    expect(await codeOf(await addRule(start(), body))).toBe('malformed_request');
  });

  it('want the token, and the binding', async () => {
    expect((await start().get('/v1/admin/rules')).status).toBe(401);
    const unbound = start({}, { GUARD_OBJECT: undefined });
    expect(await codeOf(await unbound.get('/v1/admin/rules', asOperator))).toBe('misconfigured');
  });

  it('that are known hold on while their store is down', async () => {
    const stores = faultyStores();
    const service = start({}, stores.bindings);
    await addRule(service, { match: {}, action: 'block' });
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
    stores.before = (operation) =>
      operation.startsWith('GUARD_OBJECT') ? STORE_FAULTS.throws() : undefined;
    service.advance(600_000);
    expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
  });
});

describe('GET /v1/admin/decisions', () => {
  interface List {
    decisions: { at: string; range: string | null; count: number; action: string; rule?: string }[];
    next?: string;
  }
  const decisionsOf = async (service: TestService, query = ''): Promise<List> =>
    (await service.get(`/v1/admin/decisions${query}`, asOperator)).json();

  it('tells reasons and figures, and the range where five visitors are behind it', async () => {
    const service = start();
    for (let nth = 0; nth < 20; nth++) {
      await service.send({ phone: inRange(nth) }, from(nth));
      service.advance(4_000);
    }
    const { decisions } = await decisionsOf(service);
    const shown = decisions.find(({ range }) => range !== null);
    expect(shown).toMatchObject({
      range: '+491512345••••',
      country: 'DE',
      acted: false,
      site: SITE,
      flow: null,
      channel: 'sms',
    });
    expect(shown).toHaveProperty('reasons.0.figures');
    expect(JSON.stringify(decisions)).not.toMatch(/\+491512345\d/);
  });

  it('hides a range of fewer', async () => {
    const service = start();
    await addRule(service, { match: {}, action: 'block' });
    for (let nth = 0; nth < 4; nth++)
      await service.post('/v1/send', { phone: inRange(nth) }, from(nth));
    const { decisions } = await decisionsOf(service);
    expect(decisions).toMatchObject([{ range: null, count: 4, action: 'block' }]);
    expect(decisions[0]?.rule).toBeDefined();
  });

  it('goes on page by page, newest first, over all countries', async () => {
    const service = start();
    await addRule(service, { match: {}, action: 'block' });
    const phones = ['+4915123450001', '+33612345678', '+4917612345678', '+436641234567'];
    for (const phone of phones) {
      await service.post('/v1/send', { phone });
      service.advance(1_000);
    }
    const pages: List['decisions'] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page: List = await decisionsOf(service, `?limit=1${next && `&cursor=${next}`}`);
      pages.push(...page.decisions);
      next = page.next;
    }
    const times = pages.map(({ at }) => at);
    expect(times).toHaveLength(4);
    expect(times).toEqual([...times].sort().reverse());
    expect((await decisionsOf(service, '?country=FR')).decisions).toHaveLength(1);
    expect((await decisionsOf(service, '?action=allow')).decisions).toEqual([]);
  });

  it.each(['?limit=0', '?limit=201', '?cursor=x', '?colour=red', '?action=warn'])(
    'refuses %s',
    async (query) => {
      const response = await start().get(`/v1/admin/decisions${query}`, asOperator);
      expect(await codeOf(response)).toBe('malformed_request');
    },
  );
});

describe('first_verified_at', () => {
  it('is the day of the first verification, and outlives everything else of the number', async () => {
    const service = start();
    const claimsOf = async () => {
      const { session } = await service.send();
      const { proof } = await proofOf(await service.verify(session, service.codeOf()));
      const keys = (await (await service.get('/.well-known/jwks.json')).json()) as never;
      return verifyProof(proof, { issuer: WORKER, audience: SITE, keys, now: service.now() });
    };
    const day = Math.floor(service.now() / 86_400_000) * 86_400;
    expect((await claimsOf()).first_verified_at).toBe(day);
    service.advance(20 * 86_400_000);
    expect((await claimsOf()).first_verified_at).toBe(day);
  });
});
