/** What the docs say of deploying, as far as it can be tried without an account: by wrangler's own dry run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runToEnd } from './processes.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const TOML = read('wrangler.toml');
const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-deploy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A block of docs/operations.md, by its first line. */
function block(title: string): string {
  const [, text] =
    new RegExp(`\`\`\`toml\\n# ${title}\\n([\\s\\S]*?)\`\`\``).exec(read('docs/operations.md')) ??
    [];
  if (text === undefined) throw new Error(`docs/operations.md has no block "${title}"`);
  return text;
}

async function dryRun(toml: string, ...flags: string[]) {
  const config = join(folder, 'wrangler.toml');
  const here = toml
    .replace('"worker/index.ts"', `"${join(ROOT, 'worker/index.ts')}"`)
    .replaceAll('"dist/assets"', `"${join(ROOT, 'dist/assets')}"`);
  writeFileSync(config, here);
  const parameters = ['deploy', '--dry-run', '--config', config, ...flags];
  const { code, output, errors } = await runToEnd(
    join(ROOT, 'node_modules/.bin/wrangler'),
    parameters,
    { cwd: folder, env: { WRANGLER_SEND_METRICS: 'false', WRANGLER_WRITE_LOGS: 'false' } },
  );
  return { code, output: output + errors };
}

describe('wrangler takes', () => {
  it('the settings as they ship', async () => {
    const { code, output } = await dryRun(TOML);
    expect(output).not.toMatch(/WARNING/);
    expect(code).toBe(0);
  });

  it('the staging environment of the docs, with every binding of production', async () => {
    const { code, output } = await dryRun(`${TOML}\n${block('staging')}`, '--env', 'staging');
    expect(output).not.toMatch(/WARNING/);
    for (const [, name] of TOML.matchAll(/^(?:name|binding) = "([A-Z_]+)"/gm))
      expect(output).toContain(`env.${name}`);
    expect(output).toContain('https://otp.staging.example.com');
    expect(code).toBe(0);
  });

  it('a domain of one’s own', async () => {
    const { code, output } = await dryRun(TOML.replace('[vars]', `${block('a domain')}\n[vars]`));
    expect(output).not.toMatch(/WARNING/);
    expect(code).toBe(0);
  });

  it('the way out through a network of one’s own', async () => {
    const { code, output } = await dryRun(`${TOML}\n${block('EGRESS = "vpc"')}`);
    expect(output).toContain('EGRESS_VPC');
    expect(code).toBe(0);
  });
});

describe('the button', () => {
  const [, required = ''] = /^required = (\[.*\])$/m.exec(TOML) ?? [];
  const secrets = JSON.parse(required) as string[];
  const { cloudflare, scripts } = JSON.parse(read('package.json')) as {
    cloudflare: { bindings: Record<string, { description: string }> };
    scripts: Record<string, string>;
  };

  it('asks for the secrets that the Worker cannot do without, and for no other', () => {
    const asked = [...read('.dev.vars.example').matchAll(/^([A-Z_]+)=(.*)$/gm)];
    expect(asked.map(([, name]) => name).sort()).toEqual([...secrets].sort());
    // What is suggested there is deployed by whoever does not look.
    expect(asked.map(([, , value]) => value)).toEqual(secrets.map(() => ''));
  });

  it('describes what it asks for, and nothing that there is not', () => {
    for (const name of secrets) expect(cloudflare.bindings).toHaveProperty(name);
    for (const name of Object.keys(cloudflare.bindings))
      expect(TOML + secrets.join(' ')).toContain(name);
  });

  it('finds the command that builds and deploys', () => {
    expect(scripts['deploy']).toContain('wrangler deploy');
  });
});
