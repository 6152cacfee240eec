import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_ARGUMENTS, findChromium } from './chromium.ts';

export default {
  files: 'widget/**/*.test.ts',
  nodeResolve: true,
  rootDir: '.',
  // One page at a time: a page behind another draws nothing, sees nothing come into view, and gets no keys.
  concurrency: 1,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium(), args: [...CHROMIUM_ARGUMENTS] },
    }),
  ],
  testFramework: { config: { timeout: '10000' } },
};
