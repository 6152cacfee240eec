import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../shared/api/channel.ts';
import { shownText } from '../base/shown-text.ts';
import { challengeOf } from '../challenge/run-challenge.ts';
import type { CodeState } from '../flow/state.ts';
import { secondsUntil, sendableAt } from '../flow/timers.ts';
import { formatMessage } from '../i18n/format-message.ts';
import type { Messages } from '../i18n/messages.ts';
import { actionButton } from './button.ts';
import { clockTime } from './format-duration.ts';
import { roomFor } from './room.ts';

export interface SideActionsView {
  state: CodeState;
  words: Messages;
  now: number;
  disabled: boolean;
  /** The number can be changed while a code is checked, and not while one is sent to it. */
  isFixed: boolean;
  /** A resend is blocked, independently of its own countdown. */
  isBlocked: boolean;
  /** What else has its place there, while no other code can be asked for. */
  beside?: TemplateResult;
  onResend(channel?: Channel): void;
  onChangeNumber(): void;
}

/**
 * What else can be done than to type. What comes and goes shares its line with what stays, so that it leaves no hole,
 * and stands last in it, so that nothing moves.
 */
export function sideActions(view: SideActionsView): TemplateResult {
  const { state, words, now, disabled, onResend } = view;
  const wait = secondsUntil(state.resendAt, now);
  const changeNumber = actionButton({
    part: 'change-number',
    kind: 'side',
    label: words.changeNumber,
    blocked: view.isFixed,
    disabled,
    act: view.onChangeNumber,
  });
  const other = state.channels.find((channel) => channel !== state.channel);
  const byOther =
    other &&
    actionButton({
      part: `by-${other}`,
      kind: 'side',
      label: words.insteadBy[other],
      room: state.channels.map((channel) => words.insteadBy[channel]),
      blocked: view.isBlocked || secondsUntil(sendableAt(state, other), now) > 0,
      disabled,
      act: () => onResend(other),
    });
  return html`<div class="actions" part="actions">
    ${byOther ? changeNumber : nothing}
    <div class="line" part="action-line">
      ${byOther || changeNumber}
      <div class="room" part="resend-field">
        ${roomFor([
          words.resend,
          LONG_WAIT,
          formatMessage(words.newCodeIn, { time: `0:${LONG_WAIT}` }, words.lang),
        ])}
        ${
          state.session && state.channels.includes(state.channel)
            ? actionButton({
                part: 'resend',
                kind: 'side',
                label: words.resend,
                busy: state.busy?.doing === 'send' && challengeOf(state) !== 'shown',
                blocked: view.isBlocked || wait > 0,
                disabled,
                act: () => onResend(),
              })
            : nothing
        }
        ${timer(wait, state, words)}${view.beside ?? nothing}
      </div>
    </div>
  </div>`;
}

/** As wide as a wait for a resend gets, and after too many codes an hour: the same at every second. */
const LONG_WAIT = '00:00';

/** Beside the button that it keeps closed: screen readers read out each change of the name of what has the focus. */
function timer(
  wait: number,
  { session }: CodeState,
  { lang, resendIn, newCodeIn }: Messages,
): TemplateResult | typeof nothing {
  if (wait <= 0) return nothing;
  const time = clockTime(wait);
  const name = formatMessage(session ? resendIn : newCodeIn, { time }, lang);
  return html`<span class="timer" part="timer" role="timer" aria-label=${name}>${shownText(session ? time : name)}</span>`;
}
