/**
 * A font in which each character is a box of one em: as wide as what Chinese and Japanese are written with, whatever the
 * machine has. Made here, because a real one weighs megabytes.
 */

const UNITS_PER_EM = 1000;
const ASCENT = 880;
const DESCENT = 120;
const ON_CURVE = 1;

/** From the space to the last plane, all to the one glyph that is a box. */
const COVERED = [0x20, 0x10ffff] as const;
const BOX_GLYPH = 1;

const TRUETYPE = 0x00010000;
const CHECKSUM_OF_FILE = 0xb1b0afba;

export function boxFont(): ArrayBuffer {
  const box = bytes(
    // One contour, its bounds, its last point; no instructions; flags and steps from point to point.
    ...u16(1, 60, -DESCENT + 60, 940, ASCENT - 60, 3, 0),
    ...[ON_CURVE, ON_CURVE, ON_CURVE, ON_CURVE],
    ...u16(60, 0, 880, 0),
    ...u16(-60, ASCENT, 0, -ASCENT),
  );
  return assembled({
    'OS/2': bytes(
      ...u16(4, UNITS_PER_EM, 400, 5, 0),
      ...u16(650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0),
      ...Array<number>(10).fill(0),
      ...u32(0, 0, 0, 0),
      ...tag('BOXF'),
      ...u16(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT),
      ...u32(1, 0),
      ...u16(500, 700, 0, 0x20, 0),
    ),
    // Format 13: a whole range of characters has one glyph.
    cmap: bytes(
      ...u16(0, 1, 3, 10),
      ...u32(12),
      ...u16(13, 0),
      ...u32(28, 0, 1, ...COVERED, BOX_GLYPH),
    ),
    glyf: box,
    head: bytes(
      ...u32(TRUETYPE, TRUETYPE, 0, 0x5f0f3cf5),
      ...u16(3, UNITS_PER_EM),
      ...u32(0, 0, 0, 0),
      ...u16(0, -DESCENT, UNITS_PER_EM, ASCENT, 0, 8, 2, 1, 0),
    ),
    hhea: bytes(
      ...u32(TRUETYPE),
      ...u16(ASCENT, -DESCENT, 0, UNITS_PER_EM, 60, 60, 940, 1, 0, 0, 0, 0, 0, 0, 0, 2),
    ),
    hmtx: bytes(...u16(UNITS_PER_EM, 0, UNITS_PER_EM, 60)),
    loca: bytes(...u32(0, 0, box.length)),
    maxp: bytes(...u32(TRUETYPE), ...u16(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)),
    name: bytes(...u16(0, 0, 6)),
    post: bytes(...u32(0x00030000, 0), ...u16(-100, 50), ...u32(0, 0, 0, 0, 0)),
  });
}

function assembled(tables: Readonly<Record<string, number[]>>): ArrayBuffer {
  const entries = Object.entries(tables);
  const count = entries.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const directory = [
    ...u32(TRUETYPE),
    ...u16(count, power * 16, Math.log2(power), (count - power) * 16),
  ];
  const data: number[] = [];
  const start = directory.length + count * 16;
  let headAt = 0;
  for (const [name, table] of entries) {
    const at = start + data.length;
    if (name === 'head') headAt = at;
    directory.push(...tag(name), ...u32(checksum(table), at, table.length));
    data.push(...padded(table));
  }
  const file = [...directory, ...data];
  const font = new Uint8Array(file);
  new DataView(font.buffer).setUint32(headAt + 8, (CHECKSUM_OF_FILE - checksum(file)) >>> 0);
  return font.buffer;
}

function checksum(table: readonly number[]): number {
  const view = new DataView(new Uint8Array(padded(table)).buffer);
  let sum = 0;
  for (let at = 0; at < view.byteLength; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function padded(table: readonly number[]): number[] {
  return [...table, ...Array<number>((4 - (table.length % 4)) % 4).fill(0)];
}

function bytes(...all: number[]): number[] {
  return all.map((byte) => byte & 0xff);
}

function u16(...values: number[]): number[] {
  return values.flatMap((value) => [value >> 8, value]).map((byte) => byte & 0xff);
}

function u32(...values: number[]): number[] {
  return values.flatMap((value) => u16(value >>> 16, value & 0xffff));
}

function tag(name: string): number[] {
  return [...name].map((letter) => letter.charCodeAt(0));
}
