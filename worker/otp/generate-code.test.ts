import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveKeyring, type Keyring } from '../crypto/keyring.ts';
import { generateCode, hashCode } from './generate-code.ts';

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

describe('a code of ours', () => {
  it('has as many digits as asked for, whatever chance brings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 64 }),
        (length, bytes) => {
          // A source that has run dry goes on with zeros, so that it ends.
          const queue = [...bytes];
          const code = generateCode(length, (count) =>
            Uint8Array.from({ length: count }, () => queue.shift() ?? 0),
          );
          expect(code).toMatch(new RegExp(`^[0-9]{${length}}$`));
        },
      ),
    );
  });

  it('throws away the bytes that would favour small digits', () => {
    const bytes = [255, 250, 249, 10, 0, 254, 7];
    expect(generateCode(4, () => Uint8Array.from(bytes))).toBe('9007');
  });

  it('is spread evenly over all digits and places', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 20_000; n++)
      for (const [place, digit] of [...generateCode(6, random)].entries())
        counts.set(`${place}${digit}`, (counts.get(`${place}${digit}`) ?? 0) + 1);
    expect(counts.size).toBe(60);
    // 2000 expected in each; seven standard deviations are some 300.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(300);
  });
});

describe('the hash of a code', () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await deriveKeyring('a secret of at least thirty-two bytes', undefined);
  });

  it('is of one session, one code and one secret', async () => {
    const session = { id: 'a', gateKeysId: keyring.current.id };
    const hash = await hashCode(session, '123456', keyring);
    expect(await hashCode(session, '123456', keyring)).toBe(hash);
    expect(await hashCode(session, '123457', keyring)).not.toBe(hash);
    expect(await hashCode({ ...session, id: 'b' }, '123456', keyring)).not.toBe(hash);
    const other = await deriveKeyring('another secret of thirty-two bytes', undefined);
    expect(await hashCode({ ...session, gateKeysId: other.current.id }, '123456', other)).not.toBe(
      hash,
    );
    expect(hash).not.toContain('123456');
  });

  it('survives a rotation, under the keys that the session began with', async () => {
    const session = { id: 'a', gateKeysId: keyring.current.id };
    const before = await hashCode(session, '123456', keyring);
    const rotated = await deriveKeyring(
      'another secret of thirty-two bytes',
      'a secret of at least thirty-two bytes',
    );
    expect(await hashCode(session, '123456', rotated)).toBe(before);
  });
});
