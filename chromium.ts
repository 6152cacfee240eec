/**
 * The Chromium that the tests drive: nothing downloads one. As a script it says in one line what is missing, before
 * any test has run.
 */
import { existsSync } from 'node:fs';

const MISSING =
  'The tests need Chromium, which is not here: apt-get install chromium, or set CHROMIUM_PATH.';

/** For a root user in a container, and so that the browser talks to nobody but us. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws when there is none */
export function findChromium(): string {
  const found = [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error(MISSING);
  return found;
}

if (import.meta.main) {
  try {
    findChromium();
  } catch {
    console.error(MISSING);
    process.exitCode = 1;
  }
}
