/**
 * Serves, inside the test runner, pages under the strictest policy that still lets a script run, and the Worker's
 * calls that the element on them makes. A test's own page could not be one: the runner writes scripts into it.
 */

import { answers } from '../../support/widget/fake-worker.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

/** What is used here of a request and its answer, as the test runner's server has them. */
interface Exchange {
  readonly path: string;
  readonly origin: string;
  status: number;
  type: string;
  body: unknown;
  set(name: string, value: string): void;
  readonly req: AsyncIterable<Uint8Array>;
}

/** The one code that is wrong. */
export const WRONG_CODE = '111111';

/** The element as it is written, and as it is built and served by the Worker: with later files of its own. */
const SCRIPTS = new Map([
  ['source', '/widget/define.ts'],
  ['built', '/dist/assets/mitto-otp.js'],
]);

/**
 * Markup that a page let a stranger write, in front of the form and in it. By its names and ids it stands where
 * scripts look for the document's, the window's and the form's own things. Names that no script can do without
 * (`createElement`, or the version lists of Lit, `litElementVersions`) stop the page's every script and yield nothing.
 */
const CLOBBERING = {
  before: [
    ...['activeElement', 'body', 'documentElement', 'currentScript', 'hidden', 'visibilityState'],
    ...[
      'adoptedStyleSheets',
      'defaultView',
      'forms',
      'getElementById',
      'querySelector',
      'execCommand',
    ],
  ]
    .map((name) => `<img name="${name}">`)
    .concat(
      ['OTPCredential', 'turnstile', 'lit', 'process'].map(
        (id) => `<a id="${id}" href="clobbered:1"></a>`,
      ),
    )
    .join(''),
  inside: [
    ...['addEventListener', 'attributes', 'children', 'closest', 'contains', 'dispatchEvent'],
    ...['elements', 'getRootNode', 'id', 'isConnected', 'lang', 'matches', 'noValidate', 'value'],
    ...['parentNode', 'querySelector', 'requestSubmit', 'submit', 'endpoint', 'ownerDocument'],
  ]
    .map((name) => `<input hidden name="${name}">`)
    .join(''),
} as const;

export async function strictServer(exchange: Exchange, next: () => Promise<void>): Promise<void> {
  const { path, origin } = exchange;
  const [, form = '', around] = /^\/strict\/([a-z]+)(\/clobbered)?$/.exec(path) ?? [];
  const script = SCRIPTS.get(form);
  if (script) {
    exchange.set('Content-Security-Policy', policyFor(origin));
    exchange.type = 'html';
    exchange.body = page(script, around ? CLOBBERING : { before: '', inside: '' });
    return;
  }
  const reply = await replyTo(exchange);
  if (!reply) return next();
  exchange.status = reply.status;
  for (const [name, value] of reply.headers) exchange.set(name, value);
  exchange.body = await reply.text();
}

/** As docs/element.md gives it to sites: the Worker's scripts and calls, the one policy that Lit makes, and no more. */
function policyFor(origin: string): string {
  return [
    "default-src 'none'",
    `script-src ${origin}`,
    `connect-src ${origin}`,
    "style-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

function page(script: string, around: { before: string; inside: string }): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign up</title>
    <script type="module" src="/test/security/widget/csp-violations.ts"></script>
    <script type="module" src="${script}"></script>
  </head>
  <body>
    ${around.before}
    <form>
      ${around.inside}
      <mitto-otp name="phone-proof" required></mitto-otp>
      <button>Sign up</button>
    </form>
  </body>
</html>`;
}

async function replyTo({ path, req }: Exchange): Promise<Response | null> {
  switch (path) {
    case '/v1/config':
      return answers.config()();
    case '/v1/send':
      return answers.send({ resendIn: 0 })();
    case '/v1/verify':
      return (await textOf(req)).includes(WRONG_CODE)
        ? answers.problem('incorrect_code', { attemptsLeft: 4 })()
        : answers.verify()();
    case '/v1/cancel':
      return new Response(null, { status: 204 });
    default:
      return path.startsWith('/v1/phone-metadata/') ? answerMetadata({ pathname: path }) : null;
  }
}

async function textOf(request: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of request) text += decoder.decode(bytes, { stream: true });
  return text;
}
