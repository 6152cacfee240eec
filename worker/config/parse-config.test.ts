import { describe, expect, it } from 'vitest';
import { flowOf, senderOf } from './flow.ts';
import { parseConfig } from './parse-config.ts';
import { type Config, SettingsSchema } from './schema.ts';
import type { SettingProblem } from './setting-problem.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const BINDINGS = { OTP_KV: {}, PHONE_GATE: {}, SEND_LEDGER: {}, BURST: {}, ASSETS: {} };
const SECRETS = {
  OTP_SECRET: 'otp secret: correct horse battery staple',
  MITTO_ACCOUNT_ID: 'AC0123456789abcdef0123456789abcdef',
  MITTO_API_KEY: 'mitto key: correct horse battery staple',
};
/** As little as a deployment can do with. */
const LEAST = {
  ...BINDINGS,
  ...SECRETS,
  PUBLIC_URL: 'https://otp.example.com',
  ALLOWED_ORIGINS: 'https://www.example.com',
  ALLOWED_COUNTRIES: 'DE',
  SENDER: 'Example',
};

function configOf(settings: Record<string, unknown> = {}): Config {
  const parsed = parseConfig({ ...LEAST, ...settings });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

function problemsOf(settings: Record<string, unknown>): SettingProblem[] {
  const parsed = parseConfig({ ...LEAST, ...settings });
  return parsed.ok ? [] : parsed.problems;
}

/** Senders of its own: a number, and what can send and makes no calls. */
const FLOWS_OF_TWILIO = {
  shop: { sender: { twilio: '+12025550111' } },
  news: { sender: { twilio: `MG${'0'.repeat(32)}` } },
};

describe('the least that has to be set', () => {
  it('is enough, and the rest has the defaults that are documented', () => {
    expect(configOf()).toMatchObject({
      PUBLIC_URL: 'https://otp.example.com',
      ALLOWED_ORIGINS: ['https://www.example.com'],
      ALLOWED_COUNTRIES: ['DE'],
      SENDER: 'Example',
      SERVICE: '2FA',
      CONNECTOR: ['mitto-2fa'],
      CHANNELS: ['sms'],
      VOICE: 'woman',
      CODE_LENGTH: 6,
      AUTOFILL_LINE: true,
      FLOWS: {},
      PROOF_SECONDS: 300,
      PROOF_RENEW_SECONDS: 1800,
      MITTO_2FA_BASE_URL: 'https://cpaas.mittoapi.com',
      MITTO_SEND_EXTRA: {},
      MITTO_VERIFY_KEYS: ['service', 'number', 'code'],
      LIMITS: {
        send_per_ip: [{ count: 10, windowMs: HOUR_MS }],
        verify_per_ip: [{ count: 30, windowMs: 600_000 }],
        send_per_phone: [
          { count: 3, windowMs: 600_000 },
          { count: 10, windowMs: DAY_MS },
        ],
        fail_per_phone: [{ count: 10, windowMs: HOUR_MS }],
        cooldown: [30, 60, 120, 300],
        codes_per_session: 5,
      },
    });
    expect(configOf().LIMITS.send_total).toHaveLength(1);
  });

  it('is named whole when nothing is set', () => {
    const parsed = parseConfig({});
    const missing = parsed.ok ? [] : parsed.problems;
    expect(missing.map(({ setting }) => setting).sort()).toEqual(Object.keys(LEAST).sort());
    for (const { setting, problem } of missing)
      expect(problem).toMatch(setting in BINDINGS ? /is not bound/ : /^is missing/);
  });

  it.each(Object.keys(LEAST))('is missed, and nothing else, without %s', (setting) => {
    const problems = problemsOf({ [setting]: undefined });
    expect(problems.map((problem) => problem.setting)).toEqual([setting]);
  });

  it('is not what wrangler.toml has before it is filled in', () => {
    const empty = { PUBLIC_URL: '', ALLOWED_ORIGINS: [], ALLOWED_COUNTRIES: [], SENDER: '' };
    const names = problemsOf(empty).map(({ setting }) => setting);
    expect(names.sort()).toEqual(Object.keys(empty).sort());
  });
});

describe('an invalid setting is reported with the fix', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['PUBLIC_URL', 'http://otp.example.com', 'PUBLIC_URL', /https/],
    ['PUBLIC_URL', 'https://otp.example.com/', 'PUBLIC_URL', /no trailing slash/],
    ['PUBLIC_URL', 'https://otp.example.com/otp', 'PUBLIC_URL', /no path/],
    ['PUBLIC_URL', 'otp.example.com', 'PUBLIC_URL', /https/],
    ['PUBLIC_URL', 'https://user:pass@otp.example.com', 'PUBLIC_URL', /origin/],
    ['PUBLIC_URL', 'HTTPS://OTP.EXAMPLE.COM', 'PUBLIC_URL', /https origin/],
    ['PUBLIC_URL', 'https://otp.example.com:443', 'PUBLIC_URL', /https origin/],
    ['PUBLIC_URL', 42, 'PUBLIC_URL', /./],
    ['ALLOWED_ORIGINS', '', 'ALLOWED_ORIGINS', /at least one/],
    ['ALLOWED_ORIGINS', ' , ', 'ALLOWED_ORIGINS', /at least one/],
    ['ALLOWED_ORIGINS', '*', 'ALLOWED_ORIGINS.0', /origin/],
    ['ALLOWED_ORIGINS', 'null', 'ALLOWED_ORIGINS.0', /origin/],
    ['ALLOWED_ORIGINS', 'https://*.example.com', 'ALLOWED_ORIGINS.0', /no wildcard/],
    ['ALLOWED_ORIGINS', 'https://a.example,http://b.example', 'ALLOWED_ORIGINS.1', /origin/],
    ['ALLOWED_ORIGINS', ['https://a.example', 'b'], 'ALLOWED_ORIGINS.1', /origin/],
    ['ALLOWED_ORIGINS', {}, 'ALLOWED_ORIGINS', /list/],
    ['ALLOWED_ORIGINS', true, 'ALLOWED_ORIGINS', /list/],
    ['ALLOWED_COUNTRIES', '', 'ALLOWED_COUNTRIES', /at least one/],
    ['ALLOWED_COUNTRIES', 'de', 'ALLOWED_COUNTRIES.0', /ISO 3166-1/],
    ['ALLOWED_COUNTRIES', 'DE,Austria', 'ALLOWED_COUNTRIES.1', /ISO 3166-1/],
    ['ALLOWED_COUNTRIES', '*', 'ALLOWED_COUNTRIES.0', /ISO 3166-1/],
    ['ALLOWED_COUNTRIES', 'DE;AT', 'ALLOWED_COUNTRIES.0', /ISO 3166-1/],
    ['ALLOWED_COUNTRIES', 'UK', 'ALLOWED_COUNTRIES.0', /"GB"/],
    ['ALLOWED_COUNTRIES', 'XX', 'ALLOWED_COUNTRIES.0', /ISO 3166-1/],
    ['CONNECTOR', 'pigeon', 'CONNECTOR.0', /mitto-2fa/],
    ['CONNECTOR', '', 'CONNECTOR', /at least one/],
    ['CONNECTOR', 'mitto-2fa,mitto-2fa', 'CONNECTOR', /twice/],
    ['SENDER', 'Ex', 'SENDER', /3 to 11/],
    ['SENDER', 'Twelve chars', 'SENDER', /3 to 11/],
    ['SENDER', '+12', 'SENDER', /number/],
    ['SENDER', 'Größe', 'SENDER', /letters and digits/],
    ['SENDER', '   ', 'SENDER', /./],
    ['SERVICE', '', 'SERVICE', /./],
    ['SERVICE', 'x'.repeat(65), 'SERVICE', /64/],
    ['CHANNELS', '', 'CHANNELS', /at least one/],
    ['CHANNELS', 'sms,sms', 'CHANNELS', /twice/],
    ['CHANNELS', 'sms,email', 'CHANNELS.1', /"sms"/],
    ['VOICE', 'child', 'VOICE', /"man" or "woman"/],
    ['CODE_LENGTH', 3, 'CODE_LENGTH', /at least 4/],
    ['CODE_LENGTH', '11', 'CODE_LENGTH', /at most 10/],
    ['CODE_LENGTH', 4.5, 'CODE_LENGTH', /whole number/],
    ['CODE_LENGTH', 'six', 'CODE_LENGTH', /whole number/],
    ['CODE_LENGTH', '', 'CODE_LENGTH', /whole number/],
    ['CODE_LENGTH', true, 'CODE_LENGTH', /whole number/],
    ['AUTOFILL_LINE', 'yes', 'AUTOFILL_LINE', /true or false/],
    ['AUTOFILL_LINE', 1, 'AUTOFILL_LINE', /true or false/],
    ['PROOF_SECONDS', 29, 'PROOF_SECONDS', /at least 30/],
    ['PROOF_SECONDS', '3601', 'PROOF_SECONDS', /at most 3600/],
    ['PROOF_RENEW_SECONDS', -1, 'PROOF_RENEW_SECONDS', /whole number/],
    ['PROOF_RENEW_SECONDS', '86401', 'PROOF_RENEW_SECONDS', /at most 86400/],
    ['MITTO_2FA_BASE_URL', 'http://cpaas.mittoapi.com', 'MITTO_2FA_BASE_URL', /https/],
    ['MITTO_2FA_BASE_URL', 'http://127.0.0.1.example', 'MITTO_2FA_BASE_URL', /https/],
    ['MITTO_2FA_BASE_URL', 'https://u:p@cpaas.mittoapi.com', 'MITTO_2FA_BASE_URL', /https/],
    ['MITTO_2FA_BASE_URL', 'file:///etc/passwd', 'MITTO_2FA_BASE_URL', /https/],
    ['MITTO_2FA_BASE_URL', 'https://relay.example/?to=mitto', 'MITTO_2FA_BASE_URL', /query/],
    ['MITTO_2FA_BASE_URL', 'https://relay.example/#', 'MITTO_2FA_BASE_URL', /query/],
    ['MITTO_VERIFY_KEYS', 'service,number', 'MITTO_VERIFY_KEYS', /"code"/],
    ['MITTO_VERIFY_KEYS', 'code,pin', 'MITTO_VERIFY_KEYS.1', /requestID/],
    ['MITTO_SEND_EXTRA', '[1]', 'MITTO_SEND_EXTRA', /table/],
    ['MITTO_SEND_EXTRA', '{"half":', 'MITTO_SEND_EXTRA', /table/],
    ['MITTO_ACCOUNT_ID', '', 'MITTO_ACCOUNT_ID', /must be set/],
    ['MITTO_API_KEY', '', 'MITTO_API_KEY', /must be set/],
    ['MITTO_API_KEY', 'key\n', 'MITTO_API_KEY', /control/],
    ['MITTO_ACCOUNT_ID', 'AC01:key', 'MITTO_ACCOUNT_ID', /colon/],
    ['MITTO_SMS_API_KEY', 'the-key”', 'MITTO_SMS_API_KEY', /plain ASCII/],
    ['SITE_SECRET', 'über a secret of the length it needs', 'SITE_SECRET', /plain ASCII/],
    ['ADMIN_TOKEN', 'über a secret of the length it needs', 'ADMIN_TOKEN', /plain ASCII/],
    [
      'TEMPLATES',
      { own: { voice: '{code}' } },
      'TEMPLATES.own.voice',
      /table of texts by language/,
    ],
    ['LIMITS', 'none', 'LIMITS', /table/],
    ['LIMITS', { send_per_ip: '10 per hour' }, 'LIMITS.send_per_ip.0', /"10\/1h"/],
    ['LIMITS', { send_per_ip: '' }, 'LIMITS.send_per_ip.0', /"10\/1h"/],
    ['LIMITS', { send_per_phone: '101/1d' }, 'LIMITS.send_per_phone', /at most 100/],
    ['LIMITS', { send_total: '10/32d' }, 'LIMITS.send_total.0', /31 days/],
    ['LIMITS', { send_per_hour: '10/1h' }, 'LIMITS.send_per_hour', /is not a setting/],
    ['LIMITS', '{"sendPerIp":"10/1h"}', 'LIMITS.sendPerIp', /is not a setting/],
    ['LIMITS', { cooldown: '30,0' }, 'LIMITS.cooldown.1', /at least 1/],
    ['LIMITS', { cooldown: '30s' }, 'LIMITS.cooldown.0', /whole number/],
    ['LIMITS', { cooldown: '3601' }, 'LIMITS.cooldown.0', /at most 3600/],
    ['LIMITS', { cooldown: '' }, 'LIMITS.cooldown', /at least one/],
    ['LIMITS', { codes_per_session: 6 }, 'LIMITS.codes_per_session', /at most 5/],
    ['LIMITS', { codes_per_session: 0 }, 'LIMITS.codes_per_session', /at least 1/],
    ['FLOWS', { 'sign-up': { channel: 'sms' } }, 'FLOWS.sign-up.channel', /is not a setting/],
    ['FLOWS', { 'sign-up': { channels: 'fax' } }, 'FLOWS.sign-up.channels.0', /"sms"/],
    ['FLOWS', { 'sign-up': { sender: '!' } }, 'FLOWS.sign-up.sender', /number of/],
    ['FLOWS', { 'sign-up': 'sms' }, 'FLOWS.sign-up', /./],
    ['FLOWS', { 'Sign up': {} }, 'FLOWS.Sign up', /./],
    ['FLOWS', '[]', 'FLOWS', /table/],
  ])('%s = %j', (setting, value, named, words) => {
    const problems = problemsOf({ [setting]: value });
    expect(problems.map((problem) => problem.setting)).toEqual([named]);
    expect(problems[0]?.problem).toMatch(words);
  });

  it('and so are all that are wrong at once', () => {
    const problems = problemsOf({ SENDER: '', CODE_LENGTH: 2, LIMITS: { x: 1, cooldown: 'y' } });
    expect(problems.map(({ setting }) => setting).sort()).toEqual(
      ['CODE_LENGTH', 'LIMITS.cooldown.0', 'LIMITS.x', 'SENDER'].sort(),
    );
  });
});

const OURS = ['OTP_SECRET', 'OTP_SECRET_PREVIOUS', 'SITE_SECRET', 'ADMIN_TOKEN', 'RELAY_SECRET'];
const OTHERS = Object.keys(SettingsSchema.entries).filter((name) => !OURS.includes(name));

describe('a secret', () => {
  it('has at least 32 bytes', () => {
    const drawn = 'q7Vd2xKf9ZbT4mWc8RnY1sLh6GpJ3uEa';
    expect(problemsOf({ OTP_SECRET: drawn.slice(1) })).toEqual([
      { setting: 'OTP_SECRET', problem: 'must be at least 32 bytes long' },
    ]);
    expect(problemsOf({ OTP_SECRET: drawn })).toEqual([]);
    // Counted in bytes, as the keys are made of them.
    expect(problemsOf({ OTP_SECRET: 'äzöyüxßwâvêuîtôsàpènìmòl' })).toEqual([]);
    for (const setting of ['OTP_SECRET_PREVIOUS', 'SITE_SECRET'])
      expect(problemsOf({ [setting]: 'short' })).toMatchObject([{ setting }]);
  });

  it('must differ from every other setting', () => {
    const same = 'one secret for everything, of good length';
    for (const [index, one] of OURS.entries())
      for (const other of [...OURS.slice(index + 1), ...OTHERS])
        expect(problemsOf({ [one]: same, [other]: same }), `${one} and ${other}`).toContainEqual({
          setting: other,
          problem: `must differ from ${one}`,
        });
  });

  it('of a provider may be that of another: they are for it to say', () => {
    const same = 'one-key-for-both';
    expect(problemsOf({ MITTO_API_KEY: same, MITTO_SMS_API_KEY: same })).toEqual([]);
  });

  it('is never in the words about it, nor is any other value', () => {
    const secret = 'hunter2';
    const wrong = Object.fromEntries(
      [...Object.keys(LEAST), 'OTP_SECRET_PREVIOUS', 'SITE_SECRET', 'SERVICE', 'CODE_LENGTH'].map(
        (name) => [name, secret],
      ),
    );
    for (const value of [
      wrong,
      Object.fromEntries(Object.keys(wrong).map((name) => [name, [secret]])),
      Object.fromEntries(Object.keys(wrong).map((name) => [name, { [name]: secret }])),
      { LIMITS: { send_per_ip: secret, cooldown: secret, codes_per_session: secret } },
      { FLOWS: { a: { sender: `${secret}!`, channels: secret, service: [secret] } } },
      { MITTO_VERIFY_KEYS: secret, MITTO_SEND_EXTRA: secret, VOICE: secret, CHANNELS: secret },
      { CONNECTOR: secret, MITTO_2FA_BASE_URL: secret, PROOF_SECONDS: secret, LIMITS: secret },
      { AUTOFILL_LINE: secret, FLOWS: secret },
    ]) {
      const problems = problemsOf(value);
      expect(problems).not.toEqual([]);
      for (const { problem } of problems) expect(problem).not.toContain(secret);
    }
  });
});

describe('plain http', () => {
  it.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'])(
    'is taken at %s, which is this machine',
    (url) => {
      const config = configOf({ PUBLIC_URL: url, ALLOWED_ORIGINS: url, MITTO_2FA_BASE_URL: url });
      expect(config).toMatchObject({
        PUBLIC_URL: url,
        ALLOWED_ORIGINS: [url],
        MITTO_2FA_BASE_URL: url,
      });
    },
  );

  it.each([
    'http://localhost.example',
    'http://127.0.0.1.example',
    'http://192.168.0.1',
    'http://[::2]',
  ])('is refused at %s, which is not', (url) => {
    const problems = problemsOf({ PUBLIC_URL: url, ALLOWED_ORIGINS: url, MITTO_2FA_BASE_URL: url });
    expect(problems).toHaveLength(3);
  });
});

describe('what TOML, .dev.vars and --var can write', () => {
  it('is one list, as an array or with commas', () => {
    const origins = ['https://a.example', 'https://b.example:8443'];
    expect(configOf({ ALLOWED_ORIGINS: origins }).ALLOWED_ORIGINS).toEqual(origins);
    expect(configOf({ ALLOWED_ORIGINS: origins.join(',') }).ALLOWED_ORIGINS).toEqual(origins);
    expect(configOf({ ALLOWED_ORIGINS: ` ${origins.join(' , ')}, ` }).ALLOWED_ORIGINS).toEqual(
      origins,
    );
    expect(configOf({ CHANNELS: 'voice, sms' }).CHANNELS).toEqual(['voice', 'sms']);
    for (const cooldown of ['10,20', ['10', '20'], [10, 20]])
      expect(configOf({ LIMITS: { cooldown } }).LIMITS.cooldown).toEqual([10, 20]);
    for (const send_total of ['5/1h,9/1d', ['5/1h', '9/1d']])
      expect(configOf({ LIMITS: { send_total } }).LIMITS.send_total).toHaveLength(2);
  });

  it('is one table, as such or as JSON', () => {
    const limits = { send_per_ip: '5/1h', codes_per_session: 3 };
    const flows = { 'sign-up': { channels: 'voice', sender: '+4915123456789' } };
    const extra = { expiry: 600, nested: { any: ['thing'] } };
    const asTables = configOf({ LIMITS: limits, FLOWS: flows, MITTO_SEND_EXTRA: extra });
    const asJson = configOf({
      LIMITS: JSON.stringify(limits),
      FLOWS: JSON.stringify(flows),
      MITTO_SEND_EXTRA: JSON.stringify(extra),
    });
    expect(asJson).toEqual(asTables);
    expect(asTables.LIMITS).toMatchObject({ codes_per_session: 3, cooldown: [30, 60, 120, 300] });
    expect(asTables.FLOWS).toEqual({
      'sign-up': { channels: ['voice'], sender: '+4915123456789' },
    });
    expect(asTables.MITTO_SEND_EXTRA).toEqual(extra);
  });

  it('is one number or flag, as such or as text', () => {
    for (const CODE_LENGTH of [8, '8']) expect(configOf({ CODE_LENGTH }).CODE_LENGTH).toBe(8);
    for (const AUTOFILL_LINE of [false, 'false'])
      expect(configOf({ AUTOFILL_LINE }).AUTOFILL_LINE).toBe(false);
    for (const AUTOFILL_LINE of [true, 'true'])
      expect(configOf({ AUTOFILL_LINE }).AUTOFILL_LINE).toBe(true);
  });

  it('may end a base URL with a slash', () => {
    const { MITTO_2FA_BASE_URL } = configOf({ MITTO_2FA_BASE_URL: 'https://relay.example/mitto/' });
    expect(MITTO_2FA_BASE_URL).toBe('https://relay.example/mitto');
  });

  it.each(['Example', 'A1b', 'My Shop', '+4915123456789', '4915123456789', '12345', 'Ex-ample.co'])(
    'may send as %s',
    (SENDER) => {
      expect(configOf({ SENDER }).SENDER).toBe(SENDER);
    },
  );
});

describe('a flow', () => {
  const config = configOf({
    CHANNELS: 'sms,voice',
    FLOWS: { 'sign-up': { channels: 'voice', sender: 'SignUp' }, login: { service: 'Login' } },
  });

  it('is laid over the settings of the deployment', () => {
    expect(flowOf(config, undefined)).toMatchObject({
      channels: ['sms', 'voice'],
      connectors: ['mitto-2fa'],
      service: '2FA',
      codeLength: 6,
      challengeFromSend: 0,
    });
    expect(flowOf(config, 'sign-up')).toMatchObject({ channels: ['voice'], service: '2FA' });
    expect(flowOf(config, 'login')).toMatchObject({ service: 'Login' });
    expect(senderOf(config, { name: 'sign-up' }, 'mitto-2fa', 'sms')).toBe('SignUp');
    expect(senderOf(config, { name: 'login' }, 'mitto-2fa', 'sms')).toBe('Example');
    const calls = { ...config, TWILIO_VOICE_FROM: '+12025550199', FLOWS: FLOWS_OF_TWILIO };
    expect(senderOf(calls, { name: 'shop' }, 'twilio', 'voice')).toBe('+12025550111');
    expect(senderOf(calls, { name: 'news' }, 'twilio', 'voice')).toBe('+12025550199');
    expect(senderOf(calls, { name: undefined }, 'twilio', 'sms')).toBeUndefined();
  });

  it('is one that is set, and nothing that an object merely has', () => {
    for (const name of ['signup', '', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(flowOf(config, name)).toBeUndefined();
  });
});

describe('the way out', () => {
  const relay = { EGRESS: 'relay', RELAY_URL: 'https://relay.example.com' };
  const secret = { RELAY_SECRET: 'relay secret: correct horse battery staple' };

  it('is straight, by a relay, or through a network of the operator’s', () => {
    expect(configOf().EGRESS).toBe('direct');
    expect(configOf({ ...relay, ...secret }).EGRESS).toBe('relay');
    expect(configOf({ EGRESS: 'vpc', EGRESS_VPC: {} }).EGRESS).toBe('vpc');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a relay without its address', { EGRESS: 'relay', ...secret }, 'RELAY_URL'],
    ['a relay without its secret', relay, 'RELAY_SECRET'],
    ['a relay with a short secret', { ...relay, RELAY_SECRET: 'short' }, 'RELAY_SECRET'],
    [
      'a relay in the clear',
      { ...secret, EGRESS: 'relay', RELAY_URL: 'http://relay.example.com' },
      'RELAY_URL',
    ],
    ['a network that is not bound', { EGRESS: 'vpc' }, 'EGRESS_VPC'],
    ['a way that there is not', { EGRESS: 'pigeon' }, 'EGRESS'],
  ])('is refused: %s', (_what, settings, named) => {
    expect(problemsOf(settings).map(({ setting }) => setting)).toEqual([named]);
  });

  it('has a secret of its own', () => {
    const [problem] = problemsOf({ ...relay, RELAY_SECRET: SECRETS.OTP_SECRET });
    expect(problem).toEqual({ setting: 'RELAY_SECRET', problem: 'must differ from OTP_SECRET' });
  });
});
