/**
 * `node build/manifest/generate.ts` writes what is made of the element's source: the manifest, its reference and the
 * types for frameworks, which are kept with the source. `--check` fails where one of them is not what the source says,
 * and `--for-npm` writes those that only the package holds.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { analyze } from './analyze.ts';
import { vsCodeCssData, vsCodeHtmlData, webTypes } from './editor-data.ts';
import { gapsIn } from './fill-missing.ts';
import { frameworkAttributes } from './framework-attributes.ts';
import type { Manifest } from './manifest.ts';
import { reference } from './reference.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Kept with the source, by their paths. */
function keptFiles(manifest: Manifest): Record<string, string> {
  return {
    'custom-elements.json': formatted('custom-elements.json', JSON.stringify(manifest)),
    'docs/element-reference.md': reference(manifest),
    'widget/types/attributes.ts': formatted('attributes.ts', frameworkAttributes(manifest)),
  };
}

function packageFiles(manifest: Manifest): Record<string, string> {
  const ofPackage: { name: string; version: string } = JSON.parse(read('package.json'));
  const files = {
    'vscode.html-custom-data.json': vsCodeHtmlData(manifest),
    'vscode.css-custom-data.json': vsCodeCssData(manifest),
    'web-types.json': webTypes(manifest, ofPackage),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, data]) => [`dist/npm/editors/${name}`, JSON.stringify(data)]),
  );
}

function formatted(name: string, text: string): string {
  return execFileSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['format', '--stdin-file-path', name],
    {
      cwd: ROOT,
      input: text,
      encoding: 'utf8',
    },
  );
}

function read(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return '';
  }
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

const manifest = analyze();
for (const gap of gapsIn(manifest)) fail(gap);

if (process.argv.includes('--check')) {
  for (const [path, text] of Object.entries(keptFiles(manifest)))
    if (read(path) !== text) fail(`${path} is not what the source says: npm run manifest`);
} else if (process.argv.includes('--for-npm')) write(packageFiles(manifest));
else write(keptFiles(manifest));
