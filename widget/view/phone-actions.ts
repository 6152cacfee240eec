import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../shared/api/channel.ts';
import { challengeOf } from '../challenge/run-challenge.ts';
import type { CodeState, FlowState } from '../flow/state.ts';
import { secondsUntil } from '../flow/timers.ts';
import type { Messages } from '../i18n/messages.ts';
import { actionButton, mainActions } from './button.ts';
import { suggestionInWords } from './error-text.ts';
import { isExpired } from './field-texts.ts';
import { sideActions } from './side-actions.ts';
import { verifiedActions } from './verified-step.ts';

export interface PhoneActionsView {
  state: FlowState;
  words: Messages;
  now: number;
  disabled: boolean;
  /** Channels for a first code, the default first; empty until the configuration is loaded. */
  channels: readonly Channel[];
  /** The number that was probably meant by the one that is refused. */
  suggestion: string | null;
  /** The number's code is still valid: return to the code step without a send. */
  resumes: boolean;
  /** The requested code step, while pending or after a failure: its actions are shown here. */
  asked?: CodeState | null;
  onSend(channel?: Channel): void;
  onSuggestion(number: string): void;
  onChangeNumber(): void;
}

/** The actions below the number: send a code, or, once it is verified, change the number. */
export function phoneActions(view: PhoneActionsView): TemplateResult {
  const { state, words, now, disabled, onSend, onChangeNumber } = view;
  if (state.step === 'verified')
    return verifiedActions({
      words,
      busy: state.busy !== null,
      blocked: secondsUntil(state.problem?.until ?? null, now) > 0,
      disabled,
      onChangeNumber,
      onRenew: isExpired(state) ? () => onSend() : null,
    });
  const { busy, problem } = state;
  const isVisitorsTurn = challengeOf(state) === 'shown';
  const isBlocked = secondsUntil(problem?.until ?? null, now) > 0;
  const { suggestion } = view;
  const instead = suggestion
    ? actionButton({
        part: 'suggestion',
        kind: 'side',
        label: suggestionInWords(suggestion, words),
        disabled,
        act: () => view.onSuggestion(suggestion),
      })
    : nothing;
  const send = actionButton({
    part: 'send',
    kind: 'main',
    label: busy ? sendingLabel(state, words) : view.resumes ? words.backToCode : words.send,
    busy: busy !== null && !isVisitorsTurn,
    blocked: isVisitorsTurn || isBlocked,
    room: [words.sending],
    disabled,
    act: () => onSend(),
  });
  if (!view.asked) return mainActions(send, instead);
  return mainActions(
    send,
    instead,
    sideActions({
      state: { ...view.asked, session: null, busy: null, resendAt: 0 },
      words,
      now,
      disabled,
      isFixed: busy !== null,
      isBlocked: busy !== null || isBlocked,
      // Below, it would make this step higher than the one that comes.
      beside: html`<slot name="consent"></slot>`,
      onResend: onSend,
      onChangeNumber,
    }),
  );
}

/** The label of the send button while a request is pending. */
export function sendingLabel(state: FlowState, words: Messages): string {
  return challengeOf(state) === 'shown' ? words.challengeWaits : words.sending;
}
