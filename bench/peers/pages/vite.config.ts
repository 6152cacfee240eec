import { defineConfig } from 'vite';

/** As Vite builds by itself, but for what it adds for browsers of before 2023: it would count against each peer. */
export default defineConfig({
  base: './',
  publicDir: false,
  build: { modulePreload: { polyfill: false } },
});
