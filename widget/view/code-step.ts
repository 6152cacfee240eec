import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../shared/api/channel.ts';
import { shownText } from '../base/shown-text.ts';
import { challengeOf } from '../challenge/run-challenge.ts';
import type { CodeState } from '../flow/state.ts';
import { secondsUntil } from '../flow/timers.ts';
import type { Messages } from '../i18n/messages.ts';
import { isNewCode } from './announcements.ts';
import { actionButton } from './button.ts';
import { codeHint, inOneLine } from './code-hint.ts';
import { errorText, notDelivered } from './error-text.ts';
import { sendingLabel } from './phone-actions.ts';
import { roomFor } from './room.ts';
import { sideActions } from './side-actions.ts';

export interface CodeStepView {
  /** `null` until a code is requested. */
  state: CodeState | null;
  /** Otherwise it is rendered invisibly, as a placeholder of its size. */
  isShown: boolean;
  words: Messages;
  now: number;
  disabled: boolean;
  /** How many cells to paint, in this step and, so that nothing jumps, before it. */
  codeLength: number;
  /** The number for which the code was requested: the placeholder is large enough for it, too. */
  expectedTo?: string;
  filled: number;
  /** The cells of the caret; `null` while the input has no focus. */
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
  const help = state && !hasError && helpText(state, view.words);
  return html`<div class="step ${isShown ? '' : 'unseen'}" part="code-step" ?hidden=${!state}>
    <slot name="code-label"></slot>
    <div class="code ${isInvalid ? 'wrong' : ''}" part="code-field">
      <div class="row" part="code-row" dir="ltr" data-length=${view.codeLength}>
        <div class="cells" part="cells" aria-hidden="true">${cells(view)}</div>
        <div class="entry" part="code-entry"><slot name="code" @slotchange=${view.onSlot}></slot></div>
      </div>
    </div>
    <div class="room message ${hasError || help ? 'taken' : ''}" part="code-message">
      ${state ? roomFor(messages(view, state)) : nothing}
      <slot name="code-hint"></slot><slot name="code-error"></slot>${help ? helpField(help, state, view.words) : nothing}
    </div>
    ${
      state
        ? [
            mainAction(view, state),
            sideActions({
              ...view,
              state,
              isFixed: false,
              isBlocked: state.busy !== null,
            }),
          ]
        : nothing
    }
    <slot name="help"></slot>
  </div>`;
}

/** The texts that share the area below the cells, except rare ones. */
function messages({ words, now, expectedTo = '' }: CodeStepView, state: CodeState): string[] {
  const { channels } = state;
  const wrong = { code: 'incorrect_code', reason: null, attemptsLeft: 2, until: null } as const;
  const expired = { ...wrong, code: 'session_expired', attemptsLeft: null } as const;
  return [
    ...channels.flatMap((channel) =>
      [state.to, expectedTo].map((to) =>
        codeHint(words.codeHint, { ...state, channel, to }, words),
      ),
    ),
    ...[wrong, expired].map((problem) => errorText(problem, state, words, now, channels)),
    ...[state.to, expectedTo].map((to) => `${words.noCodeHelp} ${inOneLine(to)}`),
    notDelivered(channels, words),
    words.delivered,
    words.newCodeSent,
    // Said below the number, whose step has no more room than this one.
    words.errors.upstream_error,
    words.errors.network_error,
  ];
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
      room: labelsOf(words),
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
    room: labelsOf(words),
    act: view.onVerify,
  });
}

function labelsOf({ verifying, newCode, sending }: Messages): string[] {
  return [verifying, newCode, sending];
}

/** In the turn of the hint, whose number it repeats where that is what the visitor is asked to look at. */
function helpField(text: string, { to }: CodeState, words: Messages): TemplateResult {
  const number = html` <bdi part="help-number" dir="ltr">${inOneLine(to)}</bdi>`;
  return html`<div class="help" part="help-field">
    <span part="help">${shownText(text)}</span>${text === words.noCodeHelp ? number : nothing}
  </div>`;
}

/** The current state, without actions that are not available yet. A missing message is an error, shown above. */
function helpText(state: CodeState, words: Messages): string {
  const { session, delivery, isLate, resendOpen, channel } = state;
  if (!session || delivery === 'not_delivered') return '';
  if (isLate && resendOpen) return words.noCodeHelp;
  // Of a call it says that it is over.
  if (delivery === 'delivered' && channel === 'sms') return words.delivered;
  return isNewCode(state) ? words.newCodeSent : '';
}
