/** Ends with 1 where a value is exported and no other file names it: nobody would notice when its last caller went. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is imported from outside: the entries of the package, what tools load, and projects of strangers. */
const ENTRIES =
  /^(widget\/mitto-otp-element|shared\/(client|verify-proof)|providers\/mitto\/client|worker\/(hosts\/node\/)?index|(vite|vitest)[\w.]*config)\.ts$|^(integrations|test\/e2e\/fixtures|widget\/types)\//;
const EXPORT = /^export (?:async )?(?:function\*?|const|let|class) ([\w$]+)/gm;

const sources = new Map(
  execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.js', '*.vue', '*.svelte'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map((file) => [file, readFileSync(file, 'utf8')]),
);
const filesOf = new Map<string, Set<string>>();
for (const [file, text] of sources)
  for (const [word] of text.matchAll(/[\w$]+/g))
    filesOf.set(word, (filesOf.get(word) ?? new Set()).add(file));

for (const [file, text] of sources)
  for (const [, name = ''] of ENTRIES.test(file) ? [] : text.matchAll(EXPORT))
    if (filesOf.get(name)?.size === 1) {
      console.error(`${file} exports ${name}, which no other file names`);
      process.exitCode = 1;
    }
