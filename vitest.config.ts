import { join } from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { withoutOwnSettings } from './test/support/own-settings.ts';

withoutOwnSettings(process.env);

/** No test waits for this: it is for the hundreds of draws of a property on a machine that has other work. */
const testTimeout = 20_000;

const WORKERD_TESTS = ['{worker,providers,test}/**/*.workerd.test.ts'];

/**
 * Each test runs where its subject runs. `*.test.ts` of `shared/` runs in Node and in workerd; of `worker/` the
 * pure parts (`*.test.ts`) in Node, and all that touches a binding (`*.workerd.test.ts`) in workerd. The widget's
 * tests run in real browsers (see web-test-runner.config.js), but for what a server or a developer gets of it
 * (`*.node.test.ts`).
 */
export default defineConfig({
  // No `.env` of the owner's.
  envDir: false,
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            '{shared,providers,worker,relay,sandbox,demo,bench,integrations,scripts,build}/**/*.test.ts',
            'test/{mutation,security/worker,support/worker}/**/*.test.ts',
            '**/*.node.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/*.workerd.test.ts'],
          setupFiles: ['test/support/fixed-seed.ts'],
          testTimeout,
        },
      },
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './cli/wrangler.toml' } })],
        test: {
          name: 'workerd',
          include: ['shared/**/*.test.ts', ...WORKERD_TESTS],
          setupFiles: ['test/support/fixed-seed.ts'],
          testTimeout,
        },
      },
      ...(['memory', 'sqlite'] as const).map((stores) => ({
        test: {
          name: `node-${stores}`,
          include: WORKERD_TESTS,
          alias: [
            {
              find: /^cloudflare:(test|workers)$/,
              replacement: join(import.meta.dirname, 'test/support/worker/cloudflare-shim.ts'),
            },
          ],
          env: { STORES: stores },
          setupFiles: ['test/support/fixed-seed.ts'],
          testTimeout,
        },
      })),
      {
        test: {
          name: 'e2e',
          include: ['{test/e2e,integrations}/**/*.e2e.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
