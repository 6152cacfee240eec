/**
 * The package in projects that know nothing of this repository: installed from its tarball, built with their own tools,
 * and opened in a browser. Each is in `fixtures/`, as a person would have it a minute after its framework's first command.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { verifyProof } from '../../../shared/verify-proof.ts';
import { freePort } from '../../support/free-port.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { type FolderSite, serveFolder } from '../support/folder-site.ts';
import { OtpPage } from '../support/otp-page.ts';
import { install, packedPackage } from '../support/packed-package.ts';
import { answers, type Ended, runToEnd } from '../support/processes.ts';
import { proveByApi } from '../support/verify-via-api.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** One for each visit: a number waits between two codes. */
const NUMBERS = {
  vite: '+4915228817381',
  viteServer: '+4915228817388',
  vue: '+4915228817382',
  svelte: '+4915228817383',
  astro: '+4915228817384',
  next: '+4915228817385',
  plain: '+4915228817386',
  plainTag: '+4915228817387',
  node: '+4915228817389',
};
type Name = keyof typeof NUMBERS;
/** A build asks nobody and tells nobody. */
const QUIET = { NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', CI: 'true' };
const BUILD_MS = 240_000;

let folder: string;
let tarball: string;
let site: FolderSite;
let cdn: FolderSite;
let nextPort: number;
let vitePort: number;
let product: Stack;
let browser: TestBrowser;
let nextServer: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mitto-otp-fresh-'));
  [tarball, site, cdn, nextPort, vitePort] = await Promise.all([
    packedPackage(),
    serveFolder(),
    serveFolder(),
    freePort(),
    freePort(),
  ]);
  product = await startStack({
    port: 0,
    settings: (url) => ({
      ALLOWED_ORIGINS: [
        url,
        site.origin,
        `http://localhost:${nextPort}`,
        `http://localhost:${vitePort}`,
      ],
    }),
  });
  browser = await launchBrowser();
});

afterEach(async () => {
  await browser.closePages();
  product.sandbox.reset();
});

afterAll(async () => {
  nextServer?.kill();
  await browser?.close();
  await product?.close();
  site?.close();
  cdn?.close();
  await rm(folder, { recursive: true });
});

/** @returns where it is, with its dependencies and the package in it */
async function copy(name: Name, add: (project: string) => Promise<void> = async () => {}) {
  const project = await mkdtemp(join(folder, `${name}-`));
  await cp(join(import.meta.dirname, '../fixtures', name), project, { recursive: true });
  await add(project);
  await install(project, [tarball]);
  return project;
}

async function build(name: Name, add?: (project: string) => Promise<void>) {
  const project = await copy(name, add);
  const env = { ...QUIET, ...environment() };
  const { code, output, errors } = await runToEnd('npm', ['run', 'build'], { cwd: project, env });
  if (code !== 0) throw new Error(`${name}: ${output}${errors}`);
  return project;
}

function environment(): NodeJS.ProcessEnv {
  return {
    VITE_OTP_URL: product.url,
    PUBLIC_OTP_URL: product.url,
    // Vite and React build for development where it is set to something else.
    NODE_ENV: undefined,
  };
}

/** Through the page, as a visitor. */
async function prove(url: string, name: Name) {
  const page = await browser.openPage(url);
  const visit = new OtpPage(page, product.sandbox);
  const { code } = await visit.sendCodeTo(NUMBERS[name]);
  await visit.typeCode(code);
  await visit.verified.waitFor();
  return page;
}

/** What the project's own listener has written down. */
async function shownProof(page: Page): Promise<string> {
  const output = page.locator('output', { hasText: /./ });
  return (await output.textContent()) ?? '';
}

describe('a fresh project', () => {
  it.each(['vite', 'vue', 'svelte', 'astro'] as const)(
    'of %s type-checks, builds and proves a number',
    async (name) => {
      site.folder = join(await build(name), 'dist');
      const page = await prove(site.origin, name);
      const claims = await verifyProof(await shownProof(page), {
        issuer: product.url,
        audience: site.origin,
      });
      expect(claims.phone_number).toBe(NUMBERS[name]);
      expect(browser.takeErrors()).toEqual([]);
    },
    BUILD_MS,
  );

  it(
    'of vite proves a number in the server that one develops with',
    async () => {
      const project = await copy('vite');
      const url = `http://localhost:${vitePort}`;
      const server = spawn('npx', ['vite', '--port', String(vitePort), '--strictPort'], {
        cwd: project,
        env: { ...process.env, ...QUIET, ...environment() },
        stdio: 'ignore',
        detached: true,
      });
      try {
        await answers(url);
        const page = await prove(url, 'viteServer');
        const proof = await shownProof(page);
        const claims = await verifyProof(proof, { issuer: product.url, audience: url });
        expect(claims.phone_number).toBe(NUMBERS.viteServer);
        expect(browser.takeErrors()).toEqual([]);
      } finally {
        await endGroup(server);
      }
    },
    BUILD_MS,
  );

  it(
    'of Next, with React 19, proves a number, and its route handler checks the proof',
    async () => {
      const project = await build('next', async (path) => {
        await mkdir(join(path, 'app/sign-up'), { recursive: true });
        await cp(
          join(ROOT, 'integrations/servers/next-route.ts'),
          join(path, 'app/sign-up/route.ts'),
        );
      });
      const url = `http://localhost:${nextPort}`;
      nextServer = spawn('npx', ['next', 'start', '--port', String(nextPort)], {
        cwd: project,
        env: {
          ...process.env,
          ...QUIET,
          NODE_ENV: 'production',
          OTP_URL: product.url,
          SITE_URL: url,
        },
        stdio: 'ignore',
        detached: true,
      });
      try {
        await answers(url);
        const page = await prove(url, 'next');
        const proof = await shownProof(page);
        expect(browser.takeErrors()).toEqual([]);
        const [answer] = await Promise.all([
          page.waitForResponse((response) => response.url() === `${url}/sign-up`),
          page.getByRole('button', { name: 'Sign up' }).click(),
        ]);
        expect(await answer.json()).toEqual({ phone: NUMBERS.next });

        const post = (body: BodyInit, headers: HeadersInit = {}) =>
          fetch(`${url}/sign-up`, { method: 'POST', body, headers });
        // A proof that was seen is worth nothing in another visit.
        const visit =
          (await fetch(`${url}/sign-up`)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
        for (const [body, headers, code] of [
          [new URLSearchParams({ 'phone-proof': proof }), { Cookie: visit }, 'wrong_nonce'],
          [new URLSearchParams({ 'phone-proof': proof }), {}, 'wrong_nonce'],
          [new URLSearchParams({ 'phone-proof': 'no proof' }), { Cookie: visit }, 'malformed'],
          ['{}', { 'Content-Type': 'application/json' }, 'malformed'],
        ] as const) {
          const refused = await post(body, headers);
          expect(refused.status).toBe(422);
          expect(await refused.json()).toEqual({ code });
        }
      } finally {
        await endGroup(nextServer);
      }
    },
    BUILD_MS,
  );
});

describe('a fresh project of plain Node', () => {
  it(
    'type-checks without the types of a browser, and takes the number from the proof',
    async () => {
      const project = await build('node');
      const proof = await proveByApi(product, { origin: site.origin, phone: NUMBERS.node });
      expect(await check(project, proof)).toEqual({
        code: 0,
        output: `${NUMBERS.node}\n`,
        errors: '',
      });
      const changed = `${proof.slice(0, -4)}AAAA`;
      expect(await check(project, changed)).toEqual({
        code: 1,
        output: '',
        errors: 'bad_signature\n',
      });
    },
    BUILD_MS,
  );

  /** @param proof goes in by the input: the arguments of a program are there for others to read */
  async function check(project: string, proof: string): Promise<Ended> {
    const child = spawn(process.execPath, ['dist/check.js'], {
      cwd: project,
      env: { ...process.env, OTP_URL: product.url, SITE_URL: site.origin },
    });
    child.stdin.end(proof);
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { code, output, errors };
  }
});

describe('a plain page with the file from a CDN', () => {
  beforeAll(async () => {
    const project = join(folder, 'plain');
    await mkdir(project);
    await writeFile(join(project, 'package.json'), '{"private":true}');
    await install(project, [tarball]);
    cdn.folder = join(project, 'node_modules/mitto-otp/dist/assets');
  });

  async function write(integrity: string, importMap = ''): Promise<void> {
    site.folder = join(folder, 'plain');
    await writeFile(
      join(site.folder, 'index.html'),
      `<!doctype html>
       <html lang="en">
         <title>A shop</title>
         ${importMap}
         <script type="module" crossorigin src="${cdn.origin}/mitto-otp.js" integrity="${integrity}"></script>
         <form><mitto-otp name="phone-proof" required endpoint="${product.url}"></mitto-otp><button>Sign up</button></form>
       </html>`,
    );
  }

  async function hashes(): Promise<Record<string, string>> {
    return JSON.parse(await readFile(join(cdn.folder, 'integrity.json'), 'utf8'));
  }

  it('names the hash of every script in the package', async () => {
    const files = await hashes();
    const scripts = (await readdir(cdn.folder, { recursive: true })).filter(
      (file) => file.endsWith('.js') && !file.startsWith('console'),
    );
    expect(Object.keys(files).sort()).toEqual(scripts.sort());
    for (const file of scripts) expect(files[file]).toBe(await sha384(join(cdn.folder, file)));
  });

  it('proves a number with the hash of the file alone', async () => {
    await write(await sha384(join(cdn.folder, 'mitto-otp.js')));
    await prove(site.origin, 'plainTag');
    expect(browser.takeErrors()).toEqual([]);
  });

  it('proves a number with the hashes that the package names, of all files', async () => {
    const files = await hashes();
    const integrity = Object.fromEntries(
      Object.entries(files).map(([file, hash]) => [`${cdn.origin}/${file}`, hash]),
    );
    const importMap = `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
    await write(files['mitto-otp.js'] ?? '', importMap);
    const page = await prove(site.origin, 'plain');
    await Promise.all([
      page.waitForURL((url) => url.searchParams.has('phone-proof')),
      page.getByRole('button', { name: 'Sign up' }).click(),
    ]);
    const proof = new URL(page.url()).searchParams.get('phone-proof') ?? '';
    const claims = await verifyProof(proof, { issuer: product.url, audience: site.origin });
    expect(claims.phone_number).toBe(NUMBERS.plain);
  });

  it('does not run a file of another hash', async () => {
    await write(`sha384-${'A'.repeat(64)}`);
    const page = await browser.openPage(site.origin);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => customElements.get('mitto-otp') === undefined)).toBe(true);
  });
});

async function sha384(file: string): Promise<string> {
  return `sha384-${createHash('sha384')
    .update(await readFile(file))
    .digest('base64')}`;
}

/** `npx` does not pass a signal on to what it has started. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await exited;
}
