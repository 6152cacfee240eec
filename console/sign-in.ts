import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { AdminApi } from './admin-client.ts';
import { type ConsoleProblem, toProblem } from './errors.ts';
import { problemNotice } from './parts/alert.ts';
import { ConsoleElement } from './parts/console-element.ts';

/** The token is valid: the API client to use. */
export class SignedInEvent extends Event {
  readonly token: string;

  constructor(token: string) {
    super('signed-in');
    this.token = token;
  }
}

/**
 * Asks for the admin token and verifies it.
 *
 * @fires {SignedInEvent} signed-in
 */
export class SignIn extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    notice: {},
    isTrying: { state: true },
    problem: { state: true },
    isRefused: { state: true },
  };

  /** Why the sign-in is required again. */
  declare notice: string;
  declare isTrying: boolean;
  declare problem: ConsoleProblem | undefined;
  declare isRefused: boolean;
  readonly #input = createRef<HTMLInputElement>();

  constructor() {
    super();
    this.notice = '';
    this.isTrying = false;
    this.isRefused = false;
  }

  protected override firstUpdated(): void {
    this.#input.value?.focus();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const input = this.#input.value;
    const token = input?.value.trim() ?? '';
    if (!input || token === '' || this.isTrying) return;
    this.isTrying = true;
    this.problem = undefined;
    this.isRefused = false;
    try {
      await new AdminApi(token, () => undefined).figures();
      // What a browser keeps of a form to restore it must not be the token.
      input.value = '';
      this.dispatchEvent(new SignedInEvent(token));
    } catch (error) {
      const problem = toProblem(error);
      this.isRefused = problem.status === 401;
      this.problem = this.isRefused ? undefined : problem;
      input.select();
      input.focus();
    } finally {
      this.isTrying = false;
    }
  }

  protected override render(): TemplateResult {
    // The input has no name: should this script fail, the browser could put nothing of it into the address.
    return html`<main class="sign-in">
      <p class="brand"><img src="./icon.svg" alt="" width="28" height="28" /> mitto-otp</p>
      <div class="card">
        <h1>Console</h1>
        <p class="lead">For the operators of this deployment.</p>
        ${this.notice ? html`<p class="notice" role="status">${this.notice}</p>` : nothing}
        <form autocomplete="off" @submit=${this.#submit}>
          <div class="field">
            <label for="token">Admin token</label>
            <input
              id="token"
              type="password"
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              required
              aria-describedby="token-hint token-problem"
              aria-invalid=${this.isRefused ? 'true' : nothing}
              ${ref(this.#input)}
            />
            <p class="hint" id="token-hint">
              The value of the secret <code>ADMIN_TOKEN</code>. It is kept in memory only, until you sign
              out or close this page.
            </p>
            <p class="field-problem" id="token-problem" role="alert">
              ${this.isRefused ? 'The admin token is wrong.' : nothing}
            </p>
          </div>
          ${this.problem ? problemNotice(this.problem) : nothing}
          <button class="main" aria-disabled=${this.isTrying ? 'true' : nothing}>
            ${this.isTrying ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}Sign in
          </button>
        </form>
      </div>
    </main>`;
  }
}
