import { type LitElement, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../shared/api/channel.ts';
import { ChildrenWatch } from './base/children-watch.ts';
import { importWithRetry } from './base/import-with-retry.ts';
import type { SlottedInput } from './base/slotted-input.ts';
import {
  type FormControl,
  ValidationBubbleController,
} from './base/validation-bubble-controller.ts';
import { challengeOf, runChallenge } from './challenge/run-challenge.ts';
import { CodeInputController } from './code/code-input-controller.ts';
import { expectedCode, expectedTo } from './code/placeholder-state.ts';
import { SmsListener } from './code/web-otp.ts';
import { type FlowChange, FlowController } from './flow/flow-controller.ts';
import type { CodeState, FlowState, PhoneNumber } from './flow/state.ts';
import { formatMessage } from './i18n/format-message.ts';
import { en } from './i18n/locales/en.ts';
import type { LanguagePack, Messages } from './i18n/messages.ts';
import { type SettingProperties, settingsOf } from './page-settings.ts';
import { CountryPicker } from './phone/country-picker.ts';
import { PhoneInputController } from './phone/phone-input-controller.ts';
import { RenewalAtSubmit } from './proof/renewal-at-submit.ts';
import { adoptDeferredStyles } from './styles/deferred.ts';
import { announcement, isNewCode } from './view/announcements.ts';
import { challengeSlot } from './view/challenge-slot.ts';
import { codeStep } from './view/code-step.ts';
import { domEventsOf } from './view/dom-events.ts';
import { isInputInvalid, suggestionInWords } from './view/error-text.ts';
import { fieldDescriptions, isExpired } from './view/field-texts.ts';
import { phoneActions } from './view/phone-actions.ts';
import type { PhoneStepView } from './view/phone-step.ts';
import { checkMark } from './view/verified-step.ts';

/** What the verification needs of the element that it happens in. */
export interface VerificationHost {
  readonly element: FormControl & SettingProperties;
  readonly phone: SlottedInput;
  form(): {
    required: boolean;
    disabled: boolean;
    missed: string;
    /** Of the hidden input that carries the proof, too; `null` where there is none. */
    proofName: string | null;
  };
  spoken(): LanguagePack;
  /** Value and validity have changed. Called before the events, because a listener may submit the form. */
  onChange(change: FlowChange): void;
  /** What was typed has changed. */
  onEdit(): void;
  /** The input of the step wants the focus. */
  takeFocus(): void;
}

type ProofInputFile = typeof import('./proof/proof-input.ts');

/** For pages that ask for the hidden input. */
let proofInputFile: ProofInputFile | null = null;

async function loadProofInput(): Promise<void> {
  proofInputFile ??= await importWithRetry(() => import('./proof/proof-input.ts'));
}

/**
 * A form that counts on the hidden input gets no proof without it, so there the one is not ready before the other.
 *
 * @param finishing - `null` where that file did not load: the colours are then those of a page that is nearly white or
 *   black.
 */
export async function beginVerification(
  host: VerificationHost,
  finishing: typeof import('./view/finishing.ts') | null,
): Promise<Verification> {
  if (host.form().proofName !== null) await loadProofInput();
  const verification = new Verification(host);
  finishing?.finish(host.element);
  return verification;
}

/** Until the Worker has named the length of its codes. */
const USUAL_CODE_LENGTH = 6;

/** Layout shifts later than this do not count as caused by the user action: Web Vitals allow half a second. */
const GESTURE_MS = 400;

/**
 * One verification in one element: joins the flow, the two entries, what is drawn and what is said. It is loaded
 * apart from the element, once the element comes into view.
 */
export class Verification {
  readonly #host: VerificationHost;
  readonly #flow: FlowController;
  readonly #phone: PhoneInputController;
  readonly #countries: CountryPicker;
  readonly #code: CodeInputController;
  readonly #sms: SmsListener;
  #proofInput: InstanceType<ProofInputFile['ProofInput']> | null = null;
  readonly #children: ChildrenWatch;
  /** Put together once, and not for every second of a countdown. */
  #said: { spoken: LanguagePack; words: Messages } | null = null;
  #status = '';
  /** The number that the last sentence for screen readers has asked about. */
  #asked: string | null = null;
  /** Sent to or confirmed, as it was typed. */
  #number = '';
  /** The previous or expected code step, as a placeholder; `null` until a code is requested. */
  #room: CodeState | null = null;
  /** The number as typed when the code was requested. */
  #expectedTo = '';
  #verifyAskedAt = 0;
  /** The code was verified so late after the user action that the layout must not shift. */
  #endsLate = false;

  constructor(host: VerificationHost) {
    this.#host = host;
    const { element } = host;
    this.#flow = new FlowController(element, {
      settings: () => this.#settings,
      number: (config) => this.#phone.number(config),
      isSame: (a, b) => this.#phone.isSame(a, b),
      runChallenge: (ask) => runChallenge(element, ask),
      hasBegun: () => this.state.step === 'code' || host.phone.input.value !== '',
      onChange: (change) => this.#changed(change),
    });
    this.#phone = new PhoneInputController(element, host.phone, {
      config: () => this.#flow.config,
      wanted: () => this.#settings.country,
      fetchMetadata: (country) => this.#flow.phoneMetadata(country),
      onEdit: () => this.edited(),
      onLeftAmiss: (failure) => this.#flow.notice(failure),
    });
    this.#countries = new CountryPicker(element);
    this.#code = new CodeInputController(element, {
      codeLength: () => this.#codeLength,
      onEnter: () => this.#enteredCode(),
      onEdit: () => this.edited(),
      onComplete: () => {
        if (this.#settings.autoSubmit) void this.verify();
      },
    });
    this.#sms = new SmsListener(element, {
      awaits: () => awaitsText(this.state),
      onCode: (text) => this.#code.fill(text),
    });
    if (proofInputFile) this.#proofInput = new proofInputFile.ProofInput(element);
    this.#children = new ChildrenWatch(element);
    new ValidationBubbleController(element, () => {
      host.takeFocus();
      element.requestUpdate();
    });
    new RenewalAtSubmit(element, {
      isDue: () => !host.form().disabled && this.#flow.needsRenewal(),
      renew: () => this.#renewForSubmit(),
    });
    this.connected();
    void this.prepare();
  }

  get state(): FlowState {
    return this.#flow.state;
  }

  /** The last sentence for screen readers. */
  get status(): string {
    return this.#status;
  }

  /** The input of the step. */
  get input(): HTMLInputElement {
    return (this.state.step === 'code' ? this.#code : this.#phone).field.input;
  }

  /** There is an error that the visitor can fix here. */
  get isInvalid(): boolean {
    const { state } = this;
    return isInputInvalid(state) || (this.#host.form().missed !== '' && !isExpired(state));
  }

  /**
   * The proof has expired and will be renewed before the form is sent. Until then the form must not be kept from being
   * sent, or there would be no moment at which to renew it.
   */
  get isLapsed(): boolean {
    const { state } = this;
    return state.step === 'verified' && !state.proof && !state.expired;
  }

  /** What a form has to say in this step, where it is more than that the number is to be confirmed. */
  get amiss(): string {
    const { state } = this;
    if (isExpired(state)) return this.#words.proofExpired;
    if (state.step !== 'code' || !state.session || !this.#host.form().required) return '';
    const { codeIncomplete, codeUnconfirmed, verifying, lang } = this.#words;
    if (state.busy?.doing === 'verify') return verifying;
    if (this.#code.code.length === state.codeLength) return codeUnconfirmed;
    return formatMessage(codeIncomplete, { length: state.codeLength }, lang);
  }

  /** The input has got the focus from the element. */
  focused(): void {
    if (this.state.step === 'code') this.#code.beginAnew();
  }

  prepare(): Promise<void> {
    return this.#flow.prepare();
  }

  async send(channel?: Channel): Promise<void> {
    if (this.state.step === 'phone') this.#phone.settle();
    const refusal = this.state.step === 'code' ? null : this.#phone.refusal();
    if (refusal) this.#flow.refuse(refusal);
    else await this.#flow.send(channel);
  }

  verify(): Promise<void> {
    return this.#flow.verify(this.#code.code);
  }

  reset(): void {
    this.#flow.reset();
    this.#room = null;
    this.#phone.forgetChoice();
    this.#code.clear();
  }

  edited(): void {
    this.#host.onEdit();
    // What was said of the old text holds no more, and the region can be read at any time.
    this.#status = '';
    this.#flow.edited();
    this.#host.element.requestUpdate();
  }

  /** The page has asked for the input only now. */
  async #loadProofInput(): Promise<void> {
    await loadProofInput();
    if (!proofInputFile || this.#proofInput) return;
    this.#proofInput = new proofInputFile.ProofInput(this.#host.element);
    this.#host.element.requestUpdate();
  }

  /** What the browser may keep of the number, to give it back when the page is loaded anew. */
  get keptNumber(): string {
    return this.#phone.kept;
  }

  restoreNumber(kept: string): void {
    this.#phone.restore(kept);
  }

  /** The page changed an attribute. */
  settingsChanged(changed: 'country' | 'endpoint'): void {
    if (changed === 'country') this.#phone.forgetChoice();
    else this.#flow.settingsChanged();
  }

  /** The element was put into a document, perhaps for the first time. */
  connected(): void {
    const { element } = this.#host;
    const { elementStyles } = element.constructor as typeof LitElement;
    const first = elementStyles.flatMap((style) =>
      style instanceof CSSStyleSheet ? style : (style.styleSheet ?? []),
    );
    adoptDeferredStyles(element, first);
  }

  /** What the phone step shows. */
  phoneView(): Omit<PhoneStepView, 'onSlot'> {
    const { state } = this;
    const { input } = this.#host.phone;
    const hasExpired = isExpired(state);
    const holds = state.step === 'verified' && !hasExpired && !this.isInvalid;
    const other = hasExpired ? 'expired' : this.isInvalid ? 'wrong' : '';
    this.#phone.follow(this.#flow.config);
    const isEnd = state.step === 'verified';
    const { verified, proofExpired, errors } = this.#words;
    const failures = [errors.upstream_error, errors.network_error];
    // What a challenge shows takes the place of the actions.
    const asked = state.step === 'code' || challengeOf(state) === 'shown' ? null : this.#room;
    return {
      isShown: state.step !== 'code',
      room: isEnd ? [verified, proofExpired] : this.#keepsRoom ? failures : [],
      tall: !this.#keepsRoom ? '' : isEnd ? 'kept' : 'sought',
      mood: holds ? 'confirmed' : other,
      // `+49 …` says its country itself.
      picker: isEnd && input.value.trimStart().startsWith('+') ? nothing : this.#picker(),
      mark: holds ? checkMark() : nothing,
      hasConsent: !isEnd && !asked,
      actions: phoneActions({
        state,
        words: this.#words,
        now: this.#flow.now(),
        disabled: this.#host.form().disabled,
        channels: this.#ways(),
        suggestion: this.#suggestion(),
        onSuggestion: (number) => this.#phone.replace(number),
        resumes: this.#flow.resumes,
        asked,
        onSend: (channel) => void this.send(channel),
        onChangeNumber: () => (isEnd ? this.#flow.changeNumber() : this.#startOver()),
      }),
    };
  }

  /** How a code may travel: the first as the page has it or the Worker, then the others. */
  #ways(): readonly Channel[] {
    if (this.state.step === 'code') return this.state.channels;
    const channels = this.#flow.config?.channels ?? [];
    const usual = this.#settings.channel ?? channels[0];
    return usual ? [usual, ...channels.filter((channel) => channel !== usual)] : [];
  }

  codeStep(): TemplateResult {
    const { state } = this;
    const isShown = state.step === 'code';
    return codeStep({
      state: this.#told(isShown ? state : this.#keepsRoom ? this.#room : null),
      isShown,
      words: this.#words,
      now: this.#flow.now(),
      disabled: this.#host.form().disabled,
      codeLength: this.#codeLength,
      expectedTo: this.#expectedTo,
      filled: this.#code.code.length,
      selected: this.#code.selected,
      isInvalid: this.isInvalid,
      hasError: state.problem !== null || this.#host.form().missed !== '',
      onSlot: () => this.#adopt(),
      onVerify: () => void this.verify(),
      onResend: (channel) => void this.send(channel),
      onChangeNumber: () => this.#flow.changeNumber(),
    });
  }

  challengeSlot(): TemplateResult {
    return challengeSlot(challengeOf(this.state) === 'shown', this.#words);
  }

  /** Brings the inputs, and the texts around them, up to date. */
  describeFields(): void {
    this.#code.field.adopt();
    this.#keepNumber();
    this.#takeHandedBack();
    this.#writeProof();
    const { phone, code } = fieldDescriptions({
      ...this.#host.form(),
      state: this.#told(this.state),
      words: this.#words,
      now: this.#flow.now(),
      ways: this.#ways(),
    });
    this.#phone.field.describe(phone);
    this.#phone.showExample();
    this.#code.field.describe(code);
    this.#children.follow();
  }

  get #settings() {
    return settingsOf(this.#host.element, this.#host.form().disabled);
  }

  get #words(): Messages {
    const spoken = this.#host.spoken();
    if (this.#said?.spoken !== spoken) this.#said = { spoken, words: spoken.over(en) };
    return this.#said.words;
  }

  /**
   * As the visitor is told of it: the number whole, because they have just typed it and are to see whether it is right;
   * masked, as the Worker has it, in a page that was left and comes back, perhaps before somebody else.
   */
  #told<State extends FlowState | null>(state: State): State {
    if (state?.step !== 'code' || state.isRestored) return state;
    return { ...state, to: this.#phone.readable(state.number) || state.to };
  }

  /** That a code is asked for. */
  get #expectedNumber(): PhoneNumber {
    const { config } = this.#flow;
    const number = config && this.#phone.number(config);
    return number && !('code' in number) ? number : { phone: '', country: null };
  }

  get #codeLength(): number {
    if (this.state.step === 'code') return this.state.codeLength;
    return this.#settings.codeLength ?? this.#flow.config?.codeLength ?? USUAL_CODE_LENGTH;
  }

  #picker(): PhoneStepView['picker'] {
    const { config } = this.#flow;
    if (!config) return nothing;
    const words = this.#words;
    const isOut = this.state.busy !== null && !challengeOf(this.state);
    return this.#countries.render({
      config,
      words,
      country: this.#phone.country(config),
      options: this.#phone.options(config, words),
      disabled: this.#host.form().disabled || isOut || this.state.step === 'verified',
      onCountry: (country) => {
        this.#phone.choose(country, config);
        this.edited();
      },
    });
  }

  /** For a number that is refused: what was probably meant. Said once it is known, after what is wrong. */
  #suggestion(): string | null {
    const { step, problem } = this.state;
    const isWrong =
      step === 'phone' &&
      ['invalid_phone', 'destination_not_allowed'].includes(problem?.code ?? '');
    const suggestion = isWrong && problem?.reason !== 'empty' ? this.#phone.suggestion() : null;
    if (suggestion && suggestion !== this.#asked)
      this.#status = [this.#status, suggestionInWords(suggestion, this.#words)]
        .filter(Boolean)
        .join(this.#words.gap);
    this.#asked = suggestion;
    return suggestion;
  }

  /** A form that cannot be sent leads its visitor to what keeps it from being sent. */
  async #renewForSubmit(): Promise<boolean> {
    if (await this.#flow.renew()) return true;
    if (isExpired(this.state)) {
      this.#host.takeFocus();
      this.#host.element.requestUpdate();
    }
    return false;
  }

  /** As the button beside it: once the session is over, that one asks for a new code. */
  #enteredCode(): void {
    if (this.state.step === 'code' && !this.state.session) void this.send();
    else void this.verify();
  }

  /** A verified number releases the placeholder, while that still counts as part of the user action. */
  get #keepsRoom(): boolean {
    return this.#room !== null && (this.state.step !== 'verified' || this.#endsLate);
  }

  /** No code has come, and the visitor looks at the number again. */
  #startOver(): void {
    this.#room = null;
    this.edited();
    this.#host.takeFocus();
  }

  #adopt(): void {
    this.#host.element.requestUpdate();
  }

  /** A page that morphs its inputs empties them; what is confirmed has a number all the same. */
  #keepNumber(): void {
    const { input } = this.#host.phone;
    if (this.state.step === 'phone') this.#number = '';
    else if (input.value === '') input.value = this.#number;
    else this.#number = input.value;
  }

  /** A page that its server rendered again, for another fault in the form, need not have its number confirmed again. */
  #takeHandedBack(): void {
    const name = this.#host.form().proofName;
    const text = name === null ? '' : (this.#proofInput?.handedBack(name) ?? '');
    if (!proofInputFile || text === '' || this.state.step !== 'phone' || this.state.busy) return;
    const { nonce } = this.#settings;
    const proof = proofInputFile.readProof(text, {
      origin: location.origin,
      nonce,
      now: Date.now(),
    });
    if (!proof) return;
    this.#host.phone.input.value = proof.phone;
    this.#number = proof.phone;
    // Not while Lit draws.
    queueMicrotask(() => this.#flow.handBack(proof));
  }

  #writeProof(): void {
    const { state } = this;
    const { proofName, disabled } = this.#host.form();
    const proof = state.step === 'verified' ? (state.proof ?? '') : '';
    if (this.#proofInput) this.#proofInput.write(proofName, proof, disabled);
    else if (proofName !== null) this.#loadProofInput().catch(() => undefined);
  }

  #changed(change: FlowChange): void {
    const { previous, next, event } = change;
    const isNewProblem = next.problem !== null && next.problem !== previous.problem;
    const isNewStep = next.step !== previous.step;

    if (next.step === 'code') this.#room = { ...next, busy: null };
    else if (event.type === 'change_number' || event.type === 'reset') this.#room = null;
    else if (next.busy && next.step === 'phone' && !this.#room) {
      this.#expectedTo = expectedTo(this.#phone.field.input.value);
      this.#room = expectedCode(
        { number: this.#expectedNumber, to: this.#expectedTo },
        this.#ways(),
        this.#codeLength,
      );
    }
    if (event.type === 'verify') this.#verifyAskedAt = performance.now();
    if (event.type === 'verified')
      this.#endsLate = performance.now() - this.#verifyAskedAt > GESTURE_MS;

    if (event.type === 'sent' || (isNewStep && previous.step === 'code')) this.#code.clear();
    if (event.type === 'sent') this.#sms.listenAnew();
    else this.#sms.follow();
    const isRefusal = isNewProblem && isInputInvalid(next) && event.type !== 'noticed';
    const wantsFocus =
      (isNewStep && event.type !== 'handed_back') || event.type === 'sent' || isRefusal;
    const movesFocus = wantsFocus && this.#mayMoveFocus(event.type === 'reset');
    if (movesFocus) this.#host.takeFocus();
    // An input that gets the focus is read with its description, which says the same: once is enough. But not that the
    // code is another one.
    if (movesFocus && !this.input.matches(':focus')) {
      const isAnother = event.type === 'sent' && next.step === 'code' && isNewCode(next);
      this.#status = '';
      if (isAnother) this.#say(this.#words.newCodeSent);
    } else {
      const told = { ...change, next: this.#told(next) };
      this.#say(announcement(told, this.#words, this.#flow.now(), this.#ways()));
    }

    this.#host.onChange(change);
    this.#writeProof();
    this.#tellForm(change);
    for (const each of domEventsOf(change, this.#flow.now()))
      this.#host.element.dispatchEvent(each);
  }

  /** The events of a native control that a visitor has changed, for framework bindings. A reset by script fires none. */
  #tellForm({ previous, next, event }: FlowChange): void {
    const [before, after] = [previous, next].map((state) => 'proof' in state && state.proof);
    if ((before || null) === (after || null) || event.type === 'reset') return;
    if (event.type === 'handed_back') return;
    // A renewal is no visitor's doing, and a form that is sent at each `change` is not sent for it.
    for (const type of event.type === 'renewed' ? ['input'] : ['input', 'change'])
      this.#host.element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  }

  /** Repeats an announcement: a live region announces only changes. */
  #say(sentence: string | null): void {
    if (sentence === null) return;
    this.#status = sentence === this.#status ? `${sentence}\u00a0` : sentence;
  }

  /** Not away from whatever else on the page has the focus. Safari gives a clicked button none, so nobody may have it. */
  #mayMoveFocus(isOnlyInside: boolean): boolean {
    const { activeElement, body } = document;
    const isFree = !isOnlyInside && (!activeElement || activeElement === body);
    return isFree || this.#host.element.matches(':focus-within');
  }
}

/** A code travels by text message, and the visitor has not given another one to check. */
function awaitsText(state: FlowState): boolean {
  return (
    state.step === 'code' &&
    state.session !== null &&
    state.channel === 'sms' &&
    state.busy?.doing !== 'verify'
  );
}
