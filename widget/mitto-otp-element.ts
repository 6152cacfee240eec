import {
  html,
  isServer,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Channel } from '../shared/api/channel.ts';
import { nameGroup, toggleState } from './base/custom-states.ts';
import { isEnter } from './base/enter-key.ts';
import { FormAssociatedElement } from './base/form-associated-element.ts';
import { importWithRetry } from './base/import-with-retry.ts';
import { clearLeftovers, OWN } from './base/own-nodes.ts';
import { shownText } from './base/shown-text.ts';
import { SlottedInput } from './base/slotted-input.ts';
import { warn } from './diagnostics/warn.ts';
import { MittoErrorEvent, type MittoOtpElementEventMap } from './events.ts';
import { INITIAL_STATE } from './flow/initial-state.ts';
import type { FlowState } from './flow/state.ts';
import { LanguageController } from './i18n/language-controller.ts';
import { ENGLISH } from './i18n/load-language.ts';
import type { InitialMessages, LanguagePack, PartialMessages } from './i18n/messages.ts';
import { initialStyles } from './styles/initial.ts';
import { noScriptStyles } from './styles/no-script.ts';
import type { Verification } from './verification.ts';
import { actionButton, mainActions } from './view/button.ts';
import { type PhoneStepView, phoneStep } from './view/phone-step.ts';

export * from './events.ts';
export { defineLanguage, type WordSource } from './i18n/define-language.ts';
export type { Messages, PartialMessages } from './i18n/messages.ts';

/** Enough to have the countries there by the time the element is scrolled into view. */
const PREPARE_MARGIN = '256px';

/**
 * Verifies a visitor's phone number by SMS or voice code, and submits the signed proof with the form around it.
 *
 * @tag mitto-otp
 * @summary A form control whose value is the signed proof of a verified phone number.
 *
 * @attr {string} endpoint - Origin of the Worker; https, or http on loopback. By default the origin of the script.
 * @attr {string} name - The name under which the form submits the proof.
 * @attr {boolean} required - The form is invalid until a number is verified.
 * @attr {boolean} disabled - Excludes the element from the form, and disables its inputs and buttons.
 * @attr {string} country - ISO 3166-1 alpha-2: the preselected country. By default the visitor's.
 * @attr {'sms'|'voice'} channel - Channel of the first code. By default the Worker's.
 * @attr {string} flow - The name of one of the Worker's `FLOWS`.
 * @attr {string} lang - BCP 47. By default the language of the page.
 * @attr {string} nonce-value - The site server's nonce, which the proof will contain.
 * @attr {number} code-length - Number of digits of a code, overriding the Worker's.
 * @attr {boolean} autofocus - Takes the focus on load, unless another element has it.
 * @attr {boolean} no-auto-submit - Waits for the button or Enter instead of verifying at the last digit.
 * @attr {boolean} proof-input - Writes the proof into a hidden input among the element's children, under `name`, for
 *   scripts that collect a form's inputs by themselves. A server can render such an input to hand a proof back.
 *
 * @fires {MittoSentEvent} mitto-sent - A code was sent; also fired when the visitor returns from the number to the code step.
 * @fires {MittoVerifiedEvent} mitto-verified - The number is verified: `proof`.
 * @fires {MittoExpiredEvent} mitto-expired - The proof has expired and could not be renewed.
 * @fires {MittoErrorEvent} mitto-error - A request failed: `code`, and `retryAfter` in seconds if known.
 * @fires {MittoResetEvent} mitto-reset - The element is back at the phone step, without a proof.
 *
 * @slot phone - The number input. Created by the element if the page has none.
 * @slot phone-label - Its label.
 * @slot phone-hint - Its hint.
 * @slot phone-error - Its error.
 * @slot code - The code input. Created by the element if the page has none.
 * @slot code-label - Its label.
 * @slot code-hint - Its hint: where the code was sent.
 * @slot code-error - Its error.
 * @slot consent - Terms that a visitor accepts by requesting a code, such as `Msg & data rates may apply.` Below the send button.
 * @slot help - Help when no code arrives, such as a contact link. At the end of the code step.
 * @slot challenge - The challenge widget, when a send requires one. Filled by the element.
 *
 * @csspart width - Gives the element its width in a container that shrinks to fit.
 * @csspart base - The whole element.
 * @csspart phone-step - The step with the number input, which later shows the number.
 * @csspart phone-field - The box around country and number.
 * @csspart country-field - The container of the country picker.
 * @csspart country-face - The visible part of the country picker.
 * @csspart country-code - `DE`.
 * @csspart calling-code - `+49`.
 * @csspart country-icon - The globe, while no country is selected.
 * @csspart chevron - The arrow of the picker.
 * @csspart country - The control of the picker: a native select on touch devices, otherwise a button that opens the list.
 * @csspart country-popup - The list of countries with its search.
 * @csspart country-search - The search input.
 * @csspart country-list - The matching countries.
 * @csspart country-option - One of them.
 * @csspart country-name - Its name.
 * @csspart country-option-code - Its calling code.
 * @csspart country-tick - The mark of the selected one.
 * @csspart country-none - The text when none matches.
 * @csspart check - The mark of a verified number.
 * @csspart code-step - The step with the code input.
 * @csspart code-field - The box around the cells.
 * @csspart code-row - The cells and the input over them.
 * @csspart cells - The row of cells.
 * @csspart code-entry - The container of the input.
 * @csspart cell-group - All cells, or one half of six or eight.
 * @csspart cell - One cell.
 * @csspart filled - A cell with a digit.
 * @csspart active - A cell with the caret or the selection.
 * @csspart phone-message - The area of the number's hint or error.
 * @csspart code-message - The area of the code's hint, error or help.
 * @csspart button - Any button of a step.
 * @csspart main-button - The primary button of a step.
 * @csspart side-button - A secondary button, which looks like a link.
 * @csspart send - Sends the code.
 * @csspart suggestion - Replaces a rejected number with the one that was probably meant.
 * @csspart verify - Verifies the code.
 * @csspart resend - Sends another code.
 * @csspart resend-field - The container of that button and its countdown.
 * @csspart by-sms - Sends the code by SMS instead.
 * @csspart by-voice - Sends the code by voice call instead.
 * @csspart new-code - Starts a new session for the same number, once the session has ended.
 * @csspart change-number - Goes back to the number.
 * @csspart renew-field - The container of the button that verifies the number again.
 * @csspart renew - That button, once the proof has expired.
 * @csspart busy - A button with a pending request.
 * @csspart timer - The countdown beside a button that has to wait.
 * @csspart spinner - The indicator of a pending request.
 * @csspart actions - The row of secondary buttons.
 * @csspart room - Invisible placeholder that reserves space for later content.
 * @csspart button-label - The text of a button, and its spinner.
 * @csspart action-line - The secondary buttons that share a line.
 * @csspart help-number - The number in the help text.
 * @csspart help-field - The help text with its number, in the area of the hint.
 * @csspart help - The help text when no code arrives. Shown after the first wait.
 * @csspart challenge - The container of the challenge; empty unless it needs interaction.
 * @csspart challenge-hint - The instruction for it.
 * @csspart status - The live region; visually hidden.
 *
 * @cssprop --mitto-accent - Buttons, links and the focus ring; darkened or lightened where contrast requires it.
 * @cssprop --mitto-on-accent - Text on the accent. By default black or white, whichever has more contrast.
 * @cssprop --mitto-text - Text. By default the page's.
 * @cssprop --mitto-muted - Secondary text.
 * @cssprop --mitto-surface - Background of the fields.
 * @cssprop --mitto-border - Borders of the fields.
 * @cssprop --mitto-error - Errors, and borders of invalid fields.
 * @cssprop --mitto-success - The verified number.
 * @cssprop --mitto-radius - Corner radius of fields and buttons.
 * @cssprop --mitto-space - Unit of all spacing. By default `0.5rem`.
 * @cssprop --mitto-control - Height of fields and buttons. By default `2.75rem`; at least 24 px, and 44 px on touch devices.
 * @cssprop --mitto-group-gap - Extra gap between the halves of a code of six or eight digits, such as `0.5rem`. By default `0px`; the outer digits are shifted by up to a third of it.
 * @cssprop --mitto-font - Font family. By default the page's.
 *
 * @cssState phone - Phone step.
 * @cssState code - Code step.
 * @cssState busy - A request is pending.
 * @cssState verified - There is a valid proof.
 * @cssState invalid - Input was rejected, or the form was submitted without a proof. Unlike `:invalid` it waits for the
 *   visitor.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: overloads alone, so nothing is left without a value
export class MittoOtpElement extends FormAssociatedElement {
  static override readonly styles = isServer ? [initialStyles, noScriptStyles] : initialStyles;

  static override properties: PropertyDeclarations = {
    ...FormAssociatedElement.properties,
    endpoint: { reflect: true, useDefault: true },
    country: { reflect: true, useDefault: true },
    channel: { reflect: true, useDefault: true },
    flow: { reflect: true, useDefault: true },
    nonceValue: { attribute: 'nonce-value', reflect: true, useDefault: true },
    codeLength: {
      // What is no number leaves the attribute as the page wrote it: `NaN` would be written over it.
      converter: (text) => Number(text) || null,
      type: Number,
      attribute: 'code-length',
      reflect: true,
      useDefault: true,
    },
    noAutoSubmit: { type: Boolean, attribute: 'no-auto-submit', reflect: true, useDefault: true },
    proofInput: { type: Boolean, attribute: 'proof-input', reflect: true, useDefault: true },
    words: { attribute: false },
  };

  declare endpoint: string;
  declare country: string;
  declare channel: Channel | '';
  declare flow: string;
  declare nonceValue: string;
  declare codeLength: number | null;
  declare noAutoSubmit: boolean;
  declare proofInput: boolean;
  /**
   * Custom texts of the page, which override those of the language. Plain text. Assign a new object to change a text; the
   * browser console warns of unknown names.
   */
  declare words: PartialMessages | null;

  readonly #phone = new SlottedInput(this, 'phone', {
    type: 'tel',
    autocomplete: 'tel',
    inputmode: 'tel',
    enterkeyhint: 'send',
    dir: 'ltr',
  });
  /** The verification controller; `null` until it is loaded. */
  #verification: Verification | null = null;
  #loading: Promise<Verification> | null = null;
  /** A user action waits for the load, or has seen it fail. */
  #start: 'waiting' | 'failed' | null = null;
  readonly #language = new LanguageController(this);
  /** Move the focus to the step's input after rendering. */
  #takesFocus = false;
  /** The number that the browser restored, until the visitor acts. */
  #kept = '';
  /** The form was submitted, and this control blocked it. */
  #wasMissed = false;
  #hasToldEmpty = false;
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
    this.proofInput = false;
    this.words = null;
    // From a server they would come as attributes, and stay where nothing takes them away.
    if (isServer) return;
    this.internals.role = 'group';
    // Chromium would call the whole group wrong for want of a proof, before anybody has typed anything.
    this.internals.ariaInvalid = 'false';
    // A page set it before the script was there, and would go on setting a property of the object alone. There is
    // nothing yet that an empty one could reset.
    if (Object.hasOwn(this, 'value')) Reflect.deleteProperty(this, 'value');
  }

  /**
   * The proof, or the empty string. Assigning the empty string resets the element; any other value is ignored, because only
   * the Worker issues proofs.
   */
  get value(): string {
    const state = this.#state;
    return state.step === 'verified' ? (state.proof ?? '') : '';
  }

  set value(value: string) {
    if (value === '') {
      if (!this.#hasToldEmpty) this.reset();
    } else if (value !== this.value)
      warn(
        'ignores a value that is set, because the proof comes from the Worker. Set it to "" to reset the element.',
      );
  }

  /**
   * The first child that the page has written. It skips the element's own children, which React would report as a hydration
   * mismatch and morphing libraries would remove. `childNodes` and all other properties include every child.
   */
  // React passes over nothing that could stand here in plain sight: leading comments and hidden inputs, but no label and
  // no text. It stops at the comment that ends a Suspense boundary; behind one of those a morph would still take the
  // input away while somebody types.
  override get firstChild(): ChildNode | null {
    let child = this.childNodes[0] ?? null;
    while (child instanceof Element && child.hasAttribute(OWN)) child = child.nextSibling;
    return child;
  }

  /** Sends a code to the number in the input; in the code step another one, once the wait is over. */
  async send(): Promise<void> {
    if (this.#isDisabled) return;
    const verification = this.#verification ?? (await this.#loadForGesture());
    await verification?.send();
  }

  /** Verifies the code in the input. */
  async verify(): Promise<void> {
    if (!this.#isDisabled) await this.#verification?.verify();
  }

  /** Resets the element to the phone step, with empty fields. */
  reset(): void {
    const { input } = this.#phone;
    input.value = input.defaultValue;
    this.#wasMissed = false;
    this.#start = null;
    this.#verification?.reset();
    this.#syncForm();
    this.requestUpdate();
  }

  /** Focuses the input of the current step. */
  override focus(options?: FocusOptions): void {
    this.#input.focus(options);
  }

  formResetCallback(): void {
    this.reset();
  }

  /** The page was left and is loaded anew: the number is still there, with the country that was chosen for it. */
  formStateRestoreCallback(kept: unknown): void {
    const { input } = this.#phone;
    if (typeof kept === 'string') {
      input.value ||= kept.slice(kept.indexOf('\n') + 1);
      this.#kept = kept;
      this.#verification?.restoreNumber(kept);
    }
    this.requestUpdate();
  }

  static override get observedAttributes(): string[] {
    // By `super`, and not by the name of the class: Lit's getter finishes the class that it is called on.
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang' && this.isConnected) this.#language.load();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (isServer) return;
    if (!this.#verification) clearLeftovers(this, 'phone');
    this.#phone.adopt();
    this.#verification?.connected();
    this.#language.connected(this.isHydrating);
    // A dialog around it, which has just been opened, has it only for want of something better.
    this.#takesFocus ||=
      this.hasAttribute('autofocus') && (document.activeElement?.contains(this) ?? true);
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
    this.#language.disconnected();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer) return;
    if (this.hasUpdated && (changed.has('endpoint') || changed.has('flow')))
      this.#verification?.settingsChanged('endpoint');
    if (changed.has('country')) this.#verification?.settingsChanged('country');
    if (changed.has('words') && (this.words || this.hasUpdated)) this.#language.load();
    nameGroup(this, this.internals, this.labelText || this.#firstWords.control);
    this.#syncForm();
  }

  protected override render(): TemplateResult {
    const verification = this.isHydrating ? null : this.#verification;
    const onSlot = this.#adopt;
    const { lang, dir } = this.#firstWords;
    const waits = this.#language.spoken ? '' : 'wordless';
    // Browsers from before 2024 know no `:state()`, so the element's own rules go by a class.
    const step =
      verification && (this.value ? 'verified' : verification.state.step === 'code' && 'code');
    return html`<div class="width" part="width"><div class="base ${waits} ${step ? `at-${step}` : ''}" part="base" lang=${lang} dir=${dir}>
      ${phoneStep({ ...(verification?.phoneView() ?? this.#firstView()), onSlot })}
      ${verification?.codeStep() ?? nothing}
      ${verification?.challengeSlot() ?? nothing}
      <div class="status" part="status" role="status">${shownText(verification?.status ?? this.#loadError)}</div>
    </div></div>`;
  }

  protected override updated(): void {
    this.#phone.adopt();
    if (this.#verification) this.#verification.describeFields();
    else this.#describeFirst();
    if (this.#isHandedBack) this.#load().catch(() => undefined);
    if (!this.#takesFocus) return;
    this.#takesFocus = false;
    this.focus();
    this.#verification?.focused();
  }

  protected override updateValidity(): void {
    const isThere = this.value !== '' || this.#isLapsed;
    const missing = this.required && !isThere ? this.#firstWords.required : '';
    this.setValidity(this.#verification?.amiss || missing, this.#input);
  }

  get #state(): FlowState {
    return this.#verification?.state ?? INITIAL_STATE;
  }

  /** The proof has expired, and is renewed before the form is sent. */
  get #isLapsed(): boolean {
    return this.#verification?.isLapsed ?? false;
  }

  get #input(): HTMLInputElement {
    return this.#verification?.input ?? this.#phone.input;
  }

  get #isDisabled(): boolean {
    return this.disabled || (this.isDisabledByForm && !this.isHydrating);
  }

  get #spoken(): LanguagePack {
    return this.#language.spoken ?? ENGLISH;
  }

  get #firstWords(): InitialMessages {
    return (this.isHydrating ? ENGLISH : this.#spoken).first;
  }

  /** The validation message of the last submit attempt, while it applies. */
  get #missed(): string {
    return this.#wasMissed && !this.isHydrating ? this.validationMessage : '';
  }

  get #loadError(): string {
    return this.#start === 'failed' && !this.isHydrating ? this.#firstWords.notLoaded : '';
  }

  /** As it looks before anything is loaded. */
  #firstView(): Omit<PhoneStepView, 'onSlot'> {
    const words = this.#firstWords;
    const isWaiting = this.#start === 'waiting' && !this.isHydrating;
    return {
      isShown: true,
      mood: this.#missed ? 'wrong' : '',
      picker: nothing,
      mark: nothing,
      room: [],
      tall: '',
      hasConsent: true,
      actions: mainActions(
        actionButton({
          part: 'send',
          kind: 'main',
          label: isWaiting ? words.sending : words.send,
          room: [words.sending],
          busy: isWaiting,
          disabled: this.#isDisabled,
          act: () => void this.send(),
        }),
      ),
    };
  }

  #describeFirst(): void {
    const words = this.#firstWords;
    const error = this.#loadError || this.#missed;
    this.#phone.describe({
      label: words.phoneLabel,
      hint: error ? '' : words.phoneHint[this.channel === 'voice' ? 'voice' : 'sms'],
      error,
      isInvalid: this.#missed !== '',
      required: this.required,
      readOnly: false,
      disabled: this.#isDisabled,
      lang: words.lang,
    });
  }

  /** Shows a pending state, and an error if the load fails. */
  async #loadForGesture(): Promise<Verification | null> {
    this.#start = 'waiting';
    this.requestUpdate();
    try {
      const verification = await this.#load();
      this.#start = null;
      // The visitor may have left since pressing the button.
      return this.isConnected ? verification : null;
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
      const [{ beginVerification }, finishing] = await Promise.all([
        importWithRetry(() => import('./verification.ts')),
        // With it, so that nothing is seen in the colours of another page first.
        importWithRetry(() => import('./view/finishing.ts')).catch(() => null),
        // Its first text is already in the visitor's language.
        this.#language.ready,
      ]);
      this.#verification = await beginVerification(
        {
          element: this,
          phone: this.#phone,
          form: () => ({
            required: this.required,
            disabled: this.#isDisabled,
            missed: this.#missed,
            proofName: this.proofInput ? this.name : null,
          }),
          spoken: () => this.#spoken,
          onEdit: () => {
            this.#wasMissed = false;
          },
          onChange: ({ previous, next }) => {
            if (next.step !== previous.step) this.#wasMissed = false;
            if (previous.step === 'verified' && previous.proof && !this.value) this.#tellEmpty();
            this.#syncForm();
          },
          takeFocus: () => {
            this.#takesFocus = true;
          },
        },
        finishing,
      );
      this.#verification.restoreNumber(this.#kept);
      this.requestUpdate();
      return this.#verification;
    } catch (error) {
      // The next user action retries.
      this.#loading = null;
      throw error;
    }
  }

  /**
   * A framework that binds the value, as React does with `value={proof}`, sets it at once to what it was told. That is
   * no wish to lose the number whose proof has expired, or which the visitor is about to change.
   */
  #tellEmpty(): void {
    this.#hasToldEmpty = true;
    setTimeout(() => {
      this.#hasToldEmpty = false;
    });
  }

  #syncForm(): void {
    const state = this.#state;
    // What the browser keeps in its session history is the number, as of any input, and never the proof.
    const value = this.proofInput ? null : this.value;
    const kept = this.#verification?.keptNumber ?? this.#phone.input.value;
    this.internals.setFormValue(value || null, kept || null);
    this.updateValidity();
    const states = {
      phone: state.step === 'phone',
      code: state.step === 'code',
      busy: state.busy !== null || this.#start === 'waiting',
      verified: this.value !== '' || this.#isLapsed,
      invalid: this.#verification?.isInvalid ?? this.#missed !== '',
    };
    for (const [name, isOn] of Object.entries(states)) toggleState(this.internals, name, isOn);
  }

  readonly #prepare = (): void => {
    this.#visibility?.disconnect();
    if (this.#verification) void this.#verification.prepare();
    // No user action yet, so a failure is not shown.
    else this.#load().catch(() => undefined);
  };

  readonly #onKeyDown = (event: Event): void => {
    if (event.target !== this.#phone.input || !isEnter(event)) return;
    // With a proof in hand Enter is the form's again.
    if (this.value || this.#isLapsed) return;
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

  readonly #adopt = (): void => this.requestUpdate();

  /** A server gave the page a proof that the form had sent before. */
  get #isHandedBack(): boolean {
    return (
      this.proofInput &&
      !this.#verification &&
      this.querySelector('input[type=hidden][value]:not([value=""])') !== null
    );
  }
}

/** Listeners get the element's own events by their types. */
export interface MittoOtpElement {
  addEventListener<Type extends keyof MittoOtpElementEventMap>(
    type: Type,
    listener: (this: MittoOtpElement, event: MittoOtpElementEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof MittoOtpElementEventMap>(
    type: Type,
    listener: (this: MittoOtpElement, event: MittoOtpElementEventMap[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'mitto-otp': MittoOtpElement;
  }
}
