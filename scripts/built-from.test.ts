import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt, noteBuild } from './built-from.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mitto-otp-built-'));
  for (const path of ['package.json', 'widget/a.ts', 'dist/assets/a.js', 'dist/npm/widget/a.js'])
    write(path, path);
  noteBuild(root);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('what is built', () => {
  it('stays so when a file is only touched, or written again as it was', () => {
    write('widget/a.ts', 'widget/a.ts');
    utimesSync(join(root, 'package.json'), new Date(2100, 0), new Date(2100, 0));
    utimesSync(join(root, 'dist/npm/widget/a.js'), new Date(2000, 0), new Date(2000, 0));
    expect(isBuilt(root)).toBe(true);
  });

  it('stays so when a test is written', () => {
    write('widget/a.test.ts', 'a test');
    expect(isBuilt(root)).toBe(true);
  });

  it.each([
    ['a source changes', 'widget/a.ts', 'another'],
    ['a source comes', 'worker/b.ts', 'new'],
    ['the settings of a build change', 'vite.config.ts', 'new'],
    ['what was built changes', 'dist/assets/a.js', 'of another source'],
    ['a file comes to it', 'dist/npm/old.js', 'old'],
  ])('is no longer so when %s', (_, path, text) => {
    write(path, text);
    expect(isBuilt(root)).toBe(false);
  });

  it.each(['widget/a.ts', 'dist/assets/a.js', 'dist/npm', 'dist'])(
    'is no longer so when %s is gone',
    (path) => {
      rmSync(join(root, path), { recursive: true });
      expect(isBuilt(root)).toBe(false);
    },
  );
});
