import type { Channel } from '../../shared/api/channel.ts';
import type { CodeState } from '../flow/state.ts';

/** The expected code step after the send, to reserve its space. */
export function expectedCode(
  { number, to }: Pick<CodeState, 'number' | 'to'>,
  channels: readonly Channel[],
  codeLength: number,
): CodeState {
  return {
    step: 'code',
    busy: null,
    problem: null,
    number,
    session: 'expected',
    to,
    channel: channels[0] ?? 'sms',
    channels,
    codeLength,
    expiresAt: 0,
    resendAt: 0,
    resendOpen: false,
    delivery: 'unreported',
    isOtherWayFree: false,
    failedWays: [],
    isLate: false,
    isAnother: false,
    isRestored: false,
    verifyAt: 0,
    wrong: null,
  };
}

/** A number as it was typed, as long as it gets where its country is said before it. */
export function expectedTo(typed: string): string {
  return typed.startsWith('+') ? typed : `+000 ${typed}`;
}
