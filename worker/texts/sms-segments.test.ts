import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outsideGsm, smsSize } from './sms-segments.ts';

describe('the size of an SMS', () => {
  it.each([
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['€'.repeat(80), 'gsm7', 160, 1],
    ['€'.repeat(81), 'gsm7', 162, 2],
    ['ó'.repeat(70), 'ucs2', 70, 1],
    ['ó'.repeat(71), 'ucs2', 71, 2],
    ['ó'.repeat(134), 'ucs2', 134, 2],
    ['ó'.repeat(135), 'ucs2', 135, 3],
    ['😀'.repeat(35), 'ucs2', 70, 1],
    ['😀'.repeat(36), 'ucs2', 72, 2],
  ])('of %j', (text, encoding, units, segments) => {
    expect(smsSize(text)).toEqual({ encoding, units, segments });
  });

  it('cuts no character of two units in two', () => {
    // 152 letters and a euro: 154 septets, of which 153 fit; the euro begins the second segment whole.
    const joined = `${'a'.repeat(152)}€${'a'.repeat(152)}`;
    expect(smsSize(joined)).toEqual({ encoding: 'gsm7', units: 306, segments: 3 });
    // 67 units are room for 33 emoji: each segment leaves one unit empty.
    expect(smsSize('😀'.repeat(67)).segments).toBe(3);
  });

  it('never shrinks when something is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string(), (text, more) => {
        const { segments } = smsSize(text);
        expect(smsSize(text + more).segments).toBeGreaterThanOrEqual(segments);
      }),
    );
  });

  it('tells which letters are to blame', () => {
    expect(outsideGsm('Twój kod: ół’')).toEqual(['ó', 'ł', '’']);
    expect(outsideGsm('Grüße {€}')).toEqual([]);
  });
});
