/** The two tables of the README: what becomes of each answer. The tests hold the Actions to them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const README = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

/** By `code`. */
export const PROMISED_OF_WORKER = verdictsIn(/^\| `([a-z_]+)` \| (retry|drop) \|/gm);

/** By `HTTP 401` or `responseCode 1`. */
export const PROMISED_OF_MITTO = verdictsIn(
  /^\| (HTTP \d{3}|`responseCode` \d) \| (retry|drop) \|/gm,
);

function verdictsIn(rows: RegExp): ReadonlyMap<string, string> {
  return new Map(
    [...README.matchAll(rows)].map(([, answer = '', verdict = '']) => [
      answer.replaceAll('`', ''),
      verdict,
    ]),
  );
}
