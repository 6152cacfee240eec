import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Where the hashes stand beside the scripts that they are of. */
const HASHES_FILE = 'integrity.json';

/** As `integrity="…"` has it (W3C Subresource Integrity). */
export function integrityOf(content: string | Uint8Array): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`;
}

/** Writes the hash of every script of the build, for pages that have them from a CDN, and prints that of `firstFile`. */
export function integrityHashes(firstFile: string): Plugin {
  let ofFirstFile: string | undefined;
  return {
    name: 'integrity-hashes',
    generateBundle: {
      // After the last one that changes a file.
      order: 'post',
      handler(_options, bundle) {
        const hashes = Object.fromEntries(
          Object.values(bundle)
            .flatMap((file): [string, string][] =>
              file.type === 'chunk' ? [[file.fileName, integrityOf(file.code)]] : [],
            )
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        );
        const source = `${JSON.stringify(hashes, null, 2)}\n`;
        this.emitFile({ type: 'asset', fileName: HASHES_FILE, source });
        ofFirstFile = hashes[firstFile];
      },
    },
    // Below the list of files, where it is seen.
    closeBundle() {
      if (ofFirstFile) this.info(`${firstFile}: integrity="${ofFirstFile}"`);
    },
  };
}
