import { describe, expect, it } from 'vitest';
import { parseConfig } from './parse-config.ts';

const SID = '0123456789abcdef'.repeat(2);
const LEAST = {
  OTP_KV: {},
  PHONE_GATE: {},
  SEND_LEDGER: {},
  BURST: {},
  ASSETS: {},
  OTP_SECRET: 'otp secret: correct horse battery staple',
  PUBLIC_URL: 'https://otp.example.com',
  ALLOWED_ORIGINS: 'https://www.example.com',
  ALLOWED_COUNTRIES: 'DE',
};
const MITTO = { MITTO_ACCOUNT_ID: `AC${SID}`, MITTO_API_KEY: 'a-key-of-ours', SENDER: 'Example' };
const TWILIO = { TWILIO_ACCOUNT_SID: `AC${SID}`, TWILIO_AUTH_TOKEN: 'a-token-of-ours' };
const FROM = { TWILIO_FROM: '+15005550006' };

function problemsOf(settings: Record<string, unknown>): Record<string, string> {
  const parsed = parseConfig({ ...LEAST, ...settings });
  if (parsed.ok) return {};
  return Object.fromEntries(parsed.problems.map(({ setting, problem }) => [setting, problem]));
}

describe('a connector has what it needs', () => {
  it.each([
    ['mitto-2fa', MITTO],
    [
      'mitto-sms',
      { CONNECTOR: 'mitto-sms', MITTO_SMS_API_KEY: 'a-key-of-ours', SENDER: 'Example' },
    ],
    ['twilio by its token', { CONNECTOR: 'twilio', ...TWILIO, ...FROM }],
    [
      'twilio by an API key',
      {
        CONNECTOR: 'twilio',
        TWILIO_ACCOUNT_SID: `AC${SID}`,
        TWILIO_API_KEY: `SK${SID}`,
        TWILIO_API_SECRET: 'a-secret-of-ours',
        TWILIO_SIGNATURE_TOKEN: 'a-token-of-ours',
        ...FROM,
      },
    ],
    ['twilio by a messaging service', { CONNECTOR: 'twilio', ...TWILIO, TWILIO_FROM: `MG${SID}` }],
    [
      'twilio with a number of its own for calls',
      {
        CONNECTOR: 'twilio',
        CHANNELS: 'sms,voice',
        ...TWILIO,
        TWILIO_FROM: `MG${SID}`,
        TWILIO_VOICE_FROM: '+15005550006',
      },
    ],
    [
      'two of them, each with its sender',
      { CONNECTOR: 'mitto-2fa,twilio', ...MITTO, ...TWILIO, ...FROM },
    ],
  ])('%s', (_what, settings) => {
    expect(problemsOf(settings)).toEqual({});
  });

  it.each<[string, Record<string, unknown>, Record<string, RegExp>]>([
    [
      'no account',
      { SENDER: 'Example' },
      { MITTO_ACCOUNT_ID: /mitto-2fa/, MITTO_API_KEY: /mitto-2fa/ },
    ],
    ['no key', { CONNECTOR: 'mitto-sms', SENDER: 'Example' }, { MITTO_SMS_API_KEY: /mitto-sms/ }],
    ['no sender', { ...MITTO, SENDER: undefined }, { SENDER: /is missing/ }],
    ['a sender that is too long', { ...MITTO, SENDER: 'Twelve chars' }, { SENDER: /3 to 11/ }],
    [
      'no way to sign in at Twilio',
      { CONNECTOR: 'twilio', TWILIO_ACCOUNT_SID: `AC${SID}`, ...FROM },
      { TWILIO_AUTH_TOKEN: /TWILIO_API_KEY/ },
    ],
    [
      'two ways to sign in at Twilio',
      {
        CONNECTOR: 'twilio',
        ...TWILIO,
        TWILIO_API_KEY: `SK${SID}`,
        TWILIO_API_SECRET: 'a-secret-of-ours',
        ...FROM,
      },
      { TWILIO_AUTH_TOKEN: /must not be set together with/ },
    ],
    [
      'half a key',
      { CONNECTOR: 'twilio', TWILIO_ACCOUNT_SID: `AC${SID}`, TWILIO_API_KEY: `SK${SID}`, ...FROM },
      { TWILIO_API_SECRET: /TWILIO_API_KEY needs it/ },
    ],
    [
      'a name as the sender at Twilio',
      { CONNECTOR: 'twilio', ...TWILIO, SENDER: 'Example' },
      { SENDER: /number/ },
    ],
    ['no sender at Twilio', { CONNECTOR: 'twilio', ...TWILIO }, { TWILIO_FROM: /is missing/ }],
    [
      'calls from a messaging service',
      { CONNECTOR: 'twilio', CHANNELS: 'voice', ...TWILIO, TWILIO_FROM: `MG${SID}` },
      { TWILIO_VOICE_FROM: /is missing/ },
    ],
    [
      'calls from a messaging service that is named for them',
      {
        CONNECTOR: 'twilio',
        CHANNELS: 'voice',
        ...TWILIO,
        ...FROM,
        TWILIO_VOICE_FROM: `MG${SID}`,
      },
      { TWILIO_VOICE_FROM: /number in E.164/ },
    ],
    [
      'a channel that nobody carries',
      {
        CONNECTOR: 'mitto-sms',
        MITTO_SMS_API_KEY: 'a-key-of-ours',
        SENDER: 'Example',
        CHANNELS: 'sms,voice',
      },
      { CHANNELS: /voice/ },
    ],
    [
      'a flow with a connector that is not set up',
      { ...MITTO, FLOWS: { checkout: { connector: 'twilio' } } },
      { TWILIO_ACCOUNT_SID: /twilio/, TWILIO_AUTH_TOKEN: /./, SENDER: /number/ },
    ],
    [
      'a flow whose sender does not suit its connector',
      { ...MITTO, ...TWILIO, FLOWS: { checkout: { connector: 'twilio', sender: 'Shop' } } },
      { 'FLOWS.checkout.sender': /number/ },
    ],
    [
      'a flow with an unknown template',
      { ...MITTO, FLOWS: { checkout: { template: 'shop' } } },
      { 'FLOWS.checkout.template': /TEMPLATES/ },
    ],
    [
      'a flow with a challenge and no Turnstile',
      { ...MITTO, FLOWS: { checkout: { challenge_from_send: 1 } } },
      { TURNSTILE_SITE_KEY: /FLOWS.checkout/, TURNSTILE_SECRET: /FLOWS.checkout/ },
    ],
  ])('%s is told', (_what, settings, expected) => {
    const problems = problemsOf(settings);
    expect(Object.keys(problems).sort()).toEqual(Object.keys(expected).sort());
    for (const [setting, words] of Object.entries(expected))
      expect(problems[setting]).toMatch(words);
  });

  it('and two providers may have one and the same key', () => {
    expect(problemsOf({ ...MITTO, MITTO_SMS_API_KEY: 'a-key-of-ours' })).toEqual({});
  });
});

describe('a template', () => {
  const withTemplate = (sms: unknown, more = {}) =>
    problemsOf({ ...MITTO, TEMPLATE: 'ours', TEMPLATES: { ours: { sms } }, ...more });

  it('may be one text or one for each language', () => {
    expect(withTemplate('{code} is your code')).toEqual({});
    expect(withTemplate({ de: 'Ihr Code: {code}', en: 'Your code: {code}' })).toEqual({});
  });

  it.each<[string, unknown, string, RegExp]>([
    ['without {code}', 'Your code is on its way', 'TEMPLATES.ours.sms', /\{code\}/],
    [
      'without {code} in one language',
      { de: 'Code', en: '{code}' },
      'TEMPLATES.ours.sms.de',
      /\{code\}/,
    ],
    ['with a placeholder of no meaning', '{code} for {name}', 'TEMPLATES.ours.sms', /\{name\}/],
    [
      'past its length',
      `{code} ${'x'.repeat(140)}`,
      'TEMPLATES.ours.sms',
      /at most 140|of at most 140/,
    ],
    ['with a character that no phone shows', '{code}\u0007', 'TEMPLATES.ours.sms', /control/],
    ['in no language', { english: '{code}' }, 'TEMPLATES.ours.sms', /./],
  ])('%s is refused', (_what, sms, setting, words) => {
    const problems = withTemplate(sms);
    expect(Object.keys(problems)[0]).toContain(setting.split('.').slice(0, 3).join('.'));
    expect(Object.values(problems)[0]).toMatch(words);
  });

  it('that no flow uses may have places of its own, for custom messages', () => {
    expect(
      problemsOf({ ...MITTO, TEMPLATES: { shipped: { sms: 'Parcel {number} is out' } } }),
    ).toEqual({});
  });

  it('of ours gives way to a host that leaves no room, and tells when none is left', () => {
    const host = (length: number) => `https://${'a'.repeat(60)}.${'b'.repeat(length - 65)}.com`;
    expect(problemsOf({ ...MITTO, ALLOWED_ORIGINS: host(70) })).toEqual({});
    expect(problemsOf({ ...MITTO, ALLOWED_ORIGINS: host(110) })).toEqual({
      ALLOWED_ORIGINS: expect.stringContaining('AUTOFILL_LINE = false') as string,
    });
    expect(problemsOf({ ...MITTO, ALLOWED_ORIGINS: host(110), AUTOFILL_LINE: false })).toEqual({});
  });
});
