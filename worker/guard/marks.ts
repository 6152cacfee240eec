/**
 * What a send is remembered by outside the guard, in a session and with its message, so that what becomes of it can be
 * told: a short text of keyed hashes.
 */
import { type CountedSend, DIMENSIONS, type Dimension } from './types.ts';

/** The country is known wherever a mark is read. */
const HASHED = DIMENSIONS.filter((dimension) => dimension !== 'country');
const NUMBER = /^[0-9a-z]{1,11}$/;
const HASH = /^[A-Za-z0-9_-]{0,24}$/;

export function markOf({ sentAtMs, weight, firstMs, number, keys }: CountedSend): string {
  return [
    sentAtMs.toString(36),
    Math.round(weight * 100).toString(36),
    (firstMs ?? 0).toString(36),
    number,
    // Wide keys that are absent were left out of the count.
    keys.country === undefined ? '' : '1',
    ...HASHED.map((dimension) => keys[dimension] ?? ''),
  ].join('.');
}

/** `undefined` for what is no mark. */
export function readMark(mark: string, country: string): CountedSend | undefined {
  const parts = mark.split('.');
  const [sentAt = '', weight = '', first = '', number = '', isWide = '', ...hashes] = parts;
  const isWhole =
    hashes.length === HASHED.length &&
    [sentAt, weight, first].every((part) => NUMBER.test(part)) &&
    [number, isWide, ...hashes].every((part) => HASH.test(part));
  if (!isWhole) return undefined;
  const keys: Partial<Record<Dimension, string>> = {};
  for (const [index, dimension] of HASHED.entries()) {
    const hash = hashes[index];
    if (hash) keys[dimension] = hash;
  }
  if (isWide) keys.country = country;
  const firstMs = Number.parseInt(first, 36);
  return {
    sentAtMs: Number.parseInt(sentAt, 36),
    weight: Number.parseInt(weight, 36) / 100,
    firstMs: firstMs === 0 ? undefined : firstMs,
    number,
    keys,
  };
}
