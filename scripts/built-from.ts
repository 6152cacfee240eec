/**
 * Whether `dist` is what the present sources give. By what the files say, not by when they were written: a clone, a branch
 * and a save without a change set times of their own. As a script, after a build, it notes what was built of what.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['{widget,shared,worker,cli,console,scripts}/**/*', '*.{ts,json}'];
const BUILT = ['dist/{assets,npm}/**/*'];
const NOTE = 'dist/built-from.json';

/** @param root of the repository */
export function isBuilt(root: string): boolean {
  try {
    return readFileSync(join(root, NOTE), 'utf8') === note(root);
  } catch {
    // There is no note, so nothing has been built whole.
    return false;
  }
}

export function noteBuild(root: string): void {
  writeFileSync(join(root, NOTE), note(root));
}

function note(root: string): string {
  return `${JSON.stringify({ sources: hash(root, SOURCES), built: hash(root, BUILT) }, null, 2)}\n`;
}

function hash(root: string, patterns: readonly string[]): string {
  const files = globSync(patterns, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // Tests build nothing; what programs keep for themselves stands in folders with a dot.
    .filter((path) => !/\.test\.ts$|\/node_modules\/|\/\./.test(path.slice(root.length)))
    .sort();
  const all = createHash('sha256');
  // Lengths, so that no two sets of files read alike.
  for (const path of files) {
    const bytes = readFileSync(path);
    all.update(`${path.slice(root.length)}\0${bytes.byteLength}\0`).update(bytes);
  }
  return all.digest('hex');
}

if (import.meta.main) noteBuild(process.cwd());
