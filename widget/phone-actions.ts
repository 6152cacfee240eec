import { html, type TemplateResult } from 'lit';
import type { Channel } from '../shared/channel.ts';
import { actionButton } from './action-button.ts';
import { isExpired } from './field-descriptions.ts';
import type { CodeState, FlowState } from './flow-state.ts';
import { secondsUntil } from './flow-times.ts';
import { sideActions } from './side-actions.ts';
import { verifiedActions } from './verified-step.ts';
import type { Words } from './words/words.ts';

export interface PhoneActionsView {
  state: FlowState;
  words: Words;
  now: number;
  disabled: boolean;
  /** How a first code may travel, the usual way first; empty until the Worker has said. */
  channels: readonly Channel[];
  /** The code step that was asked for, until it comes or where it did not: its actions are here as they are there. */
  asked?: CodeState | null;
  onSend(channel?: Channel): void;
  onChangeNumber(): void;
}

/** What can be done below the number: to send a code to it, or, once it is confirmed, to take another. */
export function phoneActions(view: PhoneActionsView): TemplateResult {
  const { state, words, now, disabled, onSend, onChangeNumber } = view;
  if (state.step === 'verified')
    return verifiedActions({
      words,
      disabled,
      onChangeNumber,
      onRenew: isExpired(state) ? () => onSend() : null,
    });
  const { busy, problem } = state;
  const isBlocked = secondsUntil(problem?.until ?? null, now) > 0;
  const send = actionButton({
    part: 'send',
    kind: 'main',
    label: busy ? words.sending : words.send,
    busy: busy !== null,
    blocked: isBlocked,
    room: [words.sending],
    disabled,
    act: () => onSend(),
  });
  if (!view.asked) return send;
  return html`${send}
    ${sideActions({
      state: { ...view.asked, session: null, busy: null, resendAt: 0 },
      words,
      now,
      disabled,
      isFixed: busy !== null,
      isBlocked: busy !== null || isBlocked,
      onResend: onSend,
      onChangeNumber,
    })}`;
}
