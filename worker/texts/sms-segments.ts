/**
 * What a text costs: an SMS travels in segments, and one letter outside the GSM alphabet makes every segment carry 70
 * characters instead of 160 (3GPP TS 23.038, 6.2.1; TS 23.040, 9.2.3.24.1).
 */

const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Behind an escape: each takes the room of two. */
const GSM_EXTENSION = new Set('\f^{}\\[~]|€');

export type SmsEncoding = 'gsm7' | 'ucs2';

export interface SmsSize {
  encoding: SmsEncoding;
  /** Septets for GSM 7-bit, UTF-16 code units for UCS-2. */
  units: number;
  segments: number;
}

const UNITS: Readonly<Record<SmsEncoding, { single: number; joined: number }>> = {
  gsm7: { single: 160, joined: 153 },
  ucs2: { single: 70, joined: 67 },
};

export function smsSize(text: string): SmsSize {
  const widths = [...text].map(gsmWidth);
  const isGsm = widths.every((width) => width > 0);
  const encoding = isGsm ? 'gsm7' : 'ucs2';
  const pieces = isGsm ? widths : [...text].map((character) => character.length);
  const units = pieces.reduce((sum, width) => sum + width, 0);
  const { single, joined } = UNITS[encoding];
  return { encoding, units, segments: units <= single ? 1 : segmentsOf(pieces, joined) };
}

/** A character of two units is never cut in two: what does not fit whole goes into the next segment. */
function segmentsOf(pieces: readonly number[], room: number): number {
  let segments = 1;
  let used = 0;
  for (const width of pieces) {
    if (used + width > room) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}

/** Characters of the text that are not of the GSM alphabet, each once. */
export function outsideGsm(text: string): string[] {
  return [...new Set(text)].filter((character) => gsmWidth(character) === 0);
}

function gsmWidth(character: string): 0 | 1 | 2 {
  if (GSM_BASIC.has(character)) return 1;
  return GSM_EXTENSION.has(character) ? 2 : 0;
}
