/**
 * Proof by removal: takes each control out of a copy of the sources, one at a time, and demands that the test named
 * for it fails. A test that still passes proves nothing, and neither does one that fails before anything is removed.
 *
 *   npm run prove            all of them
 *   npm run prove -- P7 P13  those of some promises
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MUTANTS } from './worker/index.ts';
import type { Mutant } from './worker/mutant.ts';

const ROOT = join(import.meta.dirname, '../..');
const COPIED = ['worker', 'providers', 'shared', 'relay', 'sandbox', 'scripts', 'test'];
const CONFIGURATION = ['package.json', 'vitest.config.ts', 'tsconfig.json', 'cli/wrangler.toml'];
/** A test that waits for something that never comes is ended by its own timeout long before. */
const PATIENCE_MS = 120_000;

const wanted = process.argv.slice(2);
const removals = MUTANTS.filter(({ promise }) => wanted.length === 0 || wanted.includes(promise));

const copy = copySources();
try {
  process.exitCode = prove() ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function prove(): boolean {
  const sound = runTests(removals.map(({ test }) => test));
  let isProven = true;
  for (const removal of removals) {
    const verdict = verdictOn(removal, sound);
    isProven &&= verdict === 'noticed';
    const { promise, control, test } = removal;
    process.stdout.write(`${promise.padEnd(4)}${verdict.padEnd(12)}${control}\n`);
    if (verdict !== 'noticed') process.stdout.write(`    ${removal.file}; ${test.join(' › ')}\n`);
  }
  process.stdout.write(
    isProven
      ? `All ${removals.length} controls are noticed when they are gone.\n`
      : 'Some control can go unnoticed, or cannot be found: see above.\n',
  );
  return isProven;
}

/** `broken`: the test could not run at all, which is no proof of anything. */
type Verdict = 'noticed' | 'UNNOTICED' | 'NOT FOUND' | 'NO TEST' | 'BROKEN';

function verdictOn({ file, was, without, test }: Mutant, sound: TestRun): Verdict {
  const before = sound.outcomesOf(test);
  if (before.length === 0) return 'NO TEST';
  if (before.some((outcome) => outcome !== 'passed')) return 'BROKEN';

  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(was).length !== 2) return 'NOT FOUND';
  writeFileSync(
    path,
    source.replace(was, () => without),
  );
  try {
    const outcomes = runTests([test]).outcomesOf(test);
    if (outcomes.length === 0) return 'BROKEN';
    return outcomes.includes('failed') ? 'noticed' : 'UNNOTICED';
  } finally {
    writeFileSync(path, source);
  }
}

interface TestRun {
  /** Of the tests of that file with that in their name. */
  outcomesOf(test: Mutant['test']): string[];
}

interface VitestReport {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

function runTests(tests: readonly Mutant['test'][]): TestRun {
  const files = [...new Set(tests.map(([file]) => file))];
  const names = [
    ...new Set(tests.map(([, name]) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))),
  ];
  // Those of shared/ run in Node and in workerd; once is enough here.
  const reports = [
    { project: 'workerd', files: files.filter((file) => file.endsWith('.workerd.test.ts')) },
    { project: 'node', files: files.filter((file) => !file.endsWith('.workerd.test.ts')) },
  ].flatMap(({ project, files }) => (files.length > 0 ? [vitest(project, files, names)] : []));
  const results = reports.flatMap(({ testResults }) => testResults);

  return {
    outcomesOf: ([file, name]) =>
      results
        .filter((result) => result.name.endsWith(file))
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ fullName, status }) => fullName.includes(name) && status !== 'skipped')
        .map(({ status }) => status),
  };
}

function vitest(project: string, files: string[], names: string[]): VitestReport {
  const output = join(copy, 'report.json');
  rmSync(output, { force: true });
  spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=json',
      `--outputFile=${output}`,
      `--testNamePattern=${names.join('|')}`,
      ...files,
    ],
    { cwd: copy, stdio: 'ignore', timeout: removals.length * PATIENCE_MS },
  );
  try {
    return JSON.parse(readFileSync(output, 'utf8')) as VitestReport;
  } catch {
    return { testResults: [] };
  }
}

/** What git knows of the sources, whether committed or not. */
function copySources(): string {
  const target = mkdtempSync(join(tmpdir(), 'mitto-otp-prove-'));
  const listed = execFileSync(
    'git',
    [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      '--',
      ...COPIED,
      ...CONFIGURATION,
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  // git goes on naming a file that was deleted until that is committed.
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
  for (const file of new Set(files)) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(ROOT, file), join(target, file));
  }
  // cli/wrangler.toml names the folder of the built widget; the tests need it to be there and no more.
  mkdirSync(join(target, 'dist/assets'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(target, 'node_modules'));
  return target;
}
