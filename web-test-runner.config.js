import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { strictServer } from './test/security/widget/csp-server.ts';
import {
  CHROMIUM_ARGUMENTS,
  findChromium,
  findFirefox,
  findWebKit,
  HAS_WEBKIT,
} from './test/support/browsers.ts';
import { servedPages } from './test/support/ssr/middleware.ts';
import { reactPages } from './test/support/ssr/react-pages.ts';
import { summaryReporter } from './test/support/summary-reporter.ts';
import { WebKitLauncher } from './test/support/webkit-launcher.ts';
import { deploymentServer } from './test/support/widget/deployment-server.ts';

const chromium = Object.assign(
  chromeLauncher({
    launchOptions: { executablePath: findChromium(), args: [...CHROMIUM_ARGUMENTS] },
  }),
  { name: 'Chromium' },
);

const firefox = Object.assign(
  chromeLauncher({
    launchOptions: { browser: 'firefox', executablePath: findFirefox() },
  }),
  { name: 'Firefox' },
);

// Looked for now, and not when its turn comes after a minute of other tests.
if (HAS_WEBKIT) findWebKit();
/** `ENGINES=chromium npx wtr --files …`: one engine alone, while a test is being written. */
const wanted = process.env['ENGINES']?.toLowerCase().split(',');
// The slowest first: two run at a time, and the last is then alone for the shortest.
const engines = [...(HAS_WEBKIT ? [new WebKitLauncher()] : []), firefox, chromium].filter(
  ({ name }) => wanted?.includes(name.toLowerCase()) ?? true,
);

export default {
  nodeResolve: true,
  rootDir: '.',
  // One page at a time: a page behind another draws nothing, sees nothing come into view, and gets no keys.
  concurrency: 1,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  middleware: [strictServer, deploymentServer, servedPages, reactPages],
  browsers: engines,
  groups: [
    // What docs/security.md promises of the widget, also to be run alone: `npx wtr --group promises`.
    { name: 'promises', files: 'test/security/widget/**/*.test.ts' },
    {
      name: 'widget',
      files: ['{widget,test/browser,test/support/widget}/**/*.test.ts', '!**/*.node.test.ts'],
    },
    { name: 'console', files: 'console/**/*.test.ts' },
  ],
  // A bar that redraws itself is for a screen, not for a log.
  reporters: [
    defaultReporter({ reportTestProgress: process.stdout.isTTY === true }),
    summaryReporter(),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode.'),
  // No test is about time: these only end a run that hangs, on a machine that is busy with something else, too.
  testFramework: { config: { timeout: '30000' } },
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
};
