/**
 * The fonts that tests measure with, so that they find the same on every machine, whatever fonts that one has. Of both,
 * each character has a glyph: what the narrow one lacks comes from the wide one, what both lack is a box of one em.
 */
import { boxFont } from './box-font.ts';

/** As narrow as fonts of interfaces get, and as wide as Verdana. */
export const FONTS = ['narrow', 'wide'] as const;
export type Font = (typeof FONTS)[number];

const FILES = '/node_modules/@fontsource';
const NARROW = `${FILES}/archivo-narrow/files/archivo-narrow`;
const WIDE = `${FILES}/dejavu-sans/files/dejavu-sans`;

const FACES: readonly [family: string, source: string | ArrayBuffer, weight: string][] = [
  ['test narrow', `url("${NARROW}-latin-400-normal.woff2")`, '400'],
  ['test narrow', `url("${NARROW}-latin-600-normal.woff2")`, '600'],
  ['test narrow more', `url("${NARROW}-latin-ext-400-normal.woff2")`, '400'],
  ['test narrow more', `url("${NARROW}-latin-ext-600-normal.woff2")`, '600'],
  ['test wide', `url("${WIDE}-latin-400-normal.woff2")`, '400'],
  ['test wide', `url("${WIDE}-latin-700-normal.woff2")`, '700'],
  ['test box', boxFont(), '400 700'],
];

const STACKS: Readonly<Record<Font, string>> = {
  narrow: '"test narrow", "test narrow more", "test wide", "test box"',
  wide: '"test wide", "test box"',
};

/** All digits of the wide one are of one width, which is what the cells of the code want of a font. */
const ONE_WIDTH = STACKS.wide;

let loaded: Promise<unknown> | undefined;
let sheet: HTMLStyleElement | undefined;

/** Loads them, and sets the page in one: by default in the wide one, which takes more room. */
export async function setFont(font: Font = 'wide'): Promise<void> {
  loaded ??= Promise.all(
    FACES.map(([family, source, weight]) => {
      const face = new FontFace(family, source, { weight });
      document.fonts.add(face);
      return face.load();
    }),
  );
  sheet ??= document.createElement('style');
  sheet.textContent = `
    :root { font-family: ${STACKS[font]} }
    mitto-otp::part(code-row) { font-family: ${ONE_WIDTH} }`;
  if (!sheet.isConnected) document.head.append(sheet);
  await loaded;
}

/** For what is measured apart from the page. */
export function fontStack(font: Font): string {
  return STACKS[font];
}
