import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { actionButton } from './action-button.ts';
import { isEnter } from './enter-key.ts';
import { MittoErrorEvent } from './events.ts';
import { FIRST_STATE } from './first-state.ts';
import type { FlowState } from './flow.ts';
import type { FlowSettings } from './flow-controller.ts';
import { FormAssociatedElement } from './form-associated-element.ts';
import { languageOf, localeOf } from './language.ts';
import { mittoOtpStyles } from './mitto-otp-styles.ts';
import { type PhoneStepView, phoneStep } from './phone-step.ts';
import { SlottedField } from './slotted-field.ts';
import type { Verification } from './verification.ts';
import { firstEn } from './words/first-en.ts';
import { loadWords } from './words/load-words.ts';
import type { FirstWords, Words } from './words/words.ts';

/** The Worker serves the script, so its origin is the Worker's. A page that bundles the package names `endpoint`. */
const SCRIPT_ORIGIN = new URL(import.meta.url).origin;

/** Enough to have the countries there by the time the element is scrolled into view. */
const PREPARE_MARGIN = '256px';

/**
 * Lets a visitor prove that they hold a phone number, and gives the proof to the form that it stands in.
 *
 * @tag mitto-otp
 * @summary A form control whose value is the signed proof that a phone number is the visitor's.
 *
 * @attr {string} endpoint - Origin of the Worker; https, or http on loopback. By default the origin of the script.
 * @attr {string} name - The name under which the form submits the proof.
 * @attr {boolean} required - The form is invalid until a number is confirmed.
 * @attr {boolean} disabled
 * @attr {string} country - ISO 3166-1 alpha-2: the country to begin with. By default the visitor's.
 * @attr {'sms'|'voice'} channel - How the first code travels. By default as the Worker is set.
 * @attr {string} flow - The name of one of the Worker's `FLOWS`.
 * @attr {string} lang - BCP 47. By default the language of the page.
 * @attr {string} nonce-value - A value that the site's server made and will look for in the proof.
 * @attr {number} code-length - Digits of a code, where the Worker's figure is not to be followed.
 * @attr {boolean} autofocus - Takes the focus when the page has given it to nothing else.
 * @attr {boolean} no-auto-submit - A complete code waits for the button or Enter.
 *
 * @fires {MittoSentEvent} mitto-sent - A code is on its way.
 * @fires {MittoVerifiedEvent} mitto-verified - There is a `proof`.
 * @fires {MittoErrorEvent} mitto-error - Something failed: `code`, and `retryAfter` in seconds where it is known.
 * @fires {MittoResetEvent} mitto-reset - Back at the phone step, without a proof.
 *
 * @slot phone - The input of the number. Made by the element when the page writes none.
 * @slot phone-label - Its label.
 * @slot phone-hint - Its hint.
 * @slot phone-error - Its error.
 * @slot code - The input of the code. Made by the element when the page writes none.
 * @slot code-label - Its label.
 * @slot code-hint - Its hint: where the code was sent.
 * @slot code-error - Its error.
 * @slot challenge - What the provider of the challenge draws, while one stands before a send. Filled by the element.
 *
 * @csspart base - All of it.
 * @csspart phone-step - The step in which the number is typed, and later shown.
 * @csspart phone-field - The box around country and number.
 * @csspart country-field - The place of the country picker.
 * @csspart country-face - What is seen of the country.
 * @csspart country-code - `DE`.
 * @csspart calling-code - `+49`.
 * @csspart country-icon - The globe, while no country is chosen.
 * @csspart chevron - The mark of the picker.
 * @csspart country - The select.
 * @csspart check - The mark of a confirmed number.
 * @csspart code-step - The step in which the code is typed.
 * @csspart code-field - The box around the cells.
 * @csspart code-row - The cells with the input over them.
 * @csspart cells - The row of cells.
 * @csspart code-entry - The place of the input.
 * @csspart cell - One cell; also `filled` and `active`.
 * @csspart button - Any button; also `send`, `verify`, `resend`, `new-code`, `by-sms`, `by-voice`, `change-number`, `renew`.
 * @csspart spinner - The mark of a request that is out.
 * @csspart actions - The row of lesser buttons.
 * @csspart challenge - The place of the challenge; empty while none asks for anything.
 * @csspart challenge-hint - What the visitor is asked to do in it.
 * @csspart status - The live region; not seen.
 *
 * @cssprop --mitto-accent - Buttons, focus, links.
 * @cssprop --mitto-on-accent - Text on the accent.
 * @cssprop --mitto-text - Text. By default the page's.
 * @cssprop --mitto-muted - Lesser text.
 * @cssprop --mitto-surface - Inside of the fields.
 * @cssprop --mitto-border - Edges of the fields.
 * @cssprop --mitto-error
 * @cssprop --mitto-success
 * @cssprop --mitto-radius - Rounding of fields and buttons.
 * @cssprop --mitto-space - The unit of all distances.
 * @cssprop --mitto-font - Font family. By default the page's.
 *
 * @cssState phone - The number is asked for.
 * @cssState code - The code is asked for.
 * @cssState busy - A request is out.
 * @cssState verified - There is a proof that holds.
 * @cssState invalid - What was typed was refused, the proof has expired, or the form asked for it in vain.
 */
export class MittoOtpElement extends FormAssociatedElement {
  static override readonly styles = mittoOtpStyles;

  static override properties: PropertyDeclarations = {
    ...FormAssociatedElement.properties,
    endpoint: { reflect: true, useDefault: true },
    country: { reflect: true, useDefault: true },
    channel: { reflect: true, useDefault: true },
    flow: { reflect: true, useDefault: true },
    nonceValue: { attribute: 'nonce-value', reflect: true, useDefault: true },
    codeLength: { type: Number, attribute: 'code-length', reflect: true },
    noAutoSubmit: { type: Boolean, attribute: 'no-auto-submit', reflect: true, useDefault: true },
  };

  declare endpoint: string;
  declare country: string;
  declare channel: string;
  declare flow: string;
  declare nonceValue: string;
  declare codeLength: number | null;
  declare noAutoSubmit: boolean;

  readonly #phone = new SlottedField(this, 'phone', {
    type: 'tel',
    autocomplete: 'tel',
    inputmode: 'tel',
    enterkeyhint: 'send',
    dir: 'ltr',
  });
  /** All that happens once a visitor begins; `null` until it is loaded. */
  #verification: Verification | null = null;
  #loading: Promise<Verification> | null = null;
  /** A gesture waits for the load, or has seen it fail. */
  #start: 'waiting' | 'failed' | null = null;
  /** `null` for English. */
  #words: Words | null = null;
  /** The focus goes to the input of the step once it is drawn. */
  #takesFocus = false;
  /** The form was to be sent, and this control kept it from being sent. */
  #wasMissed = false;
  #visibility: IntersectionObserver | null = null;

  constructor() {
    super();
    this.endpoint = '';
    this.country = '';
    this.channel = '';
    this.flow = '';
    this.nonceValue = '';
    this.codeLength = null;
    this.noAutoSubmit = false;
    this.internals.role = 'group';
    this.internals.ariaLabel = firstEn.control;
  }

  /** The proof, or the empty string. */
  get value(): string {
    const state = this.#state;
    return state.step === 'verified' ? (state.proof ?? '') : '';
  }

  /** Sends a code to the number that is typed; in the code step another one, when its time has come. */
  async send(): Promise<void> {
    if (this.#isDisabled) return;
    const verification = this.#verification ?? (await this.#loadForGesture());
    await verification?.send();
  }

  /** Checks the code that is typed. */
  async verify(): Promise<void> {
    if (!this.#isDisabled) await this.#verification?.verify();
  }

  /** Back to the beginning, with empty fields. */
  reset(): void {
    const { input } = this.#phone;
    input.value = input.defaultValue;
    this.#wasMissed = false;
    this.#start = null;
    this.#verification?.reset();
    this.#syncForm();
    this.requestUpdate();
  }

  override focus(options?: FocusOptions): void {
    this.#input.focus(options);
  }

  formResetCallback(): void {
    this.reset();
  }

  static override get observedAttributes(): string[] {
    // By `super`, and not by the name of the class: Lit's getter finishes the class that it is called on.
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang' && this.isConnected) void this.#loadWords();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#phone.adopt();
    this.#verification?.connected();
    void this.#loadWords();
    this.#takesFocus ||= this.hasAttribute('autofocus') && document.activeElement === document.body;
    this.addEventListener('keydown', this.#onKeyDown);
    this.addEventListener('focusin', this.#prepare);
    this.addEventListener('invalid', this.#onInvalid);
    this.addEventListener('click', this.#onClick);
    this.#visibility = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#prepare();
      },
      { rootMargin: PREPARE_MARGIN },
    );
    this.#visibility.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#visibility?.disconnect();
    this.#verification?.disconnected();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && (changed.has('endpoint') || changed.has('flow')))
      this.#verification?.settingsChanged('endpoint');
    if (changed.has('country')) this.#verification?.settingsChanged('country');
    this.#syncForm();
  }

  protected override render(): TemplateResult {
    const verification = this.#verification;
    const onSlot = this.#adopt;
    return html`<div class="base" part="base" lang=${this.#firstWords.lang}>
      ${phoneStep({ ...(verification?.phoneView() ?? this.#firstView()), onSlot })}
      ${verification?.codeStep() ?? nothing}
      ${verification?.challengeArea() ?? nothing}
      <div class="status" part="status" role="status">${verification?.status ?? this.#loadError}</div>
    </div>`;
  }

  protected override updated(): void {
    if (this.#verification) this.#verification.describeFields();
    else this.#describeFirst();
    if (!this.#takesFocus) return;
    this.#takesFocus = false;
    this.focus();
    // A wrong code is written over by the first key, and is still there to be looked at and mended.
    if (this.#state.step === 'code') this.#input.select();
  }

  protected override updateValidity(): void {
    const missing = this.value === '' && this.required ? this.#firstWords.required : '';
    this.setValidity(this.#verification?.expiry || missing, this.#input);
  }

  get #state(): FlowState {
    return this.#verification?.state ?? FIRST_STATE;
  }

  get #input(): HTMLInputElement {
    return this.#verification?.input ?? this.#phone.input;
  }

  get #isDisabled(): boolean {
    return this.disabled || this.isDisabledByForm;
  }

  get #firstWords(): FirstWords {
    return this.#words ?? firstEn;
  }

  get #loadError(): string {
    return this.#start === 'failed' ? this.#firstWords.notLoaded : '';
  }

  get #settings(): FlowSettings & { country: string; autoSubmit: boolean } {
    const { channel } = this;
    const length = this.codeLength ?? 0;
    return {
      endpoint: this.endpoint || SCRIPT_ORIGIN,
      flow: this.flow || undefined,
      channel: channel === 'sms' || channel === 'voice' ? channel : undefined,
      locale: localeOf(languageOf(this)),
      nonce: this.nonceValue || undefined,
      codeLength: Number.isInteger(length) && length >= 4 && length <= 10 ? length : undefined,
      country: this.country,
      autoSubmit: !this.noAutoSubmit && !this.#isDisabled,
    };
  }

  /** As it looks before anything is loaded. */
  #firstView(): Omit<PhoneStepView, 'onSlot'> {
    const words = this.#firstWords;
    const isWaiting = this.#start === 'waiting';
    return {
      isShown: true,
      mood: this.#wasMissed ? 'wrong' : '',
      picker: nothing,
      mark: nothing,
      actions: actionButton({
        part: 'send',
        kind: 'main',
        label: isWaiting ? words.sending : words.send,
        busy: isWaiting,
        disabled: this.#isDisabled,
        act: () => void this.send(),
      }),
    };
  }

  #describeFirst(): void {
    const words = this.#firstWords;
    const error = this.#loadError || (this.#wasMissed ? words.required : '');
    this.#phone.describe({
      label: words.phoneLabel,
      hint: error ? '' : words.phoneHint[this.#settings.channel ?? 'sms'],
      error,
      isInvalid: this.#wasMissed,
      required: this.required,
      readOnly: false,
      disabled: this.#isDisabled,
      lang: words.lang,
    });
  }

  /** Shows that it waits, and says so when it waits in vain. */
  async #loadForGesture(): Promise<Verification | null> {
    this.#start = 'waiting';
    this.requestUpdate();
    try {
      const verification = await this.#load();
      this.#start = null;
      return verification;
    } catch {
      this.#start = 'failed';
      this.requestUpdate();
      this.dispatchEvent(new MittoErrorEvent('network_error', undefined));
      return null;
    }
  }

  #load(): Promise<Verification> {
    this.#loading ??= this.#loadNow();
    return this.#loading;
  }

  async #loadNow(): Promise<Verification> {
    try {
      const { Verification } = await import('./verification.ts');
      this.#verification = new Verification({
        element: this,
        phone: this.#phone,
        settings: () => this.#settings,
        form: () => ({
          required: this.required,
          disabled: this.#isDisabled,
          wasMissed: this.#wasMissed,
        }),
        words: () => this.#words,
        onEdit: () => {
          this.#wasMissed = false;
        },
        onChange: ({ next }) => {
          if (next.step === 'verified') this.#wasMissed = false;
          this.#syncForm();
        },
        takeFocus: () => {
          this.#takesFocus = true;
        },
      });
      this.requestUpdate();
      return this.#verification;
    } catch (error) {
      // The next gesture tries again.
      this.#loading = null;
      throw error;
    }
  }

  #syncForm(): void {
    const state = this.#state;
    // The state is `null`, or the browser would keep the proof in its session history.
    this.internals.setFormValue(this.value || null, null);
    this.updateValidity();
    const states = {
      phone: state.step === 'phone',
      code: state.step === 'code',
      busy: state.busy !== null || this.#start === 'waiting',
      verified: this.value !== '',
      invalid: this.#wasMissed || (this.#verification?.isInvalid ?? false),
    };
    for (const [name, isOn] of Object.entries(states))
      if (isOn) this.internals.states.add(name);
      else this.internals.states.delete(name);
  }

  readonly #prepare = (): void => {
    this.#visibility?.disconnect();
    if (this.#verification) void this.#verification.prepare();
    // Nobody has asked for anything yet, so a failure is nobody's business.
    else this.#load().catch(() => undefined);
  };

  readonly #onKeyDown = (event: Event): void => {
    if (event.target !== this.#phone.input || !isEnter(event)) return;
    // With a proof in hand Enter is the form's again.
    if (this.value) return;
    event.preventDefault();
    void this.send();
  };

  readonly #onInvalid = (): void => {
    this.#wasMissed = true;
    this.#syncForm();
    this.requestUpdate();
  };

  /** A `<label for>` of the page's clicks the element itself; a click on anything in it has another target inside. */
  readonly #onClick = (event: Event): void => {
    if (event.composedPath()[0] === this) this.focus();
  };

  readonly #adopt = (): void => {
    this.#phone.adopt();
    this.requestUpdate();
  };

  async #loadWords(): Promise<void> {
    const lang = languageOf(this);
    const words = await loadWords(lang);
    if (lang !== languageOf(this)) return;
    this.#words = words;
    this.internals.ariaLabel = this.#firstWords.control;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mitto-otp': MittoOtpElement;
  }
}
