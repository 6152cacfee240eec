/** What a site loads before anything of Lit. */
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
