import { expect } from '@open-wc/testing';
import { FONTS, fontStack, setFont } from './fonts.ts';

/** A character, and what it takes in each font, in ems: figures of the files, and of no machine. */
const WIDTHS: readonly [text: string, narrow: number, wide: number][] = [
  ['n', 0.456, 0.634],
  ['ł', 0.182, 0.284],
  ['…', 0.82, 1],
  ['•', 0.287, 0.59],
  ['א', 0.668, 0.668],
  ['ب', 0.941, 0.941],
  ['码', 1, 1],
  ['。', 1, 1],
  ['コード', 3, 3],
];

describe('the fonts that tests measure with', () => {
  const pen = document.createElement('canvas').getContext('2d');

  for (const [index, font] of FONTS.entries())
    for (const [text, ...widths] of WIDTHS)
      it(`${font} has a glyph of its own for ${text}`, async () => {
        await setFont(font);
        if (!pen) throw new Error('There is no canvas');
        pen.font = `100px ${fontStack(font)}`;
        expect(pen.measureText(text).width / 100).to.be.closeTo(widths[index] ?? 0, 0.01);
      });
});
