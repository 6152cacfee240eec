import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseLine, readTrace, TraceError, type TraceLine } from './trace.ts';

const SEND = {
  at: 1_760_000_000_000,
  kind: 'send',
  phone: '+4915112345678',
  channel: 'sms',
  ip: '198.51.100.7',
  cf: { country: 'DE', asn: 3320 },
  site: 'https://shop.example',
  flow: 'default',
  truth: { honest: true, verifiesAfterMs: 14_000 },
};
const folder = mkdtempSync(join(tmpdir(), 'guard-trace-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(...lines: string[]): Promise<TraceLine[]> {
  const file = join(folder, 'trace.jsonl');
  writeFileSync(file, lines.join('\n'));
  const read: TraceLine[] = [];
  for await (const line of readTrace(file)) read.push(line);
  return read;
}

describe('a line of a trace', () => {
  it('is read as it was written', () => {
    expect(parseLine(JSON.stringify(SEND), 'a:1')).toEqual(SEND);
    const report = { at: 1, kind: 'report', phone: '+4915112345678', state: 'undelivered' };
    expect(parseLine(JSON.stringify(report), 'a:1')).toEqual(report);
    const feedback = { at: 1, kind: 'feedback', phone: '+4915112345678', outcome: 'fraud' };
    expect(parseLine(JSON.stringify(feedback), 'a:1')).toEqual(feedback);
  });

  it('does without what a host outside Cloudflare does not know', () => {
    const { cf: _cf, flow: _flow, channel: _channel, ...bare } = SEND;
    expect(parseLine(JSON.stringify(bare), 'a:1')).toMatchObject({
      cf: {},
      flow: 'default',
      channel: 'sms',
    });
  });

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['no object', '[]', 'kind: is missing'],
    ['a null', 'null', 'must be an object'],
    ['an unknown kind', JSON.stringify({ ...SEND, kind: 'call' }), 'kind: must be'],
    ['no time', JSON.stringify({ ...SEND, at: undefined }), 'at: is missing'],
    ['a time of day', JSON.stringify({ ...SEND, at: '12:00' }), 'at: must be milliseconds'],
    ['half milliseconds', JSON.stringify({ ...SEND, at: 1.5 }), 'at: must be whole milliseconds'],
    ['a national number', JSON.stringify({ ...SEND, phone: '0151123' }), 'phone: must be in E.164'],
    ['another channel', JSON.stringify({ ...SEND, channel: 'fax' }), 'channel: must be "sms"'],
    [
      'a site with a path',
      JSON.stringify({ ...SEND, site: 'https://a.example/b' }),
      'site: must be',
    ],
    ['a flow that none can be called', JSON.stringify({ ...SEND, flow: 'A b' }), 'flow: must be'],
    ['no truth', JSON.stringify({ ...SEND, truth: undefined }), 'truth: '],
    [
      'a truth without honesty',
      JSON.stringify({ ...SEND, truth: { honest: 'yes' } }),
      'truth.honest: must be true or false',
    ],
    [
      'a probability above one',
      JSON.stringify({ ...SEND, truth: { honest: true, passes: 1.1 } }),
      'truth.passes: must be between 0 and 1',
    ],
    ['a member too many', JSON.stringify({ ...SEND, country: 'DE' }), 'country: is not known'],
    [
      'an unknown outcome',
      JSON.stringify({ at: 1, kind: 'feedback', phone: '+4915112345678', outcome: 'bad' }),
      'outcome: must be "genuine" or "fraud"',
    ],
  ])('with %s is refused with its place and the reason', (_what, text, problem) => {
    expect(() => parseLine(text, 'trace.jsonl:7')).toThrow(TraceError);
    expect(() => parseLine(text, 'trace.jsonl:7')).toThrow(`trace.jsonl:7: ${problem}`);
  });

  it('is a TraceError or a line, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          expect(['send', 'report', 'feedback']).toContain(parseLine(text, 'a:1').kind);
        } catch (error) {
          expect(error).toBeInstanceOf(TraceError);
        }
      }),
    );
  });
});

describe('a trace', () => {
  it('may have empty lines, and lines at the same moment', async () => {
    const lines = await read(JSON.stringify(SEND), '', JSON.stringify(SEND), '');
    expect(lines).toHaveLength(2);
  });

  it('is refused where a line comes before the one above it', async () => {
    const earlier = JSON.stringify({ ...SEND, at: SEND.at - 1 });
    await expect(read(JSON.stringify(SEND), '', earlier)).rejects.toThrow(
      /trace\.jsonl:3: at: must not be before the line above it/,
    );
  });
});
