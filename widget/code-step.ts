import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../shared/channel.ts';
import { actionButton } from './action-button.ts';
import { clockTime } from './duration.ts';
import type { CodeState, FlowState } from './flow-state.ts';
import { secondsUntil } from './flow-times.ts';
import { fillSentence, type Sentence } from './words/sentence.ts';
import type { Words } from './words/words.ts';

export interface CodeStepView {
  state: FlowState;
  words: Words;
  now: number;
  disabled: boolean;
  /** How many cells to paint, in this step and, so that nothing jumps, before it. */
  codeLength: number;
  filled: number;
  /** The cells that the caret stands in; `null` while the input has no focus. */
  selected: { start: number; end: number } | null;
  isInvalid: boolean;
  /** The page has put another input in, or taken it out. */
  onSlot(): void;
  onVerify(): void;
  onResend(channel?: Channel): void;
  onChangeNumber(): void;
}

export function codeStep(view: CodeStepView): TemplateResult {
  const { state, isInvalid } = view;
  return html`<div class="step" part="code-step" ?hidden=${state.step !== 'code'}>
    <slot name="code-label"></slot>
    <slot name="code-hint"></slot>
    <div class="code ${isInvalid ? 'wrong' : ''}" part="code-field">
      <div class="row" part="code-row" dir="ltr" data-length=${view.codeLength}>
        <div class="cells" part="cells" aria-hidden="true">${cells(view)}</div>
        <div class="entry" part="code-entry"><slot name="code" @slotchange=${view.onSlot}></slot></div>
      </div>
    </div>
    <slot name="code-error"></slot>
    ${state.step === 'code' ? [mainAction(view, state), sideActions(view, state), help(view, state)] : nothing}
  </div>`;
}

function cells({ codeLength, filled, selected }: CodeStepView): TemplateResult[] {
  return Array.from({ length: codeLength }, (_, index) => {
    const isActive = selected !== null && index >= selected.start && index < selected.end;
    const states = `${index < filled ? ' filled' : ''}${isActive ? ' active' : ''}`;
    return html`<span class="cell${states}" part="cell${states}"></span>`;
  });
}

/** To check the code; or, once the session is over, to begin another without typing the number again. */
function mainAction(view: CodeStepView, state: CodeState): unknown {
  const { words, now, disabled } = view;
  if (!state.session) {
    const wait = secondsUntil(state.resendAt, now);
    const button = actionButton({
      part: 'new-code',
      kind: 'main',
      label: state.busy ? words.sending : words.newCode,
      busy: state.busy !== null,
      blocked: state.busy !== null || wait > 0,
      disabled,
      act: () => view.onResend(),
    });
    return [button, timer(wait, words.newCodeIn, words)];
  }
  const isChecking = state.busy?.doing === 'verify';
  return actionButton({
    part: 'verify',
    kind: 'main',
    label: isChecking ? words.verifying : words.verify,
    busy: isChecking,
    blocked: state.busy !== null || secondsUntil(state.verifyAt, now) > 0,
    disabled,
    act: view.onVerify,
  });
}

function sideActions(view: CodeStepView, state: CodeState): TemplateResult {
  const { words, now, disabled, onChangeNumber, onResend } = view;
  const wait = secondsUntil(state.resendAt, now);
  const blocked = state.busy !== null || wait > 0;
  const other = state.channels.find((channel) => channel !== state.channel);
  const isResending = state.busy?.doing === 'send';
  return html`<div class="actions" part="actions">
    ${
      state.session && state.channels.includes(state.channel)
        ? [
            actionButton({
              part: 'resend',
              kind: 'side',
              label: words.resend,
              busy: isResending,
              blocked,
              disabled,
              act: () => onResend(),
            }),
            timer(wait, words.resendIn, words),
          ]
        : nothing
    }
    ${
      other
        ? actionButton({
            part: `by-${other}`,
            kind: 'side',
            label: words.insteadBy[other],
            blocked,
            disabled,
            act: () => onResend(other),
          })
        : nothing
    }
    ${actionButton({
      part: 'change-number',
      kind: 'side',
      label: words.changeNumber,
      blocked: false,
      disabled,
      act: onChangeNumber,
    })}
  </div>`;
}

/** Beside the button that it keeps closed: screen readers read out each change of the name of what has the focus. */
function timer(
  wait: number,
  sentence: Sentence<'time'>,
  { lang }: Words,
): TemplateResult | typeof nothing {
  if (wait <= 0) return nothing;
  const time = clockTime(wait);
  const name = fillSentence(sentence, { time }, lang);
  return html`<span class="timer" part="timer" role="timer" aria-label=${name}>${time}</span>`;
}

/** Once a code should have come: what else can be done than to wait. Below all else, so that nothing moves. */
function help({ words }: CodeStepView, state: CodeState): TemplateResult | typeof nothing {
  const text = helpText(state, words);
  return state.session && text ? html`<p class="help" part="help">${text}</p>` : nothing;
}

/** What the provider says weighs more than what can only be guessed from the clock. */
function helpText({ delivery, isLate }: CodeState, words: Words): string {
  if (delivery === 'not_delivered') return words.notDelivered;
  if (isLate) return words.noCodeHelp;
  return delivery === 'delivered' ? words.delivered : '';
}
