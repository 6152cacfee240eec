import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/parse-config.ts';
import { SettingsSchema } from '../config/schema.ts';
import {
  isGuessable,
  isPlaceholder,
  isPlaceholderSender,
  isPlaceholderUrl,
} from './placeholders.ts';

const LEAST = {
  OTP_KV: {},
  PHONE_GATE: {},
  SEND_LEDGER: {},
  BURST: {},
  ASSETS: {},
  OTP_SECRET: 'otp secret: correct horse battery staple',
  MITTO_ACCOUNT_ID: 'AC0123456789abcdef0123456789abcdef',
  MITTO_API_KEY: 'mitto key: correct horse battery staple',
  PUBLIC_URL: 'https://otp.example.com',
  ALLOWED_ORIGINS: 'https://www.example.com',
  ALLOWED_COUNTRIES: 'DE',
  SENDER: 'Example',
};
const CREDENTIALS = Object.keys(SettingsSchema.entries).filter((name) =>
  /SECRET|TOKEN|API_KEY$|ACCOUNT|SITE_KEY/.test(name),
);

function problemsOf(settings: Record<string, unknown>): Record<string, string> {
  const parsed = parseConfig({ ...LEAST, ...settings });
  if (parsed.ok) return {};
  return Object.fromEntries(parsed.problems.map(({ setting, problem }) => [setting, problem]));
}

const PLACEHOLDERS = [
  ...['…', '...', 'AC…', 'sk_live_...', '***', '—', '???', '-', '<>', '""'],
  ...['x', 'xxx', 'XXXXXXXX', 'xxxx-xxxx', '00000000', 'ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ...[
    'your-api-key',
    'YOUR_API_KEY',
    'your api key',
    'yourApiKey',
    'Your Mitto API key',
    'my-secret',
  ],
  ...[
    'YOUR_SECRET_HERE',
    'api-key-here',
    'your-very-long-and-random-secret',
    'your_key_of_the_account_here',
    'insert your key here',
    'paste key here',
    'put-the-key-here',
  ],
  ...[
    '<api key>',
    '[api key]',
    '{api_key}',
    '{{ api_key }}',
    `\${VAR}`,
    `\${{ secrets.KEY }}`,
    '$KEY',
  ],
  ...[
    '%KEY%',
    '__KEY__',
    '$(openssl rand -base64 32)',
    'openssl rand -base64 32',
    'process.env.KEY',
  ],
  ...[
    'changeme',
    'change-me',
    'CHANGE_ME',
    'change me please',
    'change this to something long',
    'changeit',
  ],
  ...['replace_me', 'replace-with-your-key', 'TODO', 'to-do', 'TODO: ask Mitto', 'FIXME', 'tbd'],
  ...[
    'example',
    'sample',
    'dummy',
    'placeholder',
    'secret',
    'password',
    'test',
    'key',
    'token',
    'foo',
  ],
  ...[
    'undefined',
    'null',
    'none',
    'NaN',
    'true',
    'n/a',
    '[object Object]',
    '12345',
    '12345678',
    'abc123',
  ],
  ...[
    '"your-api-key"',
    ' changeme ',
    'change​me',
    'ｃｈａｎｇｅｍｅ',
    'deinen key …',
    'ihr-api-schlüssel',
  ],
];

describe('a placeholder', () => {
  it.each(PLACEHOLDERS)(
    '%j › is refused in every credential, by the name of the setting',
    (text) => {
      for (const name of CREDENTIALS) {
        const problem = problemsOf({ [name]: text })[name];
        expect(problem, name).toMatch(/^must (be|not) /);
        if (text.length > 5 && text !== 'placeholder') expect(problem).not.toContain(text);
      }
      expect(problemsOf({ MITTO_API_KEY: text })['MITTO_API_KEY']).toContain('placeholder');
    },
  );

  it.each(CREDENTIALS)('%s › is refused where its own name stands as its value', (name) => {
    expect(problemsOf({ [name]: name })).toHaveProperty(name);
  });

  it.each([
    ...['https://your-domain.com', 'https://otp.yourdomain.com', 'https://your-site.example'],
    ...['https://mitto-otp.name.workers.dev', 'https://mitto-otp.your-account.workers.dev'],
    ...[
      'https://<your-domain>',
      'https://…',
      'https://...',
      `https://\${HOST}`,
      'https://changeme',
    ],
    ...[
      'https://otp.domain.tld',
      'https://domain.com',
      'https://undefined',
      'https://placeholder.com',
    ],
    ...['https://my-domain.com', 'https://null', 'undefined'],
  ])('%s › is refused as an address', (url) => {
    expect(isPlaceholderUrl(url)).toBe(true);
    expect(problemsOf({ PUBLIC_URL: url })['PUBLIC_URL']).toContain('placeholder');
    expect(problemsOf({ ALLOWED_ORIGINS: url })['ALLOWED_ORIGINS.0']).toContain('placeholder');
    expect(problemsOf({ EGRESS: 'relay', RELAY_URL: url })['RELAY_URL']).toContain('placeholder');
  });

  it.each([
    '…',
    'YourBrand',
    'YOUR_SENDER',
    'SENDER',
    'xxx',
    'TODO',
    'null',
    'undefined',
    '<name>',
  ])('%s › is refused as a sender', (SENDER) => {
    expect(problemsOf({ SENDER })['SENDER']).toContain('placeholder');
  });
});

describe('what is meant', () => {
  it.each([
    ...[
      'https://otp.example.com',
      'https://www.example.com',
      'http://localhost:8787',
      'https://a.test',
    ],
    ...['https://yourwave.com', 'https://mysite.com', 'https://nullsec.org', 'https://name.com'],
    ...[
      'https://mitto-otp.acme.workers.dev',
      'https://xxl.shop',
      'https://todoist.com',
      'https://todo.acme.de',
      'https://hosting.de',
    ],
  ])('%s › is taken as an address', (url) => {
    expect(isPlaceholderUrl(url)).toBe(false);
    expect(problemsOf({ PUBLIC_URL: url, ALLOWED_ORIGINS: url })).toEqual({});
  });

  it.each([
    'Example',
    'Demo Shop',
    'Test',
    'Secret',
    'XXL',
    'Mein Shop',
    '+4915123456789',
    '77777',
  ])('%s › is taken as a sender', (SENDER) => {
    expect(isPlaceholderSender(SENDER)).toBe(false);
    expect(problemsOf({ SENDER })).toEqual({});
  });

  it.each([
    'the key of the account',
    'correct horse battery',
    'k3y-0f-ours',
    'Zq8!pL2#',
    'not-your-key-9f3a',
  ])('%s › is taken as a key', (MITTO_API_KEY) => {
    expect(problemsOf({ MITTO_API_KEY })).toEqual({});
  });

  const bytes = fc
    .uint8Array({ minLength: 32, maxLength: 48 })
    .filter((drawn) => new Set(drawn).size > 16);

  it.each(['base64', 'base64url', 'hex'] as const)(
    'drawn at random, in %s › is taken',
    (encoding) => {
      fc.assert(
        fc.property(bytes, (drawn) => {
          const secret = Buffer.from(drawn).toString(encoding);
          expect(isPlaceholder(secret)).toBe(false);
          expect(isGuessable(secret)).toBe(false);
          for (const name of ['OTP_SECRET', 'SITE_SECRET', 'MITTO_API_KEY', 'MITTO_SMS_API_KEY'])
            expect(problemsOf({ [name]: secret })).toEqual({});
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(['xxx', 'todo', 'TODO', 'test', 'abc123', 'changeme', 'your-key', '000000', 'undefined'])(
    'drawn at random, with %s in it › is taken',
    (piece) => {
      fc.assert(
        fc.property(bytes, fc.nat(32), (drawn, at) => {
          const text = Buffer.from(drawn).toString('base64url');
          // What stands first may be an instruction to whoever reads it.
          const secret = `${text.slice(0, at + 1)}${piece}${text.slice(at + 1)}`;
          for (const name of ['OTP_SECRET', 'SITE_SECRET', 'MITTO_API_KEY', 'MITTO_SMS_API_KEY'])
            expect(problemsOf({ [name]: secret })).toEqual({});
        }),
        { numRuns: 300 },
      );
    },
  );

  it('drawn at random, of letters and digits, or as words › is taken as a key', () => {
    const letter = fc.constantFrom(
      ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
    );
    const key = fc
      .array(letter, { minLength: 16, maxLength: 40 })
      .map((all) => all.join(''))
      .filter((text) => new Set(text).size > 6 && !/^ac/i.test(text));
    fc.assert(
      fc.property(key, fc.uuid(), (text, uuid) => {
        for (const one of [text, uuid, `sk_live_${text}`, `AC${'0123456789abcdef'.repeat(2)}`])
          expect(isPlaceholder(one)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a secret of ours that can be guessed', () => {
  it.each([
    'x'.repeat(32),
    'ü'.repeat(16),
    'abcd'.repeat(8),
    '0123456789abcdef'.repeat(2),
    '12345678901234567890123456789012',
    'passwordpasswordpasswordpassword',
    'abcdefghijklmnopqrstuvwxyz0123456789',
  ])('%s › is refused', (secret) => {
    expect(problemsOf({ OTP_SECRET: secret })['OTP_SECRET']).toMatch(/random|placeholder/);
  });
});

describe('an account id', () => {
  it.each([
    'AC123',
    'AC',
    'ac12',
    `AC${'a1'.repeat(15)}b`,
    `AC${'a1'.repeat(17)}`,
    `SK${'a1'.repeat(16)}`,
    '12',
  ])('%s › is refused as cut or of another thing', (MITTO_ACCOUNT_ID) => {
    expect(problemsOf({ MITTO_ACCOUNT_ID })).toHaveProperty('MITTO_ACCOUNT_ID');
  });

  it.each([`AC${'a1'.repeat(16)}`, `AC${'A1'.repeat(16)}`, 'acme-prod', 'an-account', '10458812'])(
    '%s › is taken',
    (MITTO_ACCOUNT_ID) => {
      expect(problemsOf({ MITTO_ACCOUNT_ID })).toEqual({});
    },
  );
});
