/** Serves, inside the test runner, pages that React has rendered, in its two builds and with the element's script at
 * three times. */
import { fileURLToPath } from 'node:url';
import { renderToString } from 'react-dom/server';
import { build } from 'vite';
import { app, isReactPage, type ReactPage } from './react-app.ts';

interface Exchange {
  readonly path: string;
  type: string;
  body: unknown;
}

const ENTRY = fileURLToPath(new URL('react-hydration.ts', import.meta.url));

const bundles = new Map<string, Promise<string>>();

/** `/react/{page}/{mode}/{order}`, and `/react/{mode}.js`. */
export async function reactPages(exchange: Exchange, next: () => Promise<void>): Promise<void> {
  const [, react = '', first = '', mode = '', order = ''] = exchange.path.split('/');
  if (react !== 'react') return next();
  const bundle = /^(development|production)\.js$/.exec(first)?.[1];
  if (bundle) {
    const made = bundles.get(bundle) ?? bundled(bundle);
    bundles.set(bundle, made);
    exchange.type = 'js';
    exchange.body = await made;
  } else if (isReactPage(first)) {
    exchange.type = 'html';
    exchange.body = document(first, mode, order);
  } else return next();
}

async function bundled(mode: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    mode,
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    build: {
      write: false,
      minify: false,
      lib: { entry: ENTRY, formats: ['es'], fileName: 'react' },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunk = outputs.find((each) => each.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('React was not bundled');
  return chunk.code;
}

function document(page: ReactPage, mode: string, order: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Sign up</title></head>
  <body>
    <div id="root">${renderToString(app(page))}</div>
    <script>
      const remarks = [];
      window.remarks = remarks;
      for (const level of ['warn', 'error'])
        console[level] = (...what) => {
          if (!String(what[0]).startsWith('Lit is in dev mode')) remarks.push(what.join(' '));
        };
      window.served = document.querySelector('mitto-otp');
    </script>
    <script type="module">
      const { hydrate } = await import('/react/${mode}.js');
      const takeOver = () =>
        hydrate(document.getElementById('root'), '${page}', (error) => remarks.push(String(error)));
      if ('${order}' === 'react-first') takeOver();
      await import('/widget/define.ts');
      if ('${order}' === 'element-first') takeOver();
      if ('${order}' === 'late') {
        await customElements.whenDefined('mitto-otp');
        const isUsed = () => window.served.shadowRoot.querySelector('[part~=country-face]');
        while (!isUsed()) await new Promise((resolve) => setTimeout(resolve, 10));
        takeOver();
      }
    </script>
  </body>
</html>`;
}
