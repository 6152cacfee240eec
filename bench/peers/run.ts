/**
 * Size and speed of the element beside other widgets, in one run and in turns, on a slow processor and a slow network.
 * Nothing outside this machine is called: what a peer asks of its service is answered here, or refused and counted.
 *
 *     node bench/peers/run.ts [--rounds 5]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../test/support/browsers.ts';
import { buildPage, buildWidget } from './build.ts';
import { CONTENDERS, type Contender, OURS } from './contenders.ts';
import { type Handler, serve, typeOf } from './local-host.ts';
import { installPeers, packageVersion } from './packages.ts';
import { altchaService } from './services/altcha-service.ts';
import { descopeService } from './services/descope-service.ts';
import { descopeTheme } from './services/descope-theme.ts';
import { firebaseService } from './services/firebase-service.ts';
import { hankoService } from './services/hanko-service.ts';
import { standInWorker } from './services/stand-in-worker.ts';
import { type Row, sizeTable, speedTable, timeTable } from './tables.ts';
import { type Visit, visit } from './visit.ts';

const THEME_PAGE = 'descope-theme';

const rounds = readRounds();
installPeers();
const directory = mkdtempSync(join(tmpdir(), 'mitto-otp-peers-'));
const browser = await launch();
const services: Handler[] = [];
const service = await serve(async (call) => {
  for (const handle of services) {
    const answer = await handle(call);
    if (answer) return answer;
  }
  return undefined;
});
const site = await serve(({ url }) => builtFile(url.pathname));
try {
  await build();
  const rows = await race();
  report(rows);
  holdStill(rows);
} finally {
  await browser.close();
  site.close();
  service.close();
  rmSync(directory, { recursive: true, force: true });
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      ...CHROMIUM_ARGUMENTS,
      // No name leads anywhere. A route of Playwright's would do that too, but step in the way of every request.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--no-proxy-server',
    ],
  });
}

async function build(): Promise<void> {
  const assets = join(directory, 'assets');
  await buildWidget(assets);
  for (const page of [THEME_PAGE, ...CONTENDERS.map((contender) => contender.page)])
    await buildPage(page, join(directory, page), service.origin);
  const theme = await descopeTheme(browser, addressOf(THEME_PAGE));
  services.push(
    standInWorker(assets),
    await altchaService(),
    hankoService,
    firebaseService,
    descopeService(theme),
  );
}

/** The first round proves that the field is usable when it says so, fills the caches, and is not counted. */
async function race(): Promise<Row[]> {
  for (const contender of CONTENDERS) await visitOf(contender, true);
  const visits = new Map<Contender, Visit[]>(CONTENDERS.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    // Each is first once, so that none always follows the same.
    const turn = round % CONTENDERS.length;
    for (const contender of [...CONTENDERS.slice(turn), ...CONTENDERS.slice(0, turn)])
      visits.get(contender)?.push(await visitOf(contender, false));
    console.error(`round ${round + 1} of ${rounds}`);
  }
  return CONTENDERS.map((contender) => ({
    name: nameOf(contender),
    visits: visits.get(contender) ?? [],
  }));
}

function visitOf(contender: Contender, touchesAtOnce: boolean): Promise<Visit> {
  return visit(browser, contender, addressOf(contender.page), touchesAtOnce);
}

function report(rows: readonly Row[]): void {
  const ours = rows[CONTENDERS.indexOf(OURS)] as Row;
  console.log(`Beside other widgets. Chromium ${browser.version()}, ${rounds} rounds in turns.\n`);
  console.log(`${sizeTable(rows)}\n`);
  console.log(`Ratios to ours, median (min–max).\n\n${speedTable(rows, ours)}\n`);
  console.log(`On this machine.\n\n${timeTable(rows)}`);
}

/** The one figure that is a promise, and no matter of speed. */
function holdStill(rows: readonly Row[]): void {
  if (rows[CONTENDERS.indexOf(OURS)]?.visits.every(({ shift }) => shift === 0)) return;
  console.error('What stands below our element has moved by itself.');
  process.exitCode = 1;
}

function nameOf({ name, package: packageName }: Contender): string {
  return packageName ? `${name} ${packageVersion(packageName)}` : name;
}

function addressOf(page: string): string {
  return `${site.origin}/${page}/`;
}

function builtFile(pathname: string) {
  const file = join(directory, pathname, pathname.endsWith('/') ? 'index.html' : '');
  const type = typeOf(file);
  return type && existsSync(file) ? { type, body: readFileSync(file) } : undefined;
}

function readRounds(): number {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  const count = Number(values.rounds);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`"${values.rounds}" is no number of rounds.`);
}
