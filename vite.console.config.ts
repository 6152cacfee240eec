import { defineConfig } from 'vite';
import { thirdPartyLicences } from './build/licences.ts';

// Whatever the shell has: with "development" Vite takes Lit's development build.
process.env['NODE_ENV'] = 'production';

/**
 * Builds the operators' page into a folder of its own beside the widget, which `vite.config.ts` builds first and whose
 * folder it empties.
 */
export default defineConfig({
  root: 'console',
  // Relative, so that the page works wherever the Worker is mounted.
  base: './',
  publicDir: false,
  envDir: false,
  plugins: [thirdPartyLicences('licences.txt')],
  build: {
    outDir: '../dist/assets/console',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // The polyfill would be for browsers that have no `light-dark()` either.
    modulePreload: false,
    rolldownOptions: {
      input: 'console/index.html',
      output: {
        entryFileNames: 'console.js',
        // The icon keeps its name: scripts name it too.
        assetFileNames: ({ names: [name = ''] }) =>
          name.endsWith('.svg') ? '[name][extname]' : 'console[extname]',
      },
    },
  },
});
