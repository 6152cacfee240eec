/** How a text goes into short messages: in which character set, how long it is there, and in how many parts. */

/** The basic table of 3GPP TS 23.038, 6.2.1, without its escape. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table, 6.2.1.1: each is an escape and a character. */
const GSM_EXTENSION = new Set('\f^{}\\[~]|€');

export type CharacterSet = 'gsm_7' | 'ucs_2';

/** How many units one part holds, alone and as one of several, which lose six octets to a header (9.2.3.24.1). */
const CAPACITY = {
  gsm_7: { alone: 160, concatenated: 153 },
  ucs_2: { alone: 70, concatenated: 67 },
} as const satisfies Record<CharacterSet, unknown>;

export interface Segmentation {
  /** In septets of GSM-7, where one of the extension table is two, or in units of UCS-2, where an emoji is two. */
  readonly units: number;
  readonly parts: number;
}

export function isGsm7(text: string): boolean {
  return [...text].every((character) => GSM_BASIC.has(character) || GSM_EXTENSION.has(character));
}

export function segment(text: string, characterSet: CharacterSet): Segmentation {
  const widths = Array.from(text, (character) => widthOf(character, characterSet));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, concatenated } = CAPACITY[characterSet];
  if (units <= alone) return { units, parts: 1 };

  let parts = 1;
  let room = concatenated;
  for (const width of widths) {
    // Neither an escape nor a surrogate pair is torn apart: what does not fit whole goes into the next part.
    if (width > room) {
      parts += 1;
      room = concatenated;
    }
    room -= width;
  }
  return { units, parts };
}

function widthOf(character: string, characterSet: CharacterSet): number {
  if (characterSet === 'ucs_2') return character.length;
  return GSM_EXTENSION.has(character) ? 2 : 1;
}
