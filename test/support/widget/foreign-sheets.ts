/** Before a test puts another in its place. */
const load = window.fetch.bind(window);

/** Sheets that pages have, and some that none should have. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'Tailwind preflight': 'tailwindcss/preflight.css',
  Bootstrap: 'bootstrap/dist/css/bootstrap.css',
  Bulma: 'bulma/css/bulma.css',
  Pico: '@picocss/pico/css/pico.css',
  'Pico, without classes': '@picocss/pico/css/pico.classless.css',
  Materialize: '@materializecss/materialize/dist/css/materialize.css',
  'modern-normalize': 'modern-normalize/modern-normalize.css',
  'Eric Meyer’s reset': '@unocss/reset/eric-meyer.css',
  'UnoCSS with Tailwind’s reset': '@unocss/reset/tailwind-compat.css',
  'sanitize.css': 'sanitize.css/sanitize.css',
  'sanitize.css for forms': 'sanitize.css/forms.css',
  Pure: 'purecss/build/pure.css',
  UIkit: 'uikit/dist/css/uikit.css',
  'The New CSS Reset': 'the-new-css-reset/css/reset.css',
  Milligram: 'milligram/dist/milligram.css',
  MVP: 'mvp.css/mvp.css',
  'Simple.css': 'simpledotcss/simple.css',
  'missing.css': 'missing.css/dist/missing.css',
};

const HOSTILE: Readonly<Record<string, string>> = {
  'inputs that do not grow': 'input { flex: none } * { flex: none !important }',
  'all taken back': '* { all: revert }',
  'all taken back, importantly': 'input, label { all: revert !important }',
  'all unset': 'input, label, button { all: unset !important }',
  'from right to left':
    'input { direction: rtl !important; unicode-bidi: bidi-override !important }',
  'from top to bottom': 'input, label { writing-mode: vertical-rl !important }',
  'inputs out of sight':
    'input { position: absolute !important; left: -9999px !important; opacity: 0 !important }',
  'inputs not displayed':
    'input { display: none !important } label { display: inline-block !important }',
  'hidden and cut':
    'input { visibility: hidden !important; clip-path: circle(0) !important; mask: linear-gradient(#0000, #0000) !important }',
  'small inputs':
    'input { width: 24px !important; max-width: 24px !important; height: 2px !important; font-size: 1px !important }',
  'large inputs':
    'input { min-width: 60rem !important; padding: 0 20rem !important; margin: 5rem !important; float: right !important }',
  'letters without a colour':
    'input { color: transparent !important; -webkit-text-fill-color: transparent !important; -webkit-text-security: disc !important }',
  'moved letters':
    'input { text-indent: -99em !important; letter-spacing: 2em !important; word-spacing: 3em !important; text-align: right !important; text-transform: uppercase !important }',
  'turned, shrunk and moved':
    'input, label { transform: scale(-1) !important; rotate: 90deg !important; scale: 0.1 !important; translate: 50px !important; zoom: 0.2 !important }',
  'labels that float':
    'label { position: absolute !important; top: 0.8rem; left: 0; transform: translateY(100%) !important; margin: -3rem !important; pointer-events: none }',
  'flex for all': '* { display: flex !important }',
  'a grid for all':
    'input, label, button, div { display: grid !important; order: 3 !important; align-self: end !important; justify-self: end !important }',
  'text in one line': '* { white-space: nowrap; text-indent: 3em; text-align: right }',
  'dead inputs':
    'input { pointer-events: none !important; user-select: none !important; content-visibility: hidden !important; filter: opacity(0) !important }',
  'moving inputs':
    '@keyframes away { to { opacity: 0; width: 0 } } input { animation: away 1ms forwards !important; transition: all 9s !important }',
};

/** The text of each sheet, fetched once. */
export const FOREIGN_SHEETS: ReadonlyArray<readonly [name: string, text: () => Promise<string>]> = [
  ...Object.entries(LIBRARIES).map(
    ([name, path]) =>
      [
        name,
        async () => {
          const answer = await load(`/node_modules/${path}`);
          if (!answer.ok) throw new Error(`There is no ${path}`);
          return answer.text();
        },
      ] as const,
  ),
  ...Object.entries(HOSTILE).map(([name, text]) => [name, async () => text] as const),
];
