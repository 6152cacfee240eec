/** `npm start`, as a person runs it and ends it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';

const START = join(import.meta.dirname, '../../../demo/start.ts');
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [START, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

/** Free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The processes that this one has started, and they in turn. */
function descendantsOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = rows.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  'says in one line when it is ready, and on %s ends all that it started',
  async (signal) => {
    const port = await freePort();
    const child = start('--port', String(port));
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(line));
    await once(child.stdout, 'data');
    await expect.poll(() => lines).toEqual([`mitto-otp is ready: http://localhost:${port}`]);

    const page = await fetch(`http://localhost:${port}/`);
    expect(await page.text()).toContain('<mitto-otp');
    const health = await fetch(`http://localhost:${port}/healthz`);
    expect(await health.json()).toMatchObject({ status: 'ok' });

    const descendants = descendantsOf(child.pid ?? 0);
    expect(descendants.length).toBeGreaterThan(0);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect.poll(() => descendants.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    expect(lines).toHaveLength(1);
  },
);

const loopbacks = Object.values(networkInterfaces())
  .flat()
  .filter((address) => address?.internal === true)
  .map((address) => address?.address ?? '');

it.each(loopbacks)('says so when the port is taken on %s', async (host) => {
  const other = createServer();
  await new Promise<void>((resolve, reject) => {
    other.once('error', reject);
    other.listen(0, host, resolve);
  });
  try {
    const { port } = other.address() as AddressInfo;
    const child = start('--port', String(port));
    const [out, problem, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(problem).toMatch(
      new RegExp(`^Port ${port} is in use by another program\\..*--port.*\n$`),
    );
  } finally {
    other.close();
  }
});

it.each([
  ['--port', 'eighty'],
  ['--port', '70000'],
  ['--prot', '8787'],
])('refuses %s %s in one line', async (...args) => {
  const child = start(...args);
  const [problem, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  expect(problem.trim().split('\n')).toHaveLength(1);
});
