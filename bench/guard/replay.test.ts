import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'guard-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SEND = {
  at: 1_760_000_000_000,
  kind: 'send',
  phone: '+4915112345678',
  channel: 'sms',
  ip: '198.51.100.7',
  cf: {},
  site: 'https://shop.example',
  flow: 'default',
  truth: { honest: false },
};

function fileOf(name: string, ...lines: unknown[]): string {
  const file = join(folder, name);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(file, text.join('\n'));
  return file;
}

interface Ended {
  code: number;
  out: string;
  err: string;
}

function replay(...parameters: string[]): Promise<Ended> {
  const script = join(import.meta.dirname, 'replay.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...parameters], (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}

describe('replay', () => {
  it('prints a line of JSON for each file and contender', async () => {
    const file = fileOf('two.jsonl', SEND, {
      ...SEND,
      at: SEND.at + 1_000,
      phone: '+4915112345679',
    });
    const prices = fileOf('prices.json', { sms: { default: 1, '+49151': 0.25 } });
    const { code, out, err } = await replay(
      ...[file, '--contender', 'none', '--contender', 'limits', '--seed', '1'],
      ...['--prices', prices, '--json'],
    );
    expect([code, err]).toEqual([0, '']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { file, contender: 'none', messages: 2, leaked: 2, leakedShare: 1, cost: 0.5 },
      { file, contender: 'limits', messages: 2, leaked: 2, firstBlockMs: null, honestLost: 0 },
    ]);
  });

  it.each([
    ['no file', [], 'no trace was given'],
    ['no contender', ['FILE', '--seed', '1'], '--contender: is missing'],
    ['an unknown contender', ['FILE', '--contender', 'x', '--seed', '1'], '"x" is not known'],
    ['no seed', ['FILE', '--contender', 'none'], '--seed: is missing'],
    ['a seed that is no number', ['FILE', '--contender', 'none', '--seed', 'a'], 'got "a"'],
    ['an unknown option', ['FILE', '--contender', 'none', '--sed', '1'], "'--sed'"],
    [
      'a file that is not there',
      ['gone.jsonl', '--contender', 'none', '--seed', '1'],
      'gone.jsonl',
    ],
    [
      'prices that are none',
      ['FILE', '--contender', 'none', '--seed', '1', '--prices', 'FILE'],
      '--prices:',
    ],
  ])('with %s says what is wrong', async (_what, parameters, message) => {
    const file = fileOf('one.jsonl', SEND);
    const given = parameters.map((text) => (text === 'FILE' ? file : text));
    const { code, out, err } = await replay(...given);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });

  it('says in which line of a file what is wrong, before anything is played', async () => {
    const file = fileOf('bad.jsonl', SEND, { ...SEND, phone: '015112345678' });
    const { code, out, err } = await replay(file, '--contender', 'none', '--seed', '1');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(`${file}:2: phone: must be in E.164`);
  });
});
