import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'widget/i18n/locales';
/** `fr.ts`, `zh-hant.ts`: a file of words is named by its tag. */
const LANGUAGE_FILE = /(?:^|\/)[a-z]{2}(?:-[a-z]{2,4})?\.ts$/;

/**
 * Names the later files of the build. Each bears the hash of its own content, but for the languages, which share one of
 * them all: their names stand in the first file, and as many hashes as languages would be a fiftieth of it.
 */
export function laterFileNames(
  folder: string,
): (chunk: { facadeModuleId?: string | null }) => string {
  const languages = createHash('sha256');
  for (const file of readdirSync(FOLDER).sort())
    if (LANGUAGE_FILE.test(file)) languages.update(`${file}\n${readFileSync(join(FOLDER, file))}`);
  const shared = languages.digest('base64url').slice(0, 8);
  return ({ facadeModuleId }) =>
    facadeModuleId?.includes(`/${FOLDER}/`) && LANGUAGE_FILE.test(facadeModuleId)
      ? `${folder}/[name]-${shared}.js`
      : `${folder}/[name]-[hash].js`;
}
