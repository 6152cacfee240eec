import { defineConfig } from 'vite';
import { thirdPartyLicences } from './build/licences.ts';
import { laterFileNames } from './build/locale-chunk-names.ts';
import { compactStyles } from './build/minify-css-templates.ts';
import { OLDEST_BROWSERS } from './build/oldest-browsers.ts';
import { integrityHashes } from './build/sri-hashes.ts';

// Whatever the shell has: with "development" Vite takes Lit's development build.
process.env['NODE_ENV'] = 'production';

/**
 * Builds the one file that a page loads: `/mitto-otp.js`, the element with Lit inside. What the npm package holds
 * comes from `tsc` (tsconfig.npm.json), because there Lit stays a dependency.
 */
export default defineConfig({
  publicDir: false,
  // An owner's `.env` may set NODE_ENV, and Lit's development build would be shipped.
  envDir: false,
  plugins: [
    compactStyles(/\/widget\/styles\/[\w-]+\.ts$/),
    thirdPartyLicences('mitto-otp/licences.txt'),
    integrityHashes('mitto-otp.js'),
  ],
  build: {
    outDir: 'dist/assets',
    emptyOutDir: true,
    target: [...OLDEST_BROWSERS],
    sourcemap: false,
    lib: {
      entry: 'widget/define.ts',
      formats: ['es'],
      fileName: () => 'mitto-otp.js',
    },
    rolldownOptions: {
      // What the first file and the later ones share stays in the first: one request before the first paint.
      preserveEntrySignatures: 'allow-extension',
      // As a library's file it would keep its white space, for bundlers still to come; none comes after this.
      // The later files have a folder of their own, which the Worker serves as it does the first.
      output: { minify: true, chunkFileNames: laterFileNames('mitto-otp') },
    },
  },
});
