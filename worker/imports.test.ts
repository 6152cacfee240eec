/** What docs/architecture.md says of imports: they run downwards, and never in a circle. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = import.meta.dirname;
/** Where it runs. */
const HOSTS = ['node', 'cloudflare'];
/** A folder may use what stands below it, and any file of the root but those that put all together. */
const FOLDERS = [
  ...HOSTS,
  'routes',
  'doctor',
  'otp',
  'delivery',
  'config',
  'connectors',
  'messages',
  'challenge',
  'openapi',
  'http',
  'guard',
  'limits',
  'mitto',
  'twilio',
  'egress',
];
const COMPOSED = ['app.ts', 'service.ts', 'index.ts'];

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|\.d\.ts$|^(promises|testing)\//.test(file))
  .sort();

/** The files of the Worker that a file needs when it runs; types are gone by then. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const statements = source.matchAll(/^(?:import|export) (?!type )([^;]*?) from '(\.[^']+)';/gms);
  return [...statements].flatMap(([, names = '', path = '']) => {
    const isOfTypes = /^\{/.test(names) && !/(^|[{,])\s*(?!type )[A-Za-z]/.test(names);
    const target = relative(ROOT, resolve(ROOT, dirname(file), path));
    return isOfTypes || target.startsWith('..') ? [] : [target];
  });
}

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

it('of folders run downwards', () => {
  const upwards = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => {
        const [from, to] = [folderOf(file), folderOf(target)];
        if (to === '') return COMPOSED.includes(target) && !['', ...HOSTS].includes(from);
        return from !== '' && from !== to && FOLDERS.indexOf(to) < FOLDERS.indexOf(from);
      })
      .map((target) => `${file} → ${target}`),
  );
  expect(upwards).toEqual([]);
});

it('of files make no circle', () => {
  const done = new Set<string>();
  const follow = (file: string, above: readonly string[]): void => {
    expect(above, [...above, file].join(' → ')).not.toContain(file);
    if (done.has(file)) return;
    for (const target of importsOf(file)) follow(target, [...above, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
});
