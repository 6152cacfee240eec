import type { Channel } from '../../shared/api/channel.ts';
import type { FlowChange } from '../flow/flow-controller.ts';
import type { CodeState } from '../flow/state.ts';
import type { Messages } from '../i18n/messages.ts';
import { codeHint } from './code-hint.ts';
import { errorText, notDelivered } from './error-text.ts';
import { isExpired } from './field-texts.ts';

/**
 * What a screen reader is told of a change, or `null` for nothing. Seldom: a countdown is announced when it ends,
 * and never while it runs.
 */
export function announcement(
  { previous, next, event }: FlowChange,
  words: Messages,
  at: number,
  ways: readonly Channel[],
): string | null {
  if (next.problem && next.problem !== previous.problem && event.type !== 'tick')
    return errorText(next.problem, next, words, at, ways, 'said');
  switch (event.type) {
    case 'send':
      return words.sending;
    case 'challenge':
      return event.stage === 'shown' ? words.challenge : null;
    case 'verify':
      return words.verifying;
    case 'sent':
      if (next.step === 'code' && isNewCode(next))
        return `${words.newCodeSent}${words.gap}${codeHint(words.codeHint, next, words)}`;
      return next.step === 'code' ? codeHint(words.sent, next, words) : null;
    case 'resumed':
      return next.step === 'code' ? codeHint(words.sent, next, words) : null;
    case 'verified':
      return words.verified;
    case 'renewed':
      // One that nobody missed is not spoken of.
      return isExpired(previous) ? words.verified : null;
    case 'unrenewed':
      return isExpired(next) ? words.proofExpired : null;
    case 'online':
      return words.backOnline;
    case 'delivery':
      if (event.state === 'not_delivered') return notDelivered(ways, words);
      return next.step === 'code' && next.channel === 'sms' ? words.delivered : null;
    case 'tick':
      return announcementOfTime({ previous, next, event }, words, at, ways);
    default:
      return null;
  }
}

/** Another text message was sent. For a call the hint says so. */
export function isNewCode({ isAnother, channel }: CodeState): boolean {
  return isAnother && channel === 'sms';
}

function announcementOfTime(
  { previous, next }: FlowChange,
  words: Messages,
  at: number,
  ways: readonly Channel[],
): string | null {
  if (next.step === 'verified')
    return isExpired(next) && !isExpired(previous) ? words.proofExpired : null;
  if (next.problem?.code === 'session_expired' && next.problem !== previous.problem)
    return errorText(next.problem, next, words, at, ways, 'said');
  if (next.step === 'code' && previous.step === 'code' && next.resendOpen && !previous.resendOpen) {
    const isFirstWait = next.session !== null && next.isLate && !previous.isLate;
    return isFirstWait ? `${words.resendReady}${words.gap}${words.noCodeHelp}` : words.resendReady;
  }
  return previous.problem?.until && !next.problem?.until ? words.retryReady : null;
}
