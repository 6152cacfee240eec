/** The `wrangler.toml` that ships. The one at the root may be an owner's by now: `init` writes there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns its text, with the paths of the root */
export function shippedToml(): string {
  return readFileSync(join(import.meta.dirname, '../../../cli/wrangler.toml'), 'utf8').replace(
    /"\.\.\/(worker\/index\.ts|dist\/assets)"/g,
    '"$1"',
  );
}
