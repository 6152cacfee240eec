/**
 * The browsers that the tests drive, one of each engine: nothing downloads one. As a script it says in one line what
 * is missing, before any test has run.
 */
import { existsSync } from 'node:fs';

interface Place {
  /** How the person at the keyboard calls it. */
  name: string;
  /** The variable that names another place. */
  variable: string;
  paths: readonly string[];
  /** Where Debian keeps it. */
  package: string;
}

const CHROMIUM: Place = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  paths: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  package: 'chromium',
};

const FIREFOX: Place = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  paths: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ],
  package: 'firefox-esr',
};

const WEBKIT_DRIVER: Place = {
  name: 'WebKitGTK’s driver',
  variable: 'WEBKIT_DRIVER_PATH',
  paths: ['/usr/bin/WebKitWebDriver'],
  package: 'webkit2gtk-driver',
};

/** WebKitGTK has no mode without a screen, so it gets one that nobody sees. */
const XVFB: Place = {
  name: 'Xvfb',
  variable: 'XVFB_PATH',
  paths: ['/usr/bin/Xvfb'],
  package: 'xvfb',
};

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
  return find(CHROMIUM);
}

/** @throws when there is none */
export function findFirefox(): string {
  return find(FIREFOX);
}

/** WebKitGTK is of Linux alone. Elsewhere the widget is tested in the other two engines. */
export const HAS_WEBKIT = process.platform === 'linux';

/** @throws when there is none, or no screen for it */
export function findWebKit(): { driver: string; xvfb: string } {
  return { driver: find(WEBKIT_DRIVER), xvfb: find(XVFB) };
}

function pathOf({ variable, paths }: Place): string | undefined {
  return [process.env[variable], ...paths].find((path) => path !== undefined && existsSync(path));
}

function find(place: Place): string {
  const path = pathOf(place);
  if (path === undefined) throw new Error(missing([place]));
  return path;
}

function missing(places: readonly Place[]): string {
  const names = places.map(({ name }) => name).join(', ');
  const packages = places.map((place) => place.package).join(' ');
  const variables = places.map(({ variable }) => variable).join(', ');
  return `Not here, and needed by the tests: ${names}. apt-get install ${packages}, or set ${variables}.`;
}

if (import.meta.main) {
  const needed = [CHROMIUM, FIREFOX, ...(HAS_WEBKIT ? [WEBKIT_DRIVER, XVFB] : [])];
  const gone = needed.filter((place) => !pathOf(place));
  if (gone.length > 0) {
    process.stderr.write(`${missing(gone)}\n`);
    process.exitCode = 1;
  }
}
