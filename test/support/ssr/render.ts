/** What a site's server makes of a page with the element in it. Runs in Node. */
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, type TemplateResult } from 'lit';
import './sign-up-host.ts';

/** As docs/element.md gives it to sites: without script, it is a form with an input that can be sent. */
const FIELDS = html`
  <label slot="phone-label" for="phone">Phone number</label>
  <input slot="phone" id="phone" name="phone" type="tel" autocomplete="tel">
`;

const PAGES = {
  plain: html`<form>
    <mitto-otp name="phone-proof" required>${FIELDS}</mitto-otp>
    <button>Sign up</button>
  </form>`,
  'all-attributes': html`<form>
    <mitto-otp
      endpoint="https://otp.example.com"
      name="phone-proof"
      required
      disabled
      country="DE"
      channel="voice"
      flow="sign-up"
      lang="en"
      nonce-value="a&quot;b"
      code-length="4"
      autofocus
      no-auto-submit
    ></mitto-otp>
  </form>`,
  german: html`<form>
    <mitto-otp name="phone-proof" required lang="de">${FIELDS}</mitto-otp>
  </form>`,
  'disabled-by-fieldset': html`<form>
    <fieldset disabled><mitto-otp name="phone-proof" required>${FIELDS}</mitto-otp></fieldset>
  </form>`,
  'in-another-component': html`<sign-up-host></sign-up-host>`,
} satisfies Record<string, TemplateResult>;

export type PageName = keyof typeof PAGES;

export function isPageName(name: string): name is PageName {
  return Object.hasOwn(PAGES, name);
}

export function renderPage(name: PageName): Promise<string> {
  return collectResult(render(PAGES[name]));
}
