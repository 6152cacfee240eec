/** Serves, inside the test runner, what a site's server has rendered, with one script or another in it. */
import { isPageName, renderPage } from './render.ts';

/** What is used here of a request and its answer, as the test runner's server has them. */
interface Exchange {
  readonly path: string;
  readonly origin: string;
  type: string;
  body: unknown;
  set(name: string, value: string): void;
}

/** The element as it is written and as it is built, after the hydration; and without any. */
const SCRIPTS = {
  hydrated: ['/test/support/ssr/hydration.ts', '/widget/define.ts'],
  built: ['/test/support/ssr/hydration.ts', '/dist/assets/mitto-otp.js'],
  'not-hydrated': ['/widget/define.ts'],
} as const;

export type ScriptName = keyof typeof SCRIPTS;

function isScriptName(name: string): name is ScriptName {
  return Object.hasOwn(SCRIPTS, name);
}

/** `/served/{page}/{script}`, and after it `/of-another-version` or `/without-inline-styles`. */
export async function servedPages(exchange: Exchange, next: () => Promise<void>): Promise<void> {
  const [, served = '', page = '', script = '', variant] = exchange.path.split('/');
  if (served !== 'served' || !isPageName(page) || !isScriptName(script)) return next();
  const markup = await renderPage(page);
  const isOlder = variant === 'of-another-version';
  if (variant === 'without-inline-styles')
    exchange.set('Content-Security-Policy', `default-src ${exchange.origin}; style-src 'none'`);
  exchange.type = 'html';
  // A template is known by a digest of its strings.
  exchange.body = document(
    isOlder ? markup.replace(/lit-part [^ ]+-->/g, 'lit-part b2xkZXI=-->') : markup,
    script,
  );
}

function document(markup: string, script: ScriptName): string {
  const [first, second] = SCRIPTS[script];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign up</title>
    <script type="module" src="${first}"></script>
    ${second ? `<script type="module" src="${second}"></script>` : ''}
  </head>
  <body>
    ${markup}
    <script src="/test/support/ssr/hydration-probe.ts"></script>
  </body>
</html>`;
}
