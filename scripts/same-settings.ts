/**
 * Ends with 1 where `wrangler.toml`, which an owner fills in, is not as it ships: `cli/wrangler.toml` is what the package
 * brings, what `init` writes in a project, and what the demo and the tests run by. They differ in their paths alone.
 */
import { readFileSync } from 'node:fs';

const shipped = readFileSync('cli/wrangler.toml', 'utf8').replaceAll('"../', '"');
if (readFileSync('wrangler.toml', 'utf8') !== shipped) {
  console.error(
    'wrangler.toml is not cli/wrangler.toml: change both, and keep settings of your own out of the commit.',
  );
  process.exitCode = 1;
}
