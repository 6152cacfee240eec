import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Channel } from '../shared/channel.ts';
import { actionButton } from './action-button.ts';
import { announcement } from './announcements.ts';
import { challengeOf, passChallenge } from './challenge.ts';
import { challengeArea } from './challenge-area.ts';
import { CodeEntry } from './code-entry.ts';
import { codeStep } from './code-step.ts';
import { countryPicker } from './country-picker.ts';
import { MittoErrorEvent, MittoResetEvent, MittoSentEvent, MittoVerifiedEvent } from './events.ts';
import { fieldDescriptions, isExpired, isInputInvalid } from './field-descriptions.ts';
import { type FlowState, type Problem, secondsUntil } from './flow.ts';
import { type FlowChange, FlowController, type FlowSettings } from './flow-controller.ts';
import { PhoneEntry } from './phone-entry.ts';
import type { PhoneStepView } from './phone-step.ts';
import type { SlottedField } from './slotted-field.ts';
import { checkMark, verifiedActions } from './verified-step.ts';
import { SmsListener } from './web-otp.ts';
import { en } from './words/en.ts';
import type { Words } from './words/words.ts';

/** What the verification needs of the element that it happens in. */
export interface VerificationHost {
  readonly element: ReactiveControllerHost & HTMLElement;
  readonly phone: SlottedField;
  settings(): FlowSettings & { country: string; autoSubmit: boolean };
  form(): { required: boolean; disabled: boolean; wasMissed: boolean };
  /** `null` for English. */
  words(): Words | null;
  /** Value and validity have changed. Called before the events, because who listens may submit the form. */
  onChange(change: FlowChange): void;
  /** What was typed has changed. */
  onEdit(): void;
  /** The input of the step wants the focus. */
  takeFocus(): void;
}

/** Until the Worker has named the length of its codes. */
const USUAL_CODE_LENGTH = 6;

/**
 * One verification in one element: joins the flow, the two entries, what is drawn and what is said. It is loaded
 * apart from the element, once the element comes into view.
 */
export class Verification {
  readonly #host: VerificationHost;
  readonly #flow: FlowController;
  readonly #phone: PhoneEntry;
  readonly #code: CodeEntry;
  readonly #sms = new SmsListener();
  #status = '';

  constructor(host: VerificationHost) {
    this.#host = host;
    const { element } = host;
    this.#flow = new FlowController(element, {
      settings: () => host.settings(),
      number: (config) => this.#phone.number(config, host.settings().country),
      passChallenge: (ask) => passChallenge(element, ask),
      onChange: (change) => this.#changed(change),
    });
    this.#phone = new PhoneEntry(element, host.phone, {
      config: () => this.#flow.config,
      onEdit: () => this.edited(),
    });
    this.#code = new CodeEntry(element, {
      codeLength: () => this.#codeLength,
      onEnter: () => this.#enteredCode(),
      onEdit: () => this.edited(),
      onComplete: () => {
        if (host.settings().autoSubmit) void this.verify();
      },
    });
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

  /** There is something amiss that the visitor can mend here. */
  get isInvalid(): boolean {
    return isInputInvalid(this.state) || isExpired(this.state);
  }

  /** What a form has to say of a proof that was there and has expired. */
  get expiry(): string {
    return isExpired(this.state) ? this.#words.proofExpired : '';
  }

  prepare(): Promise<void> {
    return this.#flow.prepare();
  }

  async send(channel?: Channel): Promise<void> {
    const refusal = this.state.step === 'code' ? null : this.#phone.refusal();
    if (refusal) this.#flow.refuse(refusal);
    else await this.#flow.send(channel);
  }

  verify(): Promise<void> {
    return this.#flow.verify(this.#code.code);
  }

  reset(): void {
    this.#flow.reset();
    this.#phone.forgetChoice();
    this.#code.clear();
  }

  edited(): void {
    this.#host.onEdit();
    this.#flow.edited();
    this.#host.element.requestUpdate();
  }

  /** The page changed an attribute. */
  settingsChanged(changed: 'country' | 'endpoint'): void {
    if (changed === 'country') this.#phone.forgetChoice();
    else this.#flow.settingsChanged();
  }

  /** The element was put back, or only moved: a message may still come. */
  connected(): void {
    this.#listenForSms();
  }

  disconnected(): void {
    this.#sms.stop();
  }

  /** What the phone step shows. */
  phoneView(): Omit<PhoneStepView, 'onSlot'> {
    const { state } = this;
    const holds = state.step === 'verified' && state.proof !== null;
    this.#phone.follow(this.#flow.config);
    return {
      isShown: state.step !== 'code',
      mood: holds ? 'confirmed' : this.isInvalid ? 'wrong' : '',
      picker: this.#picker(),
      mark: holds ? checkMark() : nothing,
      actions: state.step === 'verified' ? this.#verifiedActions() : this.#sendAction(),
    };
  }

  codeStep(): TemplateResult {
    return codeStep({
      state: this.state,
      words: this.#words,
      now: this.#flow.now(),
      disabled: this.#host.form().disabled,
      codeLength: this.#codeLength,
      filled: this.#code.code.length,
      selected: this.#code.selected,
      isInvalid: this.isInvalid,
      onSlot: () => this.#adopt(),
      onVerify: () => void this.verify(),
      onResend: (channel) => void this.send(channel),
      onChangeNumber: () => this.#flow.changeNumber(),
    });
  }

  challengeArea(): TemplateResult {
    return challengeArea(challengeOf(this.state) === 'shown', this.#words);
  }

  /** Brings the texts around the inputs up to date. */
  describeFields(): void {
    const { phone, code } = fieldDescriptions({
      ...this.#host.form(),
      state: this.state,
      words: this.#words,
      now: this.#flow.now(),
      channel: this.#host.settings().channel ?? this.#flow.config?.channels[0] ?? 'sms',
    });
    this.#phone.field.describe(phone);
    this.#code.field.describe(code);
  }

  get #words(): Words {
    return this.#host.words() ?? en;
  }

  get #codeLength(): number {
    if (this.state.step === 'code') return this.state.codeLength;
    return this.#host.settings().codeLength ?? this.#flow.config?.codeLength ?? USUAL_CODE_LENGTH;
  }

  #picker(): PhoneStepView['picker'] {
    const { config } = this.#flow;
    if (!config) return nothing;
    const words = this.#words;
    const wanted = this.#host.settings().country;
    const isOut = this.state.busy !== null && !challengeOf(this.state);
    return countryPicker({
      config,
      words,
      country: this.#phone.country(config, wanted),
      options: this.#phone.options(config, wanted, words),
      disabled: this.#host.form().disabled || isOut || this.state.step === 'verified',
      onCountry: (country) => {
        this.#phone.choose(country, config, wanted);
        this.edited();
      },
    });
  }

  #sendAction(): TemplateResult {
    const { busy, problem } = this.state;
    return actionButton({
      part: 'send',
      kind: 'main',
      label: busy ? this.#words.sending : this.#words.send,
      busy: busy !== null,
      blocked: secondsUntil(problem?.until ?? null, this.#flow.now()) > 0,
      disabled: this.#host.form().disabled,
      act: () => void this.send(),
    });
  }

  #verifiedActions(): TemplateResult {
    return verifiedActions({
      words: this.#words,
      disabled: this.#host.form().disabled,
      onChangeNumber: () => this.#flow.changeNumber(),
      onRenew: isExpired(this.state) ? () => void this.send() : null,
    });
  }

  /** As the button beside it: once the session is over, that one asks for a new code. */
  #enteredCode(): void {
    if (this.state.step === 'code' && !this.state.session) void this.send();
    else void this.verify();
  }

  #adopt(): void {
    this.#code.field.adopt();
    this.#host.element.requestUpdate();
  }

  #changed(change: FlowChange): void {
    const { previous, next, event } = change;
    const isNewProblem = next.problem !== null && next.problem !== previous.problem;
    const isNewStep = next.step !== previous.step;

    if (event.type === 'sent' || (isNewStep && previous.step === 'code')) this.#code.clear();
    if (event.type === 'sent' || next.step !== 'code' || !next.session) this.#listenForSms();
    this.#say(announcement(change, this.#words, this.#flow.now()));
    if (isNewStep || event.type === 'sent' || (isNewProblem && isInputInvalid(next)))
      this.#moveFocus(event.type === 'reset');

    this.#host.onChange(change);
    const { element } = this.#host;
    if (event.type === 'sent' && next.step === 'code')
      element.dispatchEvent(new MittoSentEvent(next.channel, next.to));
    if (event.type === 'verified' && next.step === 'verified' && next.proof)
      element.dispatchEvent(new MittoVerifiedEvent(next.proof));
    if (isNewProblem && next.problem) element.dispatchEvent(this.#errorEvent(next.problem));
    if (event.type === 'reset' || event.type === 'change_number')
      element.dispatchEvent(new MittoResetEvent());
  }

  #errorEvent(problem: Problem): MittoErrorEvent {
    const retryAfter = secondsUntil(problem.until, this.#flow.now());
    return new MittoErrorEvent(problem.code, retryAfter || undefined);
  }

  #listenForSms(): void {
    const { state } = this;
    if (state.step === 'code' && state.session && state.channel === 'sms')
      this.#sms.listen((text) => this.#code.fill(text));
    else this.#sms.stop();
  }

  /** The same sentence twice is two announcements; a live region that does not change says nothing. */
  #say(sentence: string | null): void {
    if (sentence === null) return;
    this.#status = sentence === this.#status ? `${sentence}\u00a0` : sentence;
  }

  /** Not away from whatever else on the page has the focus. Safari gives a clicked button none, so nobody may have it. */
  #moveFocus(isOnlyInside: boolean): void {
    const { activeElement, body } = document;
    const isFree = !isOnlyInside && (!activeElement || activeElement === body);
    if (isFree || this.#host.element.matches(':focus-within')) this.#host.takeFocus();
  }
}
