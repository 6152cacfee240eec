import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../shared/channel.ts';
import { actionButton } from './action-button.ts';
import { isNewCode } from './announcements.ts';
import { challengeOf } from './challenge.ts';
import { describedCode } from './described-code.ts';
import { clockTime } from './duration.ts';
import type { CodeState } from './flow-state.ts';
import { secondsUntil, sendableAt } from './flow-times.ts';
import { sendingLabel } from './phone-actions.ts';
import { notDelivered, problemInWords } from './problem-words.ts';
import { shownText } from './shown-text.ts';
import { fillSentence } from './words/sentence.ts';
import type { Words } from './words/words.ts';

export interface CodeStepView {
  /** `null` while no code has been asked for. */
  state: CodeState | null;
  /** Else it is drawn unseen: it keeps the room that it will need, or needed. */
  isShown: boolean;
  words: Words;
  now: number;
  disabled: boolean;
  /** How many cells to paint, in this step and, so that nothing jumps, before it. */
  codeLength: number;
  filled: number;
  /** The cells that the caret stands in; `null` while the input has no focus. */
  selected: { start: number; end: number } | null;
  isInvalid: boolean;
  hasError: boolean;
  /** The page has put another input in, or taken it out. */
  onSlot(): void;
  onVerify(): void;
  onResend(channel?: Channel): void;
  onChangeNumber(): void;
}

export function codeStep(view: CodeStepView): TemplateResult {
  const { state, isShown, isInvalid, hasError } = view;
  return html`<div class="step ${isShown ? '' : 'unseen'}" part="code-step" ?hidden=${!state}>
    <slot name="code-label"></slot>
    <div class="code ${isInvalid ? 'wrong' : ''}" part="code-field">
      <div class="row" part="code-row" dir="ltr" data-length=${view.codeLength}>
        <div class="cells" part="cells" aria-hidden="true">${cells(view)}</div>
        <div class="entry" part="code-entry"><slot name="code" @slotchange=${view.onSlot}></slot></div>
      </div>
    </div>
    <div
      class="room ${hasError ? 'amiss' : ''}"
      part="code-message"
      data-room=${state ? describedCode(view.words.codeHint, state, view.words) : nothing}
      data-or=${state ? likelyError(view, state) : nothing}
    ><slot name="code-hint"></slot><slot name="code-error"></slot></div>
    ${state ? [mainAction(view, state), sideActions(view, state), help(view, state)] : nothing}
  </div>`;
}

/** The longest that takes the place of the hint, but for what seldom happens. */
function likelyError({ words, now }: CodeStepView, state: CodeState): string {
  const problem = { code: 'incorrect_code', reason: null, attemptsLeft: 2, until: null } as const;
  const wrongCode = problemInWords(problem, state, words, now, state.channels);
  if (state.delivery === 'unreported') return wrongCode;
  const undelivered = notDelivered(state.channels, words);
  return undelivered.length > wrongCode.length ? undelivered : wrongCode;
}

/** In two groups where they are six or eight, as codes are read out and remembered. */
function cells(view: CodeStepView): TemplateResult[] {
  const { codeLength } = view;
  const half = codeLength === 6 || codeLength === 8 ? codeLength / 2 : codeLength;
  return Array.from(
    { length: codeLength / half },
    (_, group) =>
      html`<span class="group" part="cell-group">${Array.from({ length: half }, (_, index) =>
        cell(view, group * half + index),
      )}</span>`,
  );
}

function cell({ filled, selected }: CodeStepView, index: number): TemplateResult {
  const isActive = selected !== null && index >= selected.start && index < selected.end;
  const states = `${index < filled ? ' filled' : ''}${isActive ? ' active' : ''}`;
  return html`<span class="cell${states}" part="cell${states}"></span>`;
}

/** To check the code; or, once the session is over, to begin another without typing the number again. */
function mainAction(view: CodeStepView, state: CodeState): TemplateResult {
  const { words, now, disabled } = view;
  if (!state.session) {
    return actionButton({
      part: 'new-code',
      kind: 'main',
      label: state.busy ? sendingLabel(state, words) : words.newCode,
      busy: state.busy !== null && challengeOf(state) !== 'shown',
      blocked: state.busy !== null || secondsUntil(state.resendAt, now) > 0,
      disabled,
      act: () => view.onResend(),
    });
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

/** What comes and goes stands last, in a place of its own. */
function sideActions(view: CodeStepView, state: CodeState): TemplateResult {
  const { words, now, disabled, onChangeNumber, onResend } = view;
  const wait = secondsUntil(state.resendAt, now);
  const isBusy = state.busy !== null;
  const other = state.channels.find((channel) => channel !== state.channel);
  return html`<div class="actions" part="actions">
    ${actionButton({
      part: 'change-number',
      kind: 'side',
      label: words.changeNumber,
      blocked: false,
      disabled,
      act: onChangeNumber,
    })}
    ${
      other
        ? actionButton({
            part: `by-${other}`,
            kind: 'side',
            label: words.insteadBy[other],
            blocked: isBusy || secondsUntil(sendableAt(state, other), now) > 0,
            disabled,
            act: () => onResend(other),
          })
        : nothing
    }
    <div
      class="room"
      part="resend-field"
      data-room="${words.resend}\u2002${clockTime(wait)}"
      data-or=${fillSentence(words.newCodeIn, { time: clockTime(wait) }, words.lang)}
    >
      ${
        state.session && state.channels.includes(state.channel)
          ? actionButton({
              part: 'resend',
              kind: 'side',
              label: words.resend,
              busy: state.busy?.doing === 'send' && challengeOf(state) !== 'shown',
              blocked: isBusy || wait > 0,
              disabled,
              act: () => onResend(),
            })
          : nothing
      }
      ${timer(wait, state, words)}
    </div>
  </div>`;
}

/** Beside the button that it keeps closed: screen readers read out each change of the name of what has the focus. */
function timer(
  wait: number,
  { session }: CodeState,
  { lang, resendIn, newCodeIn }: Words,
): TemplateResult | typeof nothing {
  if (wait <= 0) return nothing;
  const time = clockTime(wait);
  const name = fillSentence(session ? resendIn : newCodeIn, { time }, lang);
  return html`<span class="timer" part="timer" role="timer" aria-label=${name}>${shownText(session ? time : name)}</span>`;
}

/** Once a code should have come: what else can be done than to wait. Below all else, in a place that is kept for it. */
function help({ words }: CodeStepView, state: CodeState): TemplateResult {
  const text = state.session && helpText(state, words);
  return html`<div
    class="room"
    part="help-field"
    data-room=${words.noCodeHelp}
    data-or=${words.delivered}
  >${text ? html`<p class="help" part="help">${shownText(text)}</p>` : nothing}</div>
  <slot name="help"></slot>`;
}

/** What is true now, and nothing that cannot be done yet. That nothing arrived is an error, and stands above. */
function helpText(state: CodeState, words: Words): string {
  const { delivery, isLate, resendOpen, channel } = state;
  if (delivery === 'not_delivered') return '';
  if (isLate && resendOpen) return words.noCodeHelp;
  // Of a call it says that it is over.
  if (delivery === 'delivered' && channel === 'sms') return words.delivered;
  return isNewCode(state) ? words.newCodeSent : '';
}
