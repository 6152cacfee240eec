/** What the doctor finds from inside the Worker. */
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  PHONE,
  type ServiceOptions,
  startService,
  type TestService,
} from '../../../test/support/worker/harness.ts';
import { EVERY_CONNECTOR } from '../../../test/support/worker/providers.ts';
import type { Finding } from '../../doctor/finding.ts';
import { isOnCloudflare } from '../../doctor/host.ts';
import { masked } from '../../doctor/mitto-probe.ts';

const ADMIN_TOKEN = 'the token of the operators, long enough';

function ask(service: TestService, path: string, body: unknown): Promise<Response> {
  return service.post(path, body, {
    origin: null,
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}` },
  });
}

const ASSETS = { fetch: async () => new Response('export {};') };

async function examine(options: ServiceOptions = {}, body: Record<string, unknown> = {}) {
  const service = startService({
    ...options,
    bindings: { ASSETS, ...options.bindings },
    settings: { ADMIN_TOKEN, ...options.settings },
  });
  const response = await ask(service, '/v1/admin/doctor', body);
  expect(response.status).toBe(200);
  const { status, findings } = (await response.json()) as { status: string; findings: Finding[] };
  const of = (check: string) => findings.find((finding) => finding.check === check);
  return { service, status, findings, of };
}

describe('the doctor', () => {
  it('finds a deployment well, and sends nothing', async () => {
    const { service, status, findings } = await examine({ settings: EVERY_CONNECTOR });
    expect(status).toBe('ok');
    expect(findings.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'origins',
        'countries',
        'templates',
        'secrets',
        'egress',
        'kv',
        'phone_gate',
        'guard',
        'budgets',
        'burst',
        'clock',
        'proof',
        'turnstile',
        'widget',
        'connector.mitto-2fa',
        'connector.mitto-sms',
        'connector.twilio',
      ]),
    );
    for (const { tried, detail } of findings) expect([tried, detail]).not.toContain('');
    expect(service.sandbox.inbox.list()).toEqual([]);
  });

  it('says of each fault what to do about it', async () => {
    const { status, findings, of } = await examine({
      settings: {
        ...EVERY_CONNECTOR,
        MITTO_API_KEY: 'wrong',
        MITTO_SMS_API_KEY: 'wrong',
        TWILIO_AUTH_TOKEN: 'wrong',
      },
      bindings: {
        OTP_KV: { put: async () => Promise.reject(new Error('no KV')) },
        ASSETS: { fetch: async () => new Response(null, { status: 404 }) },
      },
    });
    expect(status).toBe('failed');
    for (const check of [
      'kv',
      'widget',
      'connector.mitto-2fa',
      'connector.mitto-sms',
      'connector.twilio',
    ])
      expect(of(check)).toMatchObject({
        result: 'failed',
        mend: expect.stringMatching(/./) as string,
      });
    for (const { result, mend } of findings)
      if (result !== 'ok') expect(mend?.length).toBeGreaterThan(10);
    expect(JSON.stringify(findings)).not.toContain('wrong');
  });

  it('tells a foreign address and a wrong key, which Mitto answers alike, as both', async () => {
    const { service } = await examine();
    service.sandbox.knobs.patch({ faults: [{ kind: 'ip_not_allowed', on: 'mitto-2fa' }] });
    const response = await ask(service, '/v1/admin/doctor', {});
    const { findings } = (await response.json()) as { findings: Finding[] };
    expect(findings.find(({ check }) => check === 'connector.mitto-2fa')?.mend).toMatch(
      /MITTO_API_KEY.*allow-listed/,
    );
  });

  it('blames the address where Mitto tells our key from one that is made up', async () => {
    const { of, service } = await examine({
      runtime: {
        fetch: (async (_url: string, { headers }: { headers: Record<string, string> }) => {
          const isOurs = atob(headers['Authorization']?.slice(6) ?? '').endsWith(':the-key');
          return new Response('{}', { status: isOurs ? 403 : 401 });
        }) as unknown as typeof fetch,
      },
      settings: { MITTO_API_KEY: 'the-key' },
    });
    const { mend } = of('connector.mitto-2fa') ?? {};
    expect(mend).toMatch(/The key is valid.* Have Mitto allow-list the address/);
    expect(mend).not.toMatch(/MITTO_API_KEY/);
    expect(service.sandbox.inbox.list()).toEqual([]);
  });

  it.runIf(isOnCloudflare)('warns of a way out that Mitto does not know', async () => {
    const { of } = await examine();
    expect(of('egress')).toMatchObject({
      result: 'warning',
      mend: expect.stringMatching(/relay/) as string,
    });
  });

  it.skipIf(isOnCloudflare)('on a machine of its own speaks of no Cloudflare', async () => {
    const down = async () => Promise.reject(new Error('down'));
    const { findings, of } = await examine({ bindings: { OTP_KV: { put: down, get: down } } });
    expect(of('egress')).toMatchObject({ result: 'ok', detail: 'directly from this machine' });
    expect(of('kv')?.mend).toContain('--store');
    expect(JSON.stringify(findings)).not.toContain('Cloudflare');
  });

  describe('of a relay', () => {
    const settings = {
      EGRESS: 'relay',
      RELAY_URL: 'https://relay.test',
      RELAY_SECRET: 'a secret of the relay, thirty-two bytes and more',
    };
    const examineOver = (relay: () => Promise<Response>) =>
      examine({ settings, runtime: { fetch: relay as unknown as typeof fetch } });

    it('that is down says so, once, and that nothing else was asked', async () => {
      let calls = 0;
      const { findings, of } = await examineOver(async () => {
        calls += 1;
        throw new TypeError('connection refused');
      });
      expect(of('egress')).toMatchObject({
        result: 'failed',
        detail: 'relay https://relay.test: no response',
        mend: expect.stringContaining('relay/README.md') as string,
      });
      expect(findings.filter(({ result }) => result === 'failed')).toHaveLength(1);
      expect(JSON.stringify(findings)).not.toContain('may have been sent');
      expect(calls).toBe(1);
    });

    it('says why it was refused', async () => {
      const { of } = await examineOver(
        async () =>
          new Response(null, { status: 401, headers: { 'X-Relay-Error': 'bad_signature' } }),
      );
      expect(of('egress')?.detail).toBe('relay https://relay.test: bad_signature');
    });
  });

  it('of a look at the credentials never says that a message may have been sent', async () => {
    const { findings } = await examine({
      settings: EVERY_CONNECTOR,
      runtime: { fetch: (() => Promise.reject(new TypeError('no'))) as typeof fetch },
    });
    const failures = findings.filter(({ check }) => check.startsWith('connector.'));
    expect(failures.map(({ detail }) => detail)).toEqual(
      ['mitto-2fa', 'mitto-sms', 'twilio'].map(() => 'provider_silent: broken'),
    );
    expect(JSON.stringify(failures)).not.toContain('may have been sent');
  });

  describe('writes to each store, and', () => {
    const down = () => Promise.reject(new Error('no more rows today'));

    it.each([
      ['phone_gate', 'PHONE_GATE', { messages: async () => ({}), grantMessage: down }],
      ['client_gate', 'CLIENT_GATE', { history: async () => [], take: down }],
      ['budgets', 'SEND_LEDGER', { used: async () => [], reserve: down, refund: down }],
    ])('finds %s that can only be read', async (check, binding, object) => {
      const { of } = await examine({
        settings: { CLIENT_LIMITER: 'object' },
        bindings: { [binding]: { getByName: () => object } },
      });
      expect(of(check)).toMatchObject({ result: 'failed', detail: 'store_unavailable' });
    });

    it('finds a shield that does not answer', async () => {
      const { of } = await examine({ bindings: { BURST: { limit: down } } });
      expect(of('burst')).toMatchObject({ result: 'failed', detail: 'store_unavailable' });
    });

    it('takes all of it back', async () => {
      const { service, of } = await examine({
        settings: {
          CLIENT_LIMITER: 'object',
          LIMITS: { message_per_phone: '1/1h', send_per_ip: '1/1h', send_total: '1/1d' },
        },
      });
      expect(of('client_gate')?.result).toBe('ok');
      const again = await ask(service, '/v1/admin/doctor', {});
      expect(((await again.json()) as { status: string }).status).toBe('ok');
      await service.send();
    });
  });

  it('warns of a clock that is wrong', async () => {
    expect((await examine({}, { now: 0 })).of('clock')?.result).toBe('warning');
  });

  it('warns of a rotation that was left open, and of the callback URL that ends with it', async () => {
    const settings = { OTP_SECRET_PREVIOUS: 'the secret that was before this one, long' };
    const secrets = (await examine({ settings })).of('secrets');
    expect(secrets?.result).toBe('warning');
    expect(secrets?.mend).toContain('callbackUrl');
  });

  it('warns of a budget that is nearly used up', async () => {
    const { service } = await examine({ settings: { LIMITS: { send_total: '1/1d' } } });
    await service.send();
    const response = await ask(service, '/v1/admin/doctor', {});
    expect(await response.text()).toContain('total 1/1');
  });
});

describe('a probe of Mitto', () => {
  it('records what Mitto really answers, without a number, a code or an id', async () => {
    const service = startService({ settings: { ADMIN_TOKEN } });
    const path = '/v1/admin/doctor/mitto';
    const probe = async (body: Record<string, unknown>) =>
      (await (await ask(service, path, { to: PHONE, ...body })).json()) as {
        outcome: string;
        requestId: string;
        recorded: { status: number; body: string };
      };
    const sent = await probe({ operation: 'send' });
    const { requestId } = sent;
    expect(sent).toMatchObject({ outcome: 'accepted', recorded: { status: 200 } });
    expect(sent.recorded.body).toContain('OTPxxxxxxxx');
    const code = service.codeOf();
    const wrong = await probe({ operation: 'verify', requestId, code: service.wrongCodeOf() });
    expect(wrong.outcome).toBe('wrong');
    const right = await probe({ operation: 'verify', requestId, code });
    expect(right.outcome).toBe('right');
    const cancelled = await probe({ operation: 'cancel', requestId });
    expect(cancelled.recorded.body).not.toBe('');
    const records = JSON.stringify([
      sent.recorded,
      wrong.recorded,
      right.recorded,
      cancelled.recorded,
    ]);
    for (const secret of [PHONE.slice(1), code, requestId]) expect(records).not.toContain(secret);
  });

  it('counts as a message', async () => {
    const service = startService({
      settings: { ADMIN_TOKEN, LIMITS: { message_per_phone: '1/1h' } },
    });
    const body = { operation: 'send', to: PHONE };
    await ask(service, '/v1/admin/doctor/mitto', body);
    expect(await codeOf(await ask(service, '/v1/admin/doctor/mitto', body))).toBe('rate_limited');
  });

  it('keeps the form of what it masks', () => {
    expect(
      masked(
        '{"to":"+4915123456789","requestID":"OTP0123456789abcdef0123456789abcdef","ip":"203.0.113.9"}',
        [],
      ),
    ).toBe(
      '{"to":"+9999999999999","requestID":"OTPxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","ip":"0.0.0.0"}',
    );
    expect(masked('code 1234 is wrong', ['1234'])).toBe('code 9999 is wrong');
  });
});
