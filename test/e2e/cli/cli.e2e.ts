/** `mitto-otp doctor`, as a person runs it. */
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../demo/stack.ts';
import { runToEnd } from '../support/processes.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ADMIN_TOKEN = 'the token of the operators, long enough';

const run = (
  parameters: readonly string[],
  { env = {}, cwd = ROOT }: { env?: Record<string, string>; cwd?: string } = {},
) => runToEnd(process.execPath, [join(ROOT, 'cli/main.ts'), ...parameters], { cwd, env });

describe('mitto-otp doctor', () => {
  let product: Stack;
  beforeAll(async () => {
    product = await startStack({ port: 0, settings: { ADMIN_TOKEN } });
  });
  afterAll(() => product.close());
  const inside = { MITTO_OTP_ADMIN_TOKEN: ADMIN_TOKEN };

  it('finds the product well, and exits with 0', async () => {
    const { code, output } = await run(['doctor', '--url', product.url, '--origin', product.url], {
      env: inside,
    });
    expect(output).not.toContain('✗');
    expect(output).toContain('✓ sign a proof and verify it with the published keys: valid');
    expect(output).toMatch(/0 failed · \d+ warnings?$/m);
    expect(code).toBe(0);
  });

  it('says what to mend, and exits with 1', async () => {
    product.sandbox.knobs.patch({ faults: [{ kind: 'ip_not_allowed', on: 'mitto-2fa' }] });
    const { code, output } = await run(
      ['doctor', '--url', product.url, '--origin', 'https://stranger.example'],
      { env: inside },
    );
    product.sandbox.knobs.reset();
    expect(code).toBe(1);
    expect(output).toMatch(/✗ origin https:\/\/stranger\.example: not allowed/);
    expect(output).toMatch(/✗ credentials of mitto-2fa[\s\S]*→ .*allow-list/);
    expect(output).not.toContain(ADMIN_TOKEN);
  });

  it('needs no flags in the folder that init has written, and shows its token to no other', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'mitto-otp-doctor-'));
    writeFileSync(join(cwd, 'wrangler.toml'), `[vars]\nPUBLIC_URL = "${product.url}"\n`);
    writeFileSync(join(cwd, '.dev.vars'), `ADMIN_TOKEN=${ADMIN_TOKEN}\n`);
    const { code, output } = await run(['doctor'], { cwd });
    expect(output).toContain('sign a proof and verify it with the published keys');
    expect(code).toBe(0);

    const asked: (string | undefined)[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    await run(['doctor', '--url', `http://127.0.0.1:${port}`], { cwd });
    stranger.close();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(Boolean)).toEqual([]);
  });

  it('is read by scripts', async () => {
    const { output } = await run(['doctor', '--url', product.url, '--json'], { env: inside });
    const { findings } = JSON.parse(output) as { findings: { check: string }[] };
    expect(findings.map(({ check }) => check)).toContain('connector.mitto-2fa');
  });

  it('tells a wrong token, and that nobody is there', async () => {
    const wrong = await run(['doctor', '--url', product.url, '--token', 'wrong']);
    expect(wrong.output).toMatch(/not the ADMIN_TOKEN/);
    const nobody = await run(['doctor', '--url', 'http://localhost:9']);
    expect(nobody.code).toBe(1);
    expect(nobody.output).toMatch(/✗ reachability of http:\/\/localhost:9: no response/);
  });

  it('names the settings that are wrong', async () => {
    const broken = await startStack({ port: 0, settings: { ALLOWED_COUNTRIES: [] } });
    try {
      const { code, output } = await run(['doctor', '--url', broken.url], { env: inside });
      expect(code).toBe(1);
      // What follows from it is not told as if it were something else.
      expect(output.match(/✗/g)).toHaveLength(1);
      expect(output).toContain('Fix it in wrangler.toml, and deploy again');
      expect(output).toMatch(/✗ settings: ALLOWED_COUNTRIES must name at least one country/);
    } finally {
      await broken.close();
    }
  });

  it('is called rightly, or says how', async () => {
    expect((await run(['doctor'], { cwd: tmpdir() })).errors).toContain('--url');
    expect(await run(['doctor', '--help'])).toMatchObject({ code: 0 });
    expect(await run(['doctor', '--url', product.url, '--to', '0151'])).toMatchObject({ code: 2 });
    expect(await run(['operate'])).toMatchObject({ code: 2 });
  });
});
