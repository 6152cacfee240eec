import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGsm7, segment } from './sms-encoding.ts';

describe('GSM-7', () => {
  it('has 127 characters in its basic table and ten in its extension', () => {
    const plane = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
    const inGsm = plane.filter(isGsm7);
    expect(inGsm).toHaveLength(137);
    expect(inGsm.filter((character) => segment(character, 'gsm_7').units === 2).join('')).toBe(
      '\f[\\]^{|}~€',
    );
  });

  it.each(['Grüße, 5 € @ £', 'ΔΦΓΛΩΠΨΣΘΞ', 'a\r\nb'])('holds %j', (text) => {
    expect(isGsm7(text)).toBe(true);
  });

  it.each(['`', 'ç', 'á', 'Здравствуй', '😀', '“', '\t', '\u001b', '\u00a0'])(
    'does not hold %j',
    (text) => {
      expect(isGsm7(text)).toBe(false);
    },
  );
});

describe('the parts of a text', () => {
  it.each([
    ['gsm_7', 'a', 160, 160, 1],
    ['gsm_7', 'a', 161, 161, 2],
    ['gsm_7', 'a', 306, 306, 2],
    ['gsm_7', 'a', 307, 307, 3],
    ['gsm_7', '€', 80, 160, 1],
    ['gsm_7', '€', 81, 162, 2],
    // 76 fit in a part of 153, and one septet is lost.
    ['gsm_7', '€', 152, 304, 2],
    ['gsm_7', '€', 153, 306, 3],
    ['ucs_2', 'Ж', 70, 70, 1],
    ['ucs_2', 'Ж', 71, 71, 2],
    ['ucs_2', 'Ж', 134, 134, 2],
    ['ucs_2', 'Ж', 135, 135, 3],
    ['ucs_2', '😀', 35, 70, 1],
    // 33 fit in a part of 67, and one unit is lost.
    ['ucs_2', '😀', 66, 132, 2],
    ['ucs_2', '😀', 67, 134, 3],
  ] as const)(
    'in %s, %s times %i: %i units in %i',
    (characterSet, character, times, units, parts) => {
      expect(segment(character.repeat(times), characterSet)).toEqual({ units, parts });
    },
  );

  it('hold all of it, and not one more than is needed', () => {
    const character = fc.constantFrom('a', 'ü', '€', '{', '\n');
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 700 }), (text) => {
        const { units, parts } = segment(text, 'gsm_7');
        const isAlone = units <= 160;
        expect(parts === 1).toBe(isAlone);
        expect(parts * (isAlone ? 160 : 153)).toBeGreaterThanOrEqual(units);
        // At each of the borders, one septet at most is left empty.
        expect((parts - 1) * 152).toBeLessThanOrEqual(units);
      }),
    );
  });
});
