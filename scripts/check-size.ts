/**
 * Builds the widget and bundles the Worker as `wrangler deploy` would, prints what a visitor loads and what
 * Cloudflare starts, and fails past the budget, or where README names another hash than the build has. Sizes are gzip,
 * level 9.
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { integrityOf } from '../build/sri-hashes.ts';

const KILOBYTE = 1000;
const outdir = mkdtempSync(join(tmpdir(), 'mitto-otp-size-'));
/** A later file of the widget: its name has a hash of what is in it. */
const later = (name: string) => globSync(`dist/assets/mitto-otp/${name}-*.js`)[0] ?? name;
const run = (command: string, ...parameters: string[]) =>
  execFileSync(join('node_modules', '.bin', command), parameters, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  });

try {
  run('vite', 'build', '--logLevel', 'error');
  run('vite', 'build', '-c', 'vite.console.config.ts', '--logLevel', 'error');
  run('wrangler', 'deploy', '--config', 'cli/wrangler.toml', '--dry-run', '--outdir', outdir);
  const budgets = [
    {
      what: 'widget to first interaction',
      file: 'dist/assets/mitto-otp.js',
      budgetKilobytes: 14.5,
    },
    {
      what: 'widget near the visitor',
      file: later('verification'),
      budgetKilobytes: 24.5,
    },
    { what: 'what follows near the visitor', file: later('finishing'), budgetKilobytes: 4.5 },
    { what: 'number validator', file: later('number-validator'), budgetKilobytes: 17 },
    { what: 'console', file: 'dist/assets/console/console.js', budgetKilobytes: 30 },
    { what: 'Worker', file: join(outdir, 'index.js'), budgetKilobytes: 146 },
  ];
  for (const { what, file, budgetKilobytes } of budgets) {
    const kilobytes = gzipSync(readFileSync(file), { level: 9 }).length / KILOBYTE;
    const isOver = kilobytes > budgetKilobytes;
    console.log(
      `${isOver ? 'OVER' : 'ok'}  ${what}: ${kilobytes.toFixed(1)} kB of ${budgetKilobytes} kB gzipped`,
    );
    if (isOver) process.exitCode = 1;
  }
  const integrity = `integrity="${integrityOf(readFileSync('dist/assets/mitto-otp.js'))}"`;
  const isTold = readFileSync('README.md', 'utf8').includes(integrity);
  console.log(
    isTold ? 'ok  README names the hash of mitto-otp.js' : `OLD README must say ${integrity}`,
  );
  if (!isTold) process.exitCode = 1;
} finally {
  rmSync(outdir, { recursive: true });
}
