import type { Channel } from '../../shared/api/channel.ts';
import type { CodeState, FlowState } from './state.ts';

/**
 * Milliseconds until the screen shows something else without anybody doing anything, or `null` for never. A
 * countdown changes every second; an expiry is waited for in silence.
 */
export function nextChange(state: FlowState, at: number): number | null {
  const waits: number[] = [];
  const countDownTo = (deadline: number) =>
    waits.push(deadline > at ? (deadline - at) % 1000 || 1000 : 0);
  if (state.problem?.until) countDownTo(state.problem.until);
  if (state.step === 'code') {
    if (!state.resendOpen) countDownTo(state.resendAt);
    if (state.session && !state.busy) waits.push(state.expiresAt - at);
  }
  // Then a gesture that would lead back to the code sends another one, and its button says so.
  if (state.step === 'phone' && state.kept && at < state.kept.expiresAt)
    waits.push(state.kept.expiresAt - at);
  if (state.step === 'verified' && state.proof) waits.push(state.expiresAt - at);
  return waits.length === 0 ? null : Math.max(0, Math.min(...waits));
}

/** When the next code can be requested over this channel; by default the last one. */
export function sendableAt(state: CodeState, channel: Channel = state.channel): number {
  return state.isOtherWayFree && !state.failedWays.includes(channel) ? 0 : state.resendAt;
}

/** Whole seconds to show on a countdown; 0 when it is over. */
export function secondsUntil(deadline: number | null, at: number): number {
  return deadline === null ? 0 : Math.max(0, Math.ceil((deadline - at) / 1000));
}
