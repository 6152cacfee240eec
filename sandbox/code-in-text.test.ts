import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeInText } from './code-in-text.ts';

describe('the code in a text', () => {
  it.each([
    ['Your code is 123456.', '123456'],
    ['Demo 24: your code is 0042. It is good for 10 minutes.', '0042'],
    ['Your code is A1.\n\n@www.example.com #A1B2', 'A1B2'],
    ['Your code is 123456.\n\n@shop.example:8787 #654321', '654321'],
    ['Your code is 1, 2, 3, 4, 5, 6.', '123456'],
    ['Your code is 1. 2. 3. 4. 5. 6.', '123456'],
    ['1 2 3 4', '1234'],
    ['1, 2, 3, 4, 5, 6. Again: 1, 2, 3, 4, 5, 6.', '123456'],
    ['1, 2, 3, 4\n1, 2, 3, 4', '1234'],
    ['Your code for localhost:38379 is 8, 0, 7, 5, 4, 4. Once more: 8, 0, 7, 5, 4, 4.', '807544'],
    ['Your code for localhost:38379 is 807544', '807544'],
    ['shop-2026.example: G-807544 is your code', '807544'],
    ['2026 wishes: 8, 0, 7, 5', '8075'],
    ['Hello, world', ''],
    ['Room 12, 3rd floor', ''],
    ['', ''],
  ])('of %j is %j', (text, code) => {
    expect(codeInText(text)).toBe(code);
  });

  it('is found whether it is written or said', () => {
    const codes = fc.stringMatching(/^\d{4,10}$/);
    fc.assert(
      fc.property(codes, (code) => {
        expect(codeInText(`Your code is ${code}.`)).toBe(code);
        expect(codeInText(`Your code is ${[...code].join(', ')}.`)).toBe(code);
      }),
    );
  });
});
