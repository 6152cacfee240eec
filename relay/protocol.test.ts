import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  fromFrame,
  isSigned,
  isStamp,
  newStamp,
  type SignedPart,
  type Stamp,
  signFrame,
  toFrame,
} from './protocol.ts';

vi.setConfig({ testTimeout: 30_000 });

const SECRET = 'a secret of thirty-two bytes, or more';
const STAMP: Stamp = { timestamp: '1795000000000', nonce: '0123456789abcdef0123456789abcdef' };
const FRAME = '{"method":"POST"}\n{"to":"+49"}';

describe('a signature', () => {
  it('is 64 hex digits, the same on every machine', async () => {
    // By hand: printf 'mitto-otp-relay/1 request\n1795000000000\n…\n{"method":"POST"}\n{"to":"+49"}' | openssl dgst -hmac
    expect(await signFrame(SECRET, 'request', STAMP, FRAME)).toBe(
      '99e870b2bd5f26c5d4591fca63493c5bac9f2af6cb1e59a0e650f20949a5bed1',
    );
  });

  it('holds for what was signed, and for nothing else', async () => {
    const part = fc.constantFrom<SignedPart>('request', 'answer');
    const stamp = fc.record({
      timestamp: fc.nat(10 ** 12).map((ms) => String(ms + 10 ** 12)),
      nonce: fc
        .uint8Array({ minLength: 16, maxLength: 16 })
        .map((bytes) => Buffer.from(bytes).toString('hex')),
    });
    const signed = fc.record({ secret: fc.string(), part, stamp, frame: fc.string() });
    await fc.assert(
      fc.asyncProperty(signed, signed, async (one, other) => {
        fc.pre(one.secret !== '' && other.secret !== '');
        const sign = (it: typeof one) => signFrame(it.secret, it.part, it.stamp, it.frame);
        const check = (it: typeof one, signature: string) =>
          isSigned(it.secret, it.part, it.stamp, it.frame, signature);
        const signature = await sign(one);
        expect(await check(one, signature)).toBe(true);
        for (const changed of [
          { ...one, secret: `${one.secret}x` },
          { ...one, part: one.part === 'request' ? ('answer' as const) : ('request' as const) },
          { ...one, stamp: { ...one.stamp, timestamp: other.stamp.timestamp } },
          { ...one, stamp: { ...one.stamp, nonce: other.stamp.nonce } },
          { ...one, frame: `${one.frame}\n` },
          { ...one, frame: other.frame },
        ]) {
          // Lone surrogates are all sent as the same bytes.
          const isSame =
            changed.secret === one.secret &&
            changed.part === one.part &&
            changed.stamp.timestamp === one.stamp.timestamp &&
            changed.stamp.nonce === one.stamp.nonce &&
            changed.frame.toWellFormed() === one.frame.toWellFormed();
          expect(await check(changed, signature)).toBe(isSame);
        }
        const [first = ''] = signature;
        expect(await check(one, (first === '0' ? '1' : '0') + signature.slice(1))).toBe(false);
      }),
    );
  });

  it.each(['', '00', 'x'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}\n`, 'A'.repeat(64)])(
    'is never %j',
    async (signature) => {
      expect(await isSigned(SECRET, 'request', STAMP, FRAME, signature)).toBe(false);
    },
  );

  it('cannot be moved by parts that hold a line end', async () => {
    const moved = { timestamp: '1795000000000', nonce: `${STAMP.nonce}\n{"method":"POST"}` };
    const signature = await signFrame(SECRET, 'request', moved, '{"to":"+49"}');
    expect(signature).toBe(await signFrame(SECRET, 'request', STAMP, FRAME));
    expect(await isSigned(SECRET, 'request', moved, '{"to":"+49"}', signature)).toBe(false);
  });
});

describe('a stamp', () => {
  it('is new each time', () => {
    const stamps = Array.from({ length: 100 }, () => newStamp(1_795_000_000_000.5));
    expect(stamps.every(isStamp)).toBe(true);
    expect(new Set(stamps.map(({ nonce }) => nonce)).size).toBe(100);
    expect(stamps[0]?.timestamp).toBe('1795000000000');
  });

  it.each<Stamp>([
    { ...STAMP, timestamp: '' },
    { ...STAMP, timestamp: '179500000000' },
    { ...STAMP, timestamp: '-179500000000' },
    { ...STAMP, timestamp: '1795000000000\n' },
    { ...STAMP, nonce: '' },
    { ...STAMP, nonce: 'short' },
    { ...STAMP, nonce: 'x'.repeat(65) },
    { ...STAMP, nonce: `${STAMP.nonce} ` },
  ])('is not %j', (stamp) => {
    expect(isStamp(stamp)).toBe(false);
  });
});

describe('a frame', () => {
  it('gives back what was put in, line ends and all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), (url, body) => {
        const head = { method: 'POST' as const, url, headers: {}, maxAnswerBytes: 1 };
        expect(fromFrame(toFrame({ ...head, body }))).toEqual({ head, body });
      }),
    );
  });

  it('is not made of anything else', () => {
    for (const text of ['', '{}', 'x\n', '{"a":\n1}', `${' '.repeat(9_000)}{}\n`])
      expect(fromFrame(text)).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void fromFrame(text)));
  });
});
