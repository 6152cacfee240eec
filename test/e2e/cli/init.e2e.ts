/** `mitto-otp init`: what it asks, what it takes, and what it writes. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig as readConfig } from 'wrangler';
import { parseConfig } from '../../../worker/config/parse-config.ts';
import {
  BINDINGS,
  env,
  FLAGS,
  folder,
  OURS,
  ROOT,
  read,
  run,
  varsOf,
} from '../support/init-folder.ts';

const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
  TWILIO_AUTH_TOKEN: 'the auth token of the account',
};

describe('mitto-otp init', () => {
  it('writes what only the owner knows, and ends with the lines for the page', async () => {
    const cwd = folder();
    const { code, output } = await run(FLAGS, { cwd, env });
    expect(code).toBe(0);
    const toml = read(cwd, 'wrangler.toml');
    expect(toml).toContain('PUBLIC_URL = "https://otp.example.com"');
    expect(toml).toContain(
      'ALLOWED_ORIGINS = ["https://www.example.com", "https://shop.example.com"]',
    );
    expect(toml).toContain('ALLOWED_COUNTRIES = ["DE", "AT"]');
    expect(toml).toContain('# The Worker of mitto-otp.');
    const vars = read(cwd, '.dev.vars');
    expect(vars).toMatch(/^OTP_SECRET=\S{43}$/m);
    expect(vars).toMatch(/^MITTO_API_KEY='the key of the account'$/m);
    expect(statSync(join(cwd, '.dev.vars')).mode & 0o077).toBe(0);
    expect(output).toContain(
      '<script type="module" src="https://otp.example.com/mitto-otp.js"></script>',
    );
    expect(output).not.toContain('the key of the account');
  });

  it('run again keeps all that is there', async () => {
    const cwd = folder();
    const names = ['wrangler.toml', '.dev.vars'];
    await run(FLAGS, { cwd, env });
    const before = names.map((name) => read(cwd, name));
    const other = { MITTO_API_KEY: 'another key' };
    const again = await run([...FLAGS, '--url=https://other.example'], { cwd, env: other });
    expect(again.output).toContain(
      'kept   PUBLIC_URL = https://otp.example.com (--force overwrites it)',
    );
    expect(again.output).toContain('kept   MITTO_API_KEY in .dev.vars (--force overwrites it)');
    expect(names.map((name) => read(cwd, name))).toEqual(before);
  });

  it('told to, keeps what is not given anew where nobody can be asked', async () => {
    const cwd = folder();
    await run(FLAGS, { cwd, env });
    const before = read(cwd, '.dev.vars');
    const again = await run(['init', '--sender=Other', '--force'], { cwd, env });
    expect(again.code).toBe(0);
    expect(varsOf(cwd)).toMatchObject({ PUBLIC_URL: 'https://otp.example.com', SENDER: 'Other' });
    expect(read(cwd, '.dev.vars')).toBe(before);
  });

  it('told to, writes over what is there, but for the secrets that it makes', async () => {
    const cwd = folder();
    await run(FLAGS, { cwd, env });
    const before = parseEnv(read(cwd, '.dev.vars'));
    const other = { MITTO_API_KEY: 'another key' };
    const flags = [...FLAGS, '--url=https://other.example', '--force'];
    expect(await run(flags, { cwd, env: other })).toMatchObject({ code: 0 });
    expect(varsOf(cwd)).toMatchObject({ PUBLIC_URL: 'https://other.example' });
    expect(parseEnv(read(cwd, '.dev.vars'))).toEqual({ ...before, ...other });
  });

  it.each([
    ['--url=http://otp.example.com', 'PUBLIC_URL must be an https origin'],
    ['--url=http://localhost.evil.example', 'PUBLIC_URL must be an https origin'],
    ['--url=https://otp.example.com/otp', 'Did you mean https://otp.example.com?'],
    ['--url=http://otp.example.com', 'Did you mean https://otp.example.com?'],
    ['--origins=https://www.example.com/shop', 'Did you mean https://www.example.com?'],
    ['--url=https://your-domain.com', 'PUBLIC_URL must be your own origin'],
    ['--url=https://mitto-otp.NAME.workers.dev', 'placeholder'],
    ['--origins=https://*.example.com', 'ALLOWED_ORIGINS: "https://*.example.com" must be'],
    ['--origins=,', 'ALLOWED_ORIGINS must name at least one origin'],
    ['--countries=Germny', 'Did you mean DE?'],
    ['--countries=+1', '+1 is shared by'],
    ['--countries=EU', 'List each country'],
    ['--countries=DE,XX', 'ALLOWED_COUNTRIES: "XX" must be'],
    ['--sender=A sender that is too long', 'SENDER must be'],
    ['--sender=Müller & Söhne', 'Did you mean MuellerSoeh?'],
    ['--sender=…', 'SENDER must be your own number or sender ID'],
    ['--account-id=AC123', 'MITTO_ACCOUNT_ID must be the whole account id'],
    ['--account-id=your-account-id', 'placeholder'],
    ['--connector=pigeon', 'CONNECTOR must be of mitto-2fa'],
    ['--account-id=AC:1', 'MITTO_ACCOUNT_ID must not contain a colon'],
  ])('refuses %s, and has written nothing then', async (flag, words) => {
    const cwd = folder();
    const before = read(cwd, 'wrangler.toml');
    const { code, output, errors } = await run([...FLAGS, flag], { cwd, env });
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(output).not.toContain('wrote');
    expect(read(cwd, 'wrangler.toml')).toBe(before);
    expect(existsSync(join(cwd, '.dev.vars'))).toBe(false);
  });

  it('takes countries in small letters', async () => {
    const cwd = folder();
    expect(await run([...FLAGS, '--countries=de, at'], { cwd, env })).toMatchObject({ code: 0 });
    expect(varsOf(cwd)).toMatchObject({ ALLOWED_COUNTRIES: ['DE', 'AT'] });
  });

  it('says of what it would keep that the Worker does not take it', async () => {
    const cwd = folder('[vars]\nALLOWED_COUNTRIES = ["UK"]\n');
    const { code, errors } = await run(FLAGS, { cwd, env });
    expect(code).toBe(2);
    expect(errors).toMatch(/ALLOWED_COUNTRIES: "UK" must be .* --force/);
  });

  it.each([
    ['PUBLIC_URL', FLAGS.slice(0, 1), env],
    ['MITTO_ACCOUNT_ID', FLAGS.slice(0, -1), env],
    ['MITTO_API_KEY', FLAGS, { MITTO_API_KEY: '' }],
  ])('where nobody can be asked, says that %s is missing', async (name, flags, environment) => {
    const cwd = folder();
    const { code, errors } = await run(flags, { cwd, env: environment });
    expect(code).toBe(2);
    expect(errors).toContain(`${name}: not set`);
    expect(existsSync(join(cwd, '.dev.vars'))).toBe(false);
  });

  it('asks for no key of Mitto where another provider carries the codes', async () => {
    const cwd = folder('[vars]\nCONNECTOR = "twilio"\nTWILIO_FROM = "+4915112345678"\n');
    const flags = FLAGS.slice(0, -2);
    const { code } = await run(flags, { cwd, env: { ...TWILIO, MITTO_API_KEY: '' } });
    expect(code).toBe(0);
    expect(read(cwd, '.dev.vars')).not.toContain('MITTO_');
  });

  it.each(['…', 'xxx', 'your-api-key', '<api key>', 'changeme', 'undefined', '$KEY'])(
    'refuses %s as the key, by the name of the setting, and writes nothing',
    async (key) => {
      const cwd = folder();
      const { code, errors, output } = await run(FLAGS, { cwd, env: { MITTO_API_KEY: key } });
      expect(code).toBe(2);
      expect(errors).toMatch(/MITTO_API_KEY must be the real value, got a placeholder/);
      expect(output).not.toContain('wrote');
      expect(existsSync(join(cwd, '.dev.vars'))).toBe(false);
    },
  );

  it('reads what is meant by a host, a slash, capitals, names of countries, quotes and a pasted line', async () => {
    const cwd = folder();
    const flags = [
      'init',
      '--url=OTP.example.com/',
      '--origins=www.example.com/; HTTPS://Shop.Example.com http://localhost:3000',
      '--countries=Germany, Österreich; UK, +41, 🇫🇷 it',
      '--sender="+49 1512 3456789"',
      '--account-id= MITTO_ACCOUNT_ID=ac0123456789ABCDEF0123456789abcdef\u200b\n',
    ];
    const pasted = { MITTO_API_KEY: '  export MITTO_API_KEY="the key of the account"\r\n' };
    expect(await run(flags, { cwd, env: pasted })).toMatchObject({ code: 0, errors: '' });
    expect(varsOf(cwd)).toMatchObject({
      PUBLIC_URL: 'https://otp.example.com',
      ALLOWED_ORIGINS: [
        'https://www.example.com',
        'https://shop.example.com',
        'http://localhost:3000',
      ],
      ALLOWED_COUNTRIES: ['DE', 'AT', 'GB', 'CH', 'FR', 'IT'],
      SENDER: '+4915123456789',
    });
    expect(parseEnv(read(cwd, '.dev.vars'))).toMatchObject({
      MITTO_ACCOUNT_ID: 'AC0123456789ABCDEF0123456789abcdef',
      MITTO_API_KEY: 'the key of the account',
    });
  });
});

describe('with Twilio alone, mitto-otp init', () => {
  const flags = [...FLAGS.slice(0, 4), '--sender=+1 (500) 555-0006'];
  const none = { MITTO_API_KEY: '' };

  it.each([
    ['told by --connector', ['--connector=Twilio'], TWILIO],
    ['by what is in the environment', [], TWILIO],
    [
      'with an API key',
      ['--connector=twilio'],
      {
        TWILIO_ACCOUNT_SID: TWILIO.TWILIO_ACCOUNT_SID,
        TWILIO_API_KEY: `SK${'0123456789abcdef'.repeat(2)}`,
        TWILIO_API_SECRET: 'the secret of that key',
      },
    ],
  ])('sets up all that it needs, and nothing of Mitto’s, %s', async (_, more, environment) => {
    const cwd = folder();
    const result = await run([...flags, ...more], { cwd, env: { ...none, ...environment } });
    expect(result).toMatchObject({ code: 0, errors: '' });
    expect(result.output).not.toContain('allow-listed');
    expect(varsOf(cwd)).toMatchObject({ CONNECTOR: 'twilio', TWILIO_FROM: '+15005550006' });
    const secrets = parseEnv(read(cwd, '.dev.vars'));
    expect(secrets).toMatchObject(environment);
    expect(Object.keys(secrets).join()).not.toContain('MITTO');
    const bindings = { OTP_KV: {}, PHONE_GATE: {}, SEND_LEDGER: {}, BURST: {}, ASSETS: {} };
    const parsed = parseConfig({ ...bindings, ...(varsOf(cwd) as object), ...secrets });
    expect(parsed).not.toHaveProperty('problems');
  });

  it.each([
    ['TWILIO_ACCOUNT_SID', {}],
    ['TWILIO_AUTH_TOKEN', { TWILIO_ACCOUNT_SID: TWILIO.TWILIO_ACCOUNT_SID }],
  ])('says that %s is missing', async (name, environment) => {
    const cwd = folder();
    const given = [...flags, '--connector=twilio'];
    const { code, errors } = await run(given, { cwd, env: { ...none, ...environment } });
    expect(code).toBe(2);
    expect(errors).toContain(`${name}: not set`);
  });

  it('refuses a name as the sender, and an account SID that is cut', async () => {
    const given = [...flags, '--connector=twilio'];
    const named = await run([...given, '--sender=Example'], {
      cwd: folder(),
      env: { ...none, ...TWILIO },
    });
    expect(named.errors).toContain('TWILIO_FROM must be a number in E.164');
    const cut = { ...none, ...TWILIO, TWILIO_ACCOUNT_SID: 'AC123' };
    const { errors } = await run(given, { cwd: folder(), env: cut });
    expect(errors).toContain('TWILIO_ACCOUNT_SID must be AC and 32 hex digits');
  });
});

it('mitto-otp init › sets no calls up where the SMS API of Mitto carries the codes', async () => {
  const cwd = folder();
  const { code } = await run([...FLAGS.slice(0, -1), '--connector=mitto-sms'], {
    cwd,
    env: { MITTO_API_KEY: '', MITTO_SMS_API_KEY: 'a-key-of-the-SMS-API' },
  });
  expect(code).toBe(0);
  expect(varsOf(cwd)).toMatchObject({ CONNECTOR: 'mitto-sms', CHANNELS: ['sms'] });
});

describe('of the way out, mitto-otp init', () => {
  const relay = [...FLAGS, '--relay=https://relay.example.com'];
  const RELAY_SECRET = 'the secret that the relay has as well';

  it('writes down a relay, and its secret for the first deployment', async () => {
    const cwd = folder();
    const { code, output } = await run(relay, { cwd, env: { ...env, RELAY_SECRET } });
    expect(code).toBe(0);
    expect(varsOf(cwd)).toMatchObject({ EGRESS: 'relay', RELAY_URL: 'https://relay.example.com' });
    expect(read(cwd, 'wrangler.toml')).not.toMatch(/^# (EGRESS|RELAY_URL) =/m);
    expect(parseEnv(read(cwd, '.dev.vars'))).toMatchObject({ RELAY_SECRET });
    expect(output).not.toContain('allow-listed');
  });

  it.each([
    ['no secret', relay, '', 'RELAY_SECRET: not set'],
    ['a short secret', relay, 'short', 'RELAY_SECRET must'],
    ['no https', [...FLAGS, '--relay=http://relay.example.com'], RELAY_SECRET, 'RELAY_URL must'],
  ])('takes no relay with %s', async (_, flags, secret, words) => {
    const cwd = folder();
    const { code, errors } = await run(flags, { cwd, env: { ...env, RELAY_SECRET: secret } });
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(existsSync(join(cwd, '.dev.vars'))).toBe(false);
  });

  it.each([
    ['says', 'where there is none', '', true],
    ['says', 'where calls are to go straight out', 'EGRESS = "direct"', true],
    ['does not say', 'through a network of one’s own', 'EGRESS = "vpc"', false],
    ['does not say', 'for Twilio', 'CONNECTOR = "twilio"\nTWILIO_FROM = "+4915112345678"', false],
  ])('%s %s that Mitto will not answer', async (_, __, vars, isSaid) => {
    const both = { ...env, ...TWILIO };
    const { code, output } = await run(FLAGS, { cwd: folder(`[vars]\n${vars}`), env: both });
    expect(code).toBe(0);
    expect(output.includes('docs/operations.md#egress-fixed-ip-address')).toBe(isSaid);
  });
});

describe('of the address, mitto-otp init', () => {
  const configOf = (cwd: string) => readConfig({ config: join(cwd, 'wrangler.toml') });
  const DOMAIN = { routes: [{ pattern: 'otp.example.com', custom_domain: true }] };

  it.each([
    ['as it ships', OURS, ''],
    ['without another table before', '', BINDINGS],
    ['of one line', 'workers_dev = true', BINDINGS],
  ])('leads a domain here in a wrangler.toml %s', async (_, toml, bindings) => {
    const cwd = folder(toml, bindings);
    expect(await run(FLAGS, { cwd, env })).toMatchObject({ code: 0 });
    const workers_dev = toml.startsWith('workers_dev');
    expect(configOf(cwd)).toMatchObject({ ...DOMAIN, workers_dev, preview_urls: false });
    const once = read(cwd, 'wrangler.toml');
    await run([...FLAGS, '--force'], { cwd, env });
    expect(read(cwd, 'wrangler.toml')).toBe(once);
  });

  it.each([
    ['an address under workers.dev', '', 'https://mitto-otp.me.workers.dev', undefined],
    ['this machine', '', 'http://localhost:8787', undefined],
    ['routes that are there', 'route = "here.example/*"', 'https://here.example', 'here.example/*'],
  ])('writes no routes for %s', async (_, toml, url, route) => {
    const cwd = folder(toml);
    expect(await run([...FLAGS, `--url=${url}`], { cwd, env })).toMatchObject({ code: 0 });
    expect(read(cwd, 'wrangler.toml')).not.toContain('routes');
    expect(configOf(cwd).route).toBe(route);
  });
});

// The program that lends a terminal is called otherwise on other systems.
describe.runIf(process.platform === 'linux')('at a terminal, mitto-otp init', () => {
  it('draws nothing of the key that is typed, and asks again for what is wrong', async () => {
    const cwd = folder();
    const flags = FLAGS.filter((flag) => !flag.startsWith('--countries'));
    const command = [process.execPath, join(ROOT, 'cli/main.ts'), ...flags].join(' ');
    const terminal = spawn('script', ['-qec', command, '/dev/null'], {
      cwd,
      env: { ...process.env, MITTO_API_KEY: '' },
    });
    const answers: [question: string, answer: string][] = [
      ['Which countries', 'Atlantis'],
      ['Which countries', 'de'],
      ['API key', 'a typed key'],
      ['outbound calls', 'relay'],
      ['your relay', 'https://relay.example.com'],
      ['its secret', 'too short as typed'],
      ['its secret', 'the one that is typed for the relay'],
      ['(y/n)', 'n'],
    ];
    let unread = '';
    let drawn = '';
    for await (const chunk of terminal.stdout) {
      drawn += chunk;
      unread += chunk;
      const [question, answer] = answers[0] ?? ['', undefined];
      if (answer === undefined || !unread.includes(question)) continue;
      terminal.stdin.write(`${answer}\r`);
      unread = '';
      answers.shift();
    }
    expect(answers).toEqual([]);
    expect(drawn).toContain('"GB" for the United Kingdom');
    expect(drawn).not.toContain('typed');
    expect(varsOf(cwd)).toMatchObject({ ALLOWED_COUNTRIES: ['DE'] });
    expect(varsOf(cwd)).toMatchObject({ EGRESS: 'relay', RELAY_URL: 'https://relay.example.com' });
    expect(parseEnv(read(cwd, '.dev.vars'))).toMatchObject({
      MITTO_API_KEY: 'a typed key',
      RELAY_SECRET: 'the one that is typed for the relay',
    });
  });
});

describe('of .dev.vars, mitto-otp init', () => {
  it('leaves every line that is there', async () => {
    const cwd = folder();
    const lines = [
      '# Ours',
      'MITTO_2FA_BASE_URL=http://127.0.0.1:9999',
      '  TWILIO_AUTH_TOKEN = "an-auth-token"',
      'export OTHER="a#1"',
      'LONG="one',
      'MITTO_ACCOUNT_ID=two"',
      'MITTO_API_KEY="k#1-of-ours"',
    ].join('\n');
    writeFileSync(join(cwd, '.dev.vars'), lines, { mode: 0o644 });
    expect(await run(FLAGS, { cwd, env })).toMatchObject({ code: 0 });
    const text = read(cwd, '.dev.vars');
    expect(text.startsWith(`${lines}\n`)).toBe(true);
    expect(parseEnv(text)).toMatchObject({
      MITTO_API_KEY: 'k#1-of-ours',
      MITTO_ACCOUNT_ID: 'AC0123456789abcdef0123456789abcdef',
      OTP_SECRET: expect.stringMatching(/^\S{43}$/),
    });
    expect(statSync(join(cwd, '.dev.vars')).mode & 0o077).toBe(0);
  });

  it('fills in the lines of the example where they stand', async () => {
    const cwd = folder();
    copyFileSync(join(ROOT, '.dev.vars.example'), join(cwd, '.dev.vars'));
    await run(FLAGS, { cwd, env });
    const names = [...read(cwd, '.dev.vars').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(names.sort()).toEqual([
      'ADMIN_TOKEN',
      'MITTO_ACCOUNT_ID',
      'MITTO_API_KEY',
      'OTP_SECRET',
      'SITE_SECRET',
    ]);
  });

  it('writes nothing behind a quote that is not closed', async () => {
    const cwd = folder();
    const open = "NOTE='one\nOTHER=two";
    writeFileSync(join(cwd, '.dev.vars'), open);
    const { code, errors } = await run(FLAGS, { cwd, env });
    expect(code).toBe(2);
    expect(errors).toContain('does not add to');
    expect(read(cwd, '.dev.vars')).toBe(open);
  });

  it('says that it cannot hold a key with every kind of quote', async () => {
    const cwd = folder();
    const { code, errors } = await run(FLAGS, { cwd, env: { MITTO_API_KEY: 'a\'#`"key' } });
    expect(code).toBe(2);
    expect(errors).toContain('npx wrangler secret put MITTO_API_KEY');
    expect(existsSync(join(cwd, '.dev.vars'))).toBe(false);
  });
});

describe('of wrangler.toml, mitto-otp init', () => {
  const ANSWERS = {
    PUBLIC_URL: 'https://otp.example.com',
    ALLOWED_ORIGINS: ['https://www.example.com', 'https://shop.example.com'],
    ALLOWED_COUNTRIES: ['DE', 'AT'],
    SENDER: 'Example',
  };

  it.each([
    ['another kind of quotes', "[vars]\nPUBLIC_URL = 'https://here.example'"],
    ['a list over several lines', '[vars]\nALLOWED_COUNTRIES = [\n  "FR", # first\n  "IT",\n]'],
    ['spaces and a remark', '[ vars ] # ours\n  "SENDER"  =  "Here" # theirs'],
    ['dotted keys', 'vars.SENDER = "Here"'],
    ['a table in one line', 'vars = { SENDER = "Here" }'],
    ['a table of its own before', '[vars.LIMITS]\nsend_total = "1/1d"\n[vars]\nSENDER = "Here"'],
    [
      'the same names elsewhere',
      '# PUBLIC_URL = ""\n[env.staging.vars]\nSENDER = "There"\n[vars]\nSENDER = "Here"',
    ],
    ['Windows’ ends of lines', '[vars]\r\nSENDER = "Here"\r\nPUBLIC_URL = ""\r\n'],
  ])('reads %s, and writes nothing twice', async (_, toml) => {
    const cwd = folder(toml);
    const before = read(cwd, 'wrangler.toml');
    const former = varsOf(cwd) as object;
    const { code, output, errors } = await run(FLAGS, { cwd, env });
    if (code === 0) {
      expect(varsOf(cwd)).toMatchObject({
        ...ANSWERS,
        ...Object.fromEntries(Object.entries(former).filter(([, value]) => value !== '')),
      });
      expect(output).not.toMatch(/wrote {2}(\w+) =[\s\S]* \1 = /);
    } else {
      expect(errors).toContain('in a form that this command does not change');
      expect(read(cwd, 'wrangler.toml')).toBe(before);
    }

    const forced = await run([...FLAGS, '--force'], { cwd, env });
    if (forced.code === 0) expect(varsOf(cwd)).toMatchObject(ANSWERS);
    else expect(read(cwd, 'wrangler.toml')).toBe(before);
    expect(read(cwd, 'wrangler.toml').includes('# theirs')).toBe(toml.includes('# theirs'));
  });

  it.each([
    ['that is broken', '[vars]\nSENDER = "a"\nSENDER = "b"\n', 'cannot be read'],
    ['that it cannot change', 'vars = { SENDER = "Here" }\n', 'does not change'],
  ])('leaves one alone %s, and says so', async (_, toml, words) => {
    const cwd = folder(toml);
    const before = read(cwd, 'wrangler.toml');
    const { code, output, errors } = await run(FLAGS, { cwd, env });
    expect(code).toBe(2);
    expect(errors).toContain(words);
    expect(output).not.toContain('wrote');
    expect(read(cwd, 'wrangler.toml')).toBe(before);
    expect(existsSync(join(cwd, '.dev.vars'))).toBe(false);
  });
});

describe('beside a Worker of another kind, mitto-otp init', () => {
  const OTHER = ['name = "other"', '[[migrations]]', 'tag = "v1"', 'new_classes = ["Other"]'];

  it('writes nothing, and shows the lines with which ours can run in it', async () => {
    const cwd = folder(OTHER.join('\n'), '');
    const { code, output, errors } = await run(FLAGS, { cwd, env });
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(readdirSync(cwd)).toEqual(['wrangler.toml']);

    const [, lines = ''] = /\n\n([\s\S]+)/.exec(errors) ?? [];
    writeFileSync(join(cwd, 'wrangler.toml'), `${OTHER.join('\n')}\n${lines}`);
    const { migrations, ...own } = readConfig({ config: join(cwd, 'wrangler.toml') });
    const { migrations: _, ...ours } = readConfig({ config: join(ROOT, 'cli/wrangler.toml') });
    for (const name of ['kv_namespaces', 'durable_objects', 'ratelimits'] as const)
      expect(own[name]).toEqual(ours[name]);
    expect(own.assets).toMatchObject({
      binding: 'ASSETS',
      run_worker_first: true,
      directory: expect.stringContaining('node_modules/mitto-otp/dist/assets'),
    });
    expect(migrations).toEqual([
      { tag: 'v1', new_classes: ['Other'] },
      {
        tag: 'mitto-otp',
        new_sqlite_classes: ['PhoneGate', 'SendLedger', 'ClientGate', 'GuardObject'],
      },
    ]);
    expect(await run(FLAGS, { cwd, env })).toMatchObject({ code: 0 });
  });

  it.each([
    ['OTP_KV', '[[kv_namespaces]]\nbinding = "OTP_KV"'],
    ['BURST', '[[ratelimits]]\nname = "BURST"'],
    ['CLIENT_GATE', 'new_sqlite_classes = [ "ClientGate" ]'],
    ['run_worker_first', '[assets]'],
  ])('shows of what it lacks %s alone', async (name, lines) => {
    const without = BINDINGS.split(/\n(?=\[)/).map((table) =>
      table.startsWith('[assets]')
        ? table.replace(`${name} = true`, '')
        : !table.includes(`"${name}"`) && table,
    );
    const { code, errors } = await run(FLAGS, {
      cwd: folder('', without.filter(Boolean).join('\n')),
      env,
    });
    expect(code).toBe(2);
    expect(errors).toContain(lines);
    const tables = [...errors.matchAll(/^\[+(?!ratelimits\.simple)/gm)];
    expect(tables).toHaveLength(name === 'CLIENT_GATE' ? 2 : 1);
  });

  it.each([
    ['no .gitignore', undefined],
    ['one that names the example alone', 'node_modules\n!.dev.vars.example\n.dev.vars.example'],
  ])('keeps the secrets out of git where there is %s', async (_, ignored) => {
    const cwd = folder('name = "own"');
    if (ignored) writeFileSync(join(cwd, '.gitignore'), ignored);
    await run(FLAGS, { cwd, env });
    const text = read(cwd, '.gitignore');
    expect(text).toBe(`${ignored ? `${ignored}\n` : ''}.dev.vars*\n`);
    await run(FLAGS, { cwd, env });
    expect(read(cwd, '.gitignore')).toBe(text);
  });
});
