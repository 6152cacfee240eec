/**
 * Load on `/v1/send` and `/v1/verify`, beside a bare itty-router Worker that answers a constant, in one run and in
 * turns, so that the ratios hold when the machine's speed drifts. The Mitto sandbox answers without delay.
 *
 *     node bench/load/run.ts
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { serveMittoSandbox } from '../../sandbox/serve.ts';
import { drive, type LoadRequest, type LoadResult } from './drive.ts';
import { startBareWorker, startWorker } from './worker-under-load.ts';

const ROUNDS = 5;
const REQUESTS = 1_500;
const SITE = 'https://www.example.com';

const sandbox = await serveMittoSandbox({ port: 0 });
const settings = {
  PUBLIC_URL: 'https://otp.example.com',
  ALLOWED_ORIGINS: SITE,
  ALLOWED_COUNTRIES: 'DE',
  SENDER: 'Example',
  OTP_SECRET: 'a secret of at least thirty-two bytes',
  MITTO_ACCOUNT_ID: sandbox.sandbox.accountId,
  MITTO_API_KEY: sandbox.sandbox.apiKey,
  MITTO_2FA_BASE_URL: sandbox.url,
  LIMITS: JSON.stringify({
    send_total: '1000000/1d',
    send_per_prefix: '1000000/1h',
    cooldown: '3600',
  }),
};

const bare = await startBareWorker('bench/load/bare-worker.ts');
const product = await startWorker('bench/load/product-worker.ts', settings);
const counted = await startWorker('bench/load/counted-worker.ts', settings);

let visitor = 0;
/** A number and an address that nobody had before. */
function freshSend(): LoadRequest {
  visitor += 1;
  const phone = `+49151${String(10_000_000 + visitor)}`;
  const ip = `10.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
  return requestOf({ phone }, ip);
}

function requestOf(
  body: object | string,
  ip = '192.0.2.1',
  more: Record<string, string> = {},
): LoadRequest {
  return {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Origin: SITE, 'CF-Connecting-IP': ip, ...more },
  };
}

interface Case {
  name: string;
  /** What every answer has to be. */
  status: number;
  path: string;
  request(n: number): LoadRequest;
}

const LIMITED_IP = '192.0.2.99';
const COOLING_PHONE = '+4916099999999';

const cases: Case[] = [
  {
    name: 'rejected: not JSON',
    status: 415,
    path: '/v1/send',
    request: () => requestOf('phone=1', undefined, { 'Content-Type': 'text/plain' }),
  },
  {
    name: 'rejected: unknown field',
    status: 400,
    path: '/v1/send',
    request: () => requestOf({ phne: '1' }),
  },
  {
    name: 'rejected: origin',
    status: 403,
    path: '/v1/send',
    request: () => requestOf({ phone: COOLING_PHONE }, undefined, { Origin: 'https://evil.test' }),
  },
  {
    name: 'rejected: no number',
    status: 422,
    path: '/v1/send',
    request: () => requestOf({ phone: '12' }),
  },
  {
    name: 'rejected: address over its limit',
    status: 429,
    path: '/v1/send',
    request: () => requestOf({ phone: '+4915123456789' }, LIMITED_IP),
  },
  {
    name: 'rejected: number in cooldown',
    status: 429,
    path: '/v1/send',
    request: (n) => requestOf({ phone: COOLING_PHONE }, `172.16.${n % 250}.${1 + (n % 250)}`),
  },
  { name: 'a code sent', status: 200, path: '/v1/send', request: freshSend },
];

async function warmUp(): Promise<void> {
  for (const target of [product, counted]) {
    const send = new URL('/v1/send', target.url);
    await drive(send, 10, (n) =>
      requestOf({ phone: `+4915${2 + (n % 2)}${10_000_000 + n}` }, LIMITED_IP),
    );
    await drive(send, 1, () => requestOf({ phone: COOLING_PHONE }, '192.0.2.98'));
    await drive(send, 300, freshSend);
  }
  await drive(new URL('/v1/send', bare.url), 1_000, freshSend);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function measure(
  name: string,
  expected: number,
  run: () => Promise<LoadResult>,
): Promise<void> {
  const ratios: { throughput: number; p50: number; p99: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const base = await drive(new URL('/v1/send', bare.url), REQUESTS, () =>
      requestOf({ phone: COOLING_PHONE }),
    );
    const result = await run();
    const others = Object.keys(result.statuses).filter((status) => Number(status) !== expected);
    if (others.length > 0) throw new Error(`${name}: answered ${JSON.stringify(result.statuses)}`);
    ratios.push({
      throughput: result.requestsPerSecond / base.requestsPerSecond,
      p50: result.p50Ms / base.p50Ms,
      p99: result.p99Ms / base.p99Ms,
    });
  }
  const column = (key: 'throughput' | 'p50' | 'p99') => {
    const values = ratios.map((ratio) => ratio[key]);
    return `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
  };
  console.log(`| ${name} | ${column('throughput')} | ${column('p50')} | ${column('p99')} |`);
}

/** Sends as many codes as there are to check, and reads them from the sandbox's inbox. */
async function checks(target: URL, count: number): Promise<LoadRequest[]> {
  const first = visitor;
  const sent = await drive(new URL('/v1/send', target), count, freshSend, true);
  const codes = new Map(sandbox.sandbox.inbox.list().map(({ to, code }) => [to, code]));
  return sent.bodies.map((body, n) => {
    const { session } = JSON.parse(body) as { session: string };
    const code = codes.get(`+49151${String(10_000_000 + first + 1 + n)}`) ?? '';
    return requestOf({ session, code }, `10.200.${(n >> 8) & 255}.${n & 255}`);
  });
}

/** Resident memory of the workerd processes that belong to this run, in MB; Linux only. */
function residentMegabytes(): number | undefined {
  try {
    const pids = execFileSync('pgrep', ['-P', String(process.pid), 'workerd'], {
      encoding: 'utf8',
    });
    return pids
      .trim()
      .split('\n')
      .map(
        (pid) =>
          Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) /
          1024,
      )
      .reduce((sum, megabytes) => sum + megabytes, 0);
  } catch {
    return undefined;
  }
}

async function countOperations(name: string, path: string, requests: LoadRequest[]): Promise<void> {
  await fetch(new URL('/counts', counted.url));
  await drive(new URL(path, counted.url), requests.length, (n) => requests[n] as LoadRequest);
  const counts = (await (await fetch(new URL('/counts', counted.url))).json()) as Record<
    string,
    number
  >;
  const perRequest = (key: string) => ((counts[key] ?? 0) / requests.length).toFixed(2);
  console.log(
    `| ${name} | ${perRequest('kvReads')} | ${perRequest('kvWrites')} | ${perRequest('objectRequests')} |`,
  );
}

try {
  await warmUp();
  console.log(
    `Ratios to a bare itty-router Worker, median (min–max) of ${ROUNDS} rounds taken in turns.\n`,
  );
  console.log('| request | throughput | p50 latency | p99 latency |\n|---|---|---|---|');
  for (const { name, status, path, request } of cases)
    await measure(name, status, () => drive(new URL(path, product.url), REQUESTS, request));
  await measure('a code verified', 200, async () => {
    const requests = await checks(product.url, 900);
    return drive(
      new URL('/v1/verify', product.url),
      requests.length,
      (n) => requests[n] as LoadRequest,
    );
  });

  console.log('\nOperations a request.\n');
  console.log('| request | KV reads | KV writes | object requests |\n|---|---|---|---|');
  for (const { name, path, request } of cases)
    await countOperations(
      name,
      path,
      Array.from({ length: 100 }, (_, n) => request(n)),
    );
  await countOperations('a code verified', '/v1/verify', await checks(counted.url, 100));

  const before = residentMegabytes();
  if (before !== undefined) {
    const refused = cases.find(({ name }) => name.includes('unknown field')) as Case;
    await drive(new URL('/v1/send', product.url), 5_000, refused.request);
    const middle = residentMegabytes() ?? 0;
    await drive(new URL('/v1/send', product.url), 20_000, refused.request);
    const after = residentMegabytes() ?? 0;
    console.log(
      `\nResident memory of workerd: ${middle.toFixed(0)} MB, and ${after.toFixed(0)} MB after 20,000 refused requests more.`,
    );
  }
} finally {
  await Promise.all([bare.close(), product.close(), counted.close(), sandbox.close()]);
}
