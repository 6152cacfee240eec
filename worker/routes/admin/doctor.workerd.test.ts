/** What the doctor finds from inside the Worker. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../doctor/finding.ts';
import { masked } from '../../doctor/mitto-probe.ts';
import {
  codeOf,
  PHONE,
  type ServiceOptions,
  startService,
  type TestService,
} from '../../testing/harness.ts';
import { EVERY_CONNECTOR } from '../../testing/providers.ts';

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
        'budgets',
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

  it('warns of a way out that Mitto does not know', async () => {
    const { of } = await examine();
    expect(of('egress')).toMatchObject({
      result: 'warning',
      mend: expect.stringMatching(/relay/) as string,
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
