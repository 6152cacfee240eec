import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The folder of the package that a module is of, and its name. */
const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/;
const LICENCE = /^(licen[cs]e|notice|copying)/i;

/**
 * Writes the licences of the packages that the build has inside, which go with every copy of it, and names that file
 * at the top of the first one. Fails where a package brings none.
 */
export function thirdPartyLicences(fileName: string): Plugin {
  return {
    name: 'third-party-licences',
    outputOptions: (options) => ({
      ...options,
      // After the minifier, which would take it out.
      postBanner: ({ isEntry }) => (isEntry ? `/*! Licences: ${fileName} */` : ''),
    }),
    generateBundle(_options, bundle) {
      const folders = new Map<string, string>();
      for (const file of Object.values(bundle))
        for (const id of file.type === 'chunk' ? file.moduleIds : []) {
          const [folder, name] = PACKAGE.exec(id) ?? [];
          if (folder && name) folders.set(name, folder);
        }
      const licences = [...folders].sort().flatMap(([name, folder]) => licencesOf(name, folder));
      this.emitFile({ type: 'asset', fileName, source: `${licences.join('\n\n\n')}\n` });
    },
  };
}

/** The text of each, below its origin. */
function licencesOf(name: string, folder: string): string[] {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const files = readdirSync(folder).filter((file) => LICENCE.test(file));
  if (files.length === 0) throw new Error(`${name} brings no licence`);
  return files
    .sort()
    .map(
      (file) => `${name} ${version}, ${file}\n\n${readFileSync(join(folder, file), 'utf8').trim()}`,
    );
}
