/** Vue with its compiler, as a page loads it without a bundler. */
declare module 'vue/dist/vue.esm-browser.js' {
  export * from 'vue';
}
