import { defineConfig } from 'vite';

/**
 * Builds the one file that a page loads: `/mitto-otp.js`, the element with Lit inside. What the npm package holds
 * comes from `tsc` (tsconfig.npm.json), because there Lit stays a dependency.
 */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/assets',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    lib: {
      entry: 'widget/define.ts',
      formats: ['es'],
      fileName: () => 'mitto-otp.js',
    },
  },
});
