import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { AdminApi } from './admin-client.ts';
import { PAGES, type PageName, pageIn, titleOf } from './pages.ts';
import { ConsoleElement } from './parts/console-element.ts';
import type { SignedInEvent } from './sign-in.ts';

/** The operator console: asks for the token, holds it, and shows one page at a time. */
export class OtpConsole extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    api: { state: true },
    page: { state: true },
    notice: { state: true },
  };

  declare api: AdminApi | undefined;
  declare page: PageName;
  declare notice: string;

  constructor() {
    super();
    this.page = pageIn(location.hash);
    this.notice = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#turnPage);
    // The back/forward cache must not keep the token.
    addEventListener('pagehide', this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#turnPage);
    removeEventListener('pagehide', this.#leave);
  }

  readonly #turnPage = async (): Promise<void> => {
    const page = pageIn(location.hash);
    if (page === this.page) return;
    this.page = page;
    await this.#focusHeading();
  };

  /** As after any other link: a screen reader begins at the top of what came. */
  async #focusHeading(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>('main h1')?.focus();
  }

  readonly #leave = (): void => this.#forget('');

  #forget(notice: string): void {
    this.api = undefined;
    this.notice = notice;
  }

  #signedIn({ token }: SignedInEvent): void {
    this.notice = '';
    const api = new AdminApi(token, () => {
      // Ignore late responses after a sign-out.
      if (this.api === api)
        this.#forget('The Worker rejected the admin token. Sign in with the new one.');
    });
    this.api = api;
    // The form with the focus was removed.
    void this.#focusHeading();
  }

  protected override willUpdate(): void {
    document.title = `${this.api ? titleOf(this.page) : 'Console'} · mitto-otp`;
  }

  protected override render(): TemplateResult {
    const { api } = this;
    if (!api)
      return html`<console-sign-in
        .notice=${this.notice}
        @signed-in=${this.#signedIn}
      ></console-sign-in>`;
    // Fragments are the names of pages here, so the link to the content moves the focus by itself.
    return html`<header class="top">
        <a
          class="skip"
          href="./#${this.page}"
          @click=${(event: Event) => {
            event.preventDefault();
            void this.#focusHeading();
          }}
          >Skip to the content</a
        >
        <p class="brand"><img src="./icon.svg" alt="" width="24" height="24" /> mitto-otp</p>
        <nav aria-label="Console">
          <ul>
            ${PAGES.map(
              ({ name, title }) => html`<li>
                <a href="./#${name}" aria-current=${name === this.page ? 'page' : nothing}>${title}</a>
              </li>`,
            )}
          </ul>
        </nav>
        <button type="button" class="quiet" @click=${() => this.#forget('')}>Sign out</button>
      </header>
      <main>
        <h1 tabindex="-1">${titleOf(this.page)}</h1>
        ${viewOf(this.page, api)}
      </main>`;
  }
}

function viewOf(page: PageName, api: AdminApi): TemplateResult {
  switch (page) {
    case 'connectors':
      return html`<connectors-view .api=${api}></connectors-view>`;
    case 'messages':
      return html`<messages-view .api=${api}></messages-view>`;
    case 'usage':
      return html`<usage-view .api=${api}></usage-view>`;
    case 'sessions':
      return html`<sessions-view .api=${api}></sessions-view>`;
    case 'limits':
      return html`<resources-view .api=${api} kind="limits"></resources-view>`;
    case 'workflows':
      return html`<resources-view .api=${api} kind="workflows"></resources-view>`;
    case 'figures':
      return html`<figures-view .api=${api}></figures-view>`;
  }
}
