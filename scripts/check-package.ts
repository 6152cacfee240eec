/**
 * Ends with 1 where a file that package.json names is not there: `npm pack` leaves out what is missing without a word, and
 * a clean clone has no `dist`. Run by `prepack`, after what it builds.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
const FIELDS = [
  'bin',
  'exports',
  'files',
  'customElements',
  'web-types',
  'sideEffects',
  'unpkg',
  'jsdelivr',
];

/** Every path in a field, however deep it stands. */
function pathsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('!') ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

// The pages and the widget that a Worker serves: no field names each of them.
const SERVED = [
  'dist/assets/console/index.html',
  'dist/assets/integrity.json',
  'dist/npm/cli/main.js',
];

const missing = [...FIELDS.flatMap((field) => pathsIn(manifest[field])), ...SERVED].filter(
  (path) => (path.includes('*') ? globSync(path).length === 0 : !existsSync(path)),
);
for (const path of new Set(missing))
  console.error(`Not in the package: ${path}. Run npm run build.`);
if (missing.length > 0) process.exitCode = 1;
