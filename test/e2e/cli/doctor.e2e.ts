/** `mitto-otp doctor` where the outside joins in: the address that calls leave by, and a phone that gets a code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctor } from '../../../cli/doctor/doctor.ts';
import { addressFindings } from '../../../cli/doctor/egress-address.ts';
import { Stopped, UsageError } from '../../../cli/terminal.ts';
import { type Stack, startStack } from '../../../demo/stack.ts';
import type { WayOut } from '../../../worker/doctor/egress-findings.ts';
import type { Finding } from '../../../worker/doctor/finding.ts';
import { freePort } from '../../support/free-port.ts';
import { SECRET, type SpawnedRelay, spawnRelay } from '../../support/relay/spawned-relay.ts';
import { runToEnd } from '../support/processes.ts';
import { shippedToml } from '../support/shipped-toml.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ADMIN_TOKEN = 'the token of the operators, long enough';
const PHONE = '+4915123456789';

const folder = () => mkdtempSync(join(tmpdir(), 'mitto-otp-doctor-'));

/** Runs it with somebody at the keyboard. */
async function examine(
  product: Stack,
  parameters: readonly string[] = [],
  type: (question: string) => string = () => '',
) {
  const printed: string[] = [];
  const noted: string[] = [];
  const code = await doctor(['--url', product.url, '--token', ADMIN_TOKEN, ...parameters], {
    print: (line) => printed.push(line),
    note: (line) => noted.push(line),
    canAsk: true,
    ask: async (question) => type(question),
  });
  return { code, output: printed.join('\n'), noted: noted.join('\n') };
}

const run = (parameters: readonly string[], cwd = ROOT) =>
  runToEnd(process.execPath, [join(ROOT, 'cli/main.ts'), ...parameters], { cwd });

describe('the doctor of a deployment', () => {
  it('whose proofs name an address where it is not, says that no server will take them', async () => {
    const elsewhere = `http://localhost:${await freePort()}`;
    const product = await startStack({
      port: 0,
      settings: { ADMIN_TOKEN, PUBLIC_URL: elsewhere },
    });
    try {
      const { code, output } = await examine(product);
      expect(code).toBe(1);
      expect(output).toContain(
        `✗ issuer of the proofs: ${elsewhere} does not respond; this deployment is at ${product.url}`,
      );
      expect(output).toContain(`Set PUBLIC_URL = "${product.url}"`);
    } finally {
      await product.close();
    }
  });
});

describe('the doctor of an address', () => {
  it.each([
    [
      'its stores that take no write',
      { status: 'store_unavailable', checks: [] },
      'stores: writes fail',
    ],
    ['something else that answers there', { status: 'down' }, 'not from a mitto-otp Worker'],
  ])('tells %s, and no more', async (_what, health, words) => {
    const server = createServer((_request, response) => {
      response.writeHead(503).end(JSON.stringify(health));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, output } = await run(['doctor', '--url', `http://127.0.0.1:${port}`], folder());
    server.close();
    expect(code).toBe(1);
    expect(output.match(/✗/g)).toHaveLength(1);
    expect(output).toContain(words);
  });
});

describe('the doctor of a deployment behind a relay', () => {
  let relay: SpawnedRelay;
  let product: Stack;
  beforeAll(async () => {
    relay = await spawnRelay({ RELAY_OUTSIDE_ADDRESS: '203.0.113.7' });
    product = await startStack({
      port: 0,
      settings: { ADMIN_TOKEN, EGRESS: 'relay', RELAY_URL: relay.url, RELAY_SECRET: SECRET },
    });
  });
  afterAll(async () => {
    await product.close();
    await relay.stop();
  });

  it('tells the address that calls leave by', async () => {
    const { code, output } = await examine(product);
    expect(output).toContain('✓ egress address: 203.0.113.7');
    expect(output).toContain(`relay ${relay.url} accepts the signature`);
    expect(code).toBe(0);
  });

  it('takes the one that Mitto has allow-listed, if it is that', async () => {
    const { code, output } = await examine(product, ['--egress-address', '203.0.113.7']);
    expect(output).toContain('✓ egress address: 203.0.113.7');
    expect(code).toBe(0);
  });

  it.each(['203.0.113.8', '2001:db8::7'])('says that it is not %s', async (address) => {
    const { code, output } = await examine(product, ['--egress-address', address]);
    expect(output).toContain(`✗ egress address: 203.0.113.7, expected ${address}`);
    expect(output).toContain('Have Mitto allow-list 203.0.113.7 too');
    expect(code).toBe(1);
  });

  it.each(['relay.example.com', '10.0.0.7', '203.0.113.0/24', '::1'])(
    'takes no %s for an address',
    async (address) => {
      await expect(examine(product, ['--egress-address', address])).rejects.toThrow(UsageError);
    },
  );

  it('says of a relay that is down that it is, and of nothing else', async () => {
    await relay.stop();
    const { code, output } = await examine(product);
    expect(code).toBe(1);
    expect(output.match(/✗.*/g)).toEqual([
      `✗ egress to the providers: relay ${relay.url}: no response`,
    ]);
    expect(output).not.toContain('may have been sent');
  });
});

describe('the address that calls leave by', () => {
  const known = { url: 'http://203.0.113.7', given: undefined, isAnswered: false };
  const relayed = (...addresses: string[]): WayOut => ({
    by: 'relay',
    isOnCloudflare: true,
    relay: 'https://203.0.113.9',
    addresses,
  });
  const direct = { by: 'direct', relay: undefined, addresses: [] } as const;

  it.each<[string, WayOut, Partial<typeof known> | { given: string }, Finding['result'], RegExp]>([
    ['behind a NAT', relayed('10.0.0.5'), {}, 'warning', /10\.0\.0\.5.*203\.0\.113\.9/],
    ['behind a NAT, and its name', relayed('10.0.0.5'), { given: '203.0.113.9' }, 'ok', /\.9/],
    ['behind a NAT, and another', relayed('fd00::5'), { given: '203.0.113.8' }, 'warning', /\.9/],
    ['of a relay not yet used', relayed(), {}, 'warning', /has not called a provider/],
    ['in one spelling', relayed('2001:0DB8:0::7'), { given: '2001:db8::7' }, 'ok', /2001:db8::7/],
    [
      'one of two',
      relayed('2001:db8::7', '203.0.113.7'),
      { given: '203.0.113.7' },
      'warning',
      /2001:db8::7/,
    ],
    ['of a machine', { ...direct, isOnCloudflare: false }, {}, 'warning', /to 203\.0\.113\.7$/],
    [
      'of a machine, as named',
      { ...direct, isOnCloudflare: false },
      { given: '203.0.113.7' },
      'ok',
      /203/,
    ],
    [
      'of a machine, and another',
      { ...direct, isOnCloudflare: false },
      { given: '203.0.113.8' },
      'warning',
      /expected 203\.0\.113\.8/,
    ],
    [
      'of Cloudflare',
      { ...direct, isOnCloudflare: true },
      { given: '203.0.113.7' },
      'warning',
      /203/,
    ],
    ['of a network', { ...relayed(), by: 'vpc' }, {}, 'warning', /network/],
    ['of a network that Mitto knows', { ...relayed(), by: 'vpc' }, { isAnswered: true }, 'ok', /./],
  ])('%s', async (_what, way, changes, result, detail) => {
    const [finding] = await addressFindings(way, { ...known, ...changes });
    expect(finding).toMatchObject({ result, detail: expect.stringMatching(detail) as string });
  });

  it('straight from Cloudflare is nothing to ask about', async () => {
    expect(await addressFindings({ ...direct, isOnCloudflare: true }, known)).toEqual([]);
  });
});

describe('the doctor with a phone', () => {
  let product: Stack;
  beforeAll(async () => {
    product = await startStack({
      port: 0,
      settings: { ADMIN_TOKEN, LIMITS: { message_per_phone: '100/1h' } },
    });
  });
  afterAll(() => product.close());

  const sent = () => product.sandbox.inbox.list({ to: PHONE });
  const codeOf = () => sent().at(-1)?.code ?? '';
  const record = () => join(folder(), 'answers.json');
  const probe = (file: string, ...more: string[]) => ['--to', PHONE, '--record', file, ...more];

  it('sends a code, checks it, and records what Mitto answered with numbers masked', async () => {
    const file = record();
    const { code, output } = await examine(product, probe(file), codeOf);
    expect(output).toMatch(/✓ verify a wrong code: rejected/);
    expect(output).toMatch(/✓ verify the right code: accepted/);
    expect(output).toMatch(/✓ cancel a code/);
    expect(code).toBe(0);
    const text = readFileSync(file, 'utf8');
    const fixture = JSON.parse(text) as { send: { body: string } };
    expect(Object.keys(fixture)).toEqual(['at', 'send', 'verifyWrong', 'verifyRight', 'cancel']);
    expect(fixture.send.body).toContain('OTPxxxx');
    expect(text).not.toContain('15123456789');
  });

  it('takes a code as phones show it, and asks again for one that is none', async () => {
    const typed = ['12', codeOf];
    const { output } = await examine(product, probe(record()), () => {
      const next = typed.shift();
      return typeof next === 'function' ? next().replace(/^(...)/, ' $1 ') : (next ?? '');
    });
    expect(output).toMatch(/✓ verify the right code: accepted/);
  });

  it('asks once more for a mistyped code before it blames Mitto', async () => {
    let questions = 0;
    const { code, output } = await examine(product, probe(record()), () => {
      questions += 1;
      const right = codeOf();
      return questions === 1 ? `${right.slice(0, -1)}${(Number(right.at(-1)) + 1) % 10}` : right;
    });
    expect(output).toMatch(/✓ verify the right code: accepted/);
    expect(output).not.toContain('MITTO_VERIFY_KEYS');
    expect(code).toBe(0);
  });

  it('where no code is typed, cancels the one that was sent and sends no other', async () => {
    const before = sent().length;
    const { output } = await examine(product, probe(record()));
    expect(output).toMatch(/! verify a code: no code entered/);
    expect(output).toMatch(/✓ cancel a code/);
    expect(sent()).toHaveLength(before + 1);
  });

  it('keeps the record of what was paid for when it is stopped at the question', async () => {
    const file = record();
    const stopped = examine(product, probe(file), () => {
      throw new Stopped('Stopped.');
    });
    await expect(stopped).rejects.toThrow(Stopped);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ send: { status: 200 } });
  });

  it('sends nothing where nobody can type, or the record cannot be written', async () => {
    const before = sent().length;
    const flags = ['doctor', '--url', product.url, '--token', ADMIN_TOKEN, '--to', PHONE];
    const nobody = await run(flags, folder());
    expect(nobody).toMatchObject({ code: 2, output: '' });
    expect(nobody.errors).toContain('Run it in a terminal');
    const missing = join(folder(), 'missing', 'answers.json');
    await expect(examine(product, probe(missing), codeOf)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(sent()).toHaveLength(before);
  });

  it('sends nothing after a check that has failed, unless it is told to', async () => {
    const before = sent().length;
    const file = record();
    const stranger = ['--origin', 'https://stranger.example'];
    const held = await examine(product, probe(file, ...stranger), codeOf);
    expect(held.code).toBe(1);
    expect(held.noted).toContain('No code was sent');
    expect(sent()).toHaveLength(before);
    expect(existsSync(file)).toBe(false);
    const forced = await examine(product, probe(file, ...stranger, '--force'), codeOf);
    expect(forced.output).toMatch(/✓ verify the right code: accepted/);
  });

  it('says what is wrong with a number', async () => {
    const of = async (to: string) =>
      (await examine(product, ['--to', to, '--record', record()])).output;
    expect(await of('+4930123456')).toMatch(/✗ send a code: invalid_phone\n.*mobile/);
    expect(await of('+819012345678')).toMatch(
      /✗ send a code: destination_not_allowed\n.*ALLOWED_COUNTRIES/,
    );
  });

  it('prints JSON and nothing else for scripts', async () => {
    const { output } = await examine(product, probe(record(), '--json'), codeOf);
    const { findings } = JSON.parse(output) as { findings: Finding[] };
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['issuer', 'egress', 'probe.right']),
    );
  });

  it('looks at a site by the origin that browsers write', async () => {
    const { output } = await examine(product, ['--origin', `${product.url}/a/page`]);
    expect(output).toContain(`✓ origin ${product.url}: allowed`);
  });

  it('asks for a token that is set, and says how to set one', async () => {
    const { code, output } = await run(['doctor', '--url', product.url], folder());
    expect(output).toContain('npx wrangler secret put ADMIN_TOKEN');
    expect(code).toBe(0);
  });
});

describe('mitto-otp', () => {
  it.each([
    [['doctor', '--url', 'localhost:8787'], '--url: must be a URL such as https://otp.example.com'],
    [
      ['doctor', '--url', 'otp.example.com'],
      '--url: must be a URL such as https://otp.example.com',
    ],
    [['doctor', '--url', 'http://localhost:9', '--origin', 'localhost:9'], '--origin: must be'],
    [['doctor'], 'No URL: set --url'],
    [['operate'], 'Unknown command "operate"'],
  ])('%j: %s', async (parameters, words) => {
    expect(await run(parameters, folder())).toMatchObject({
      code: 2,
      output: '',
      errors: expect.stringContaining(words) as string,
    });
  });

  it.each([
    [['-h'], 'mitto-otp serve'],
    [['help', 'init'], 'mitto-otp init'],
    [['doctor', '-h'], '--egress-address'],
    [['--version'], JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version],
  ] as [string[], string][])('%j: %s', async (parameters, words) => {
    expect(await run(parameters)).toMatchObject({
      code: 0,
      output: expect.stringContaining(words) as string,
    });
  });

  it.runIf(existsSync('/usr/bin/script')).each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('ends at a %s without a trace of itself', async (_key, byte) => {
    // In a terminal of its own, where init asks its first question.
    const cwd = folder();
    writeFileSync(join(cwd, 'wrangler.toml'), shippedToml());
    const child = spawn(
      '/usr/bin/script',
      [
        '--quiet',
        '--return',
        '--command',
        `"${process.execPath}" "${join(ROOT, 'cli/main.ts')}" init`,
        '/dev/null',
      ],
      { cwd, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const isFirst = output === '';
      output += chunk;
      if (isFirst) child.stdin.write(byte);
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(output).toContain('Stopped.');
    expect(output).not.toMatch(/AbortError|node:internal/);
    expect(code).toBe(130);
  });
});
