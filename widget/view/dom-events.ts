import {
  MittoErrorEvent,
  MittoExpiredEvent,
  MittoResetEvent,
  MittoSentEvent,
  MittoVerifiedEvent,
} from '../events.ts';
import type { FlowChange } from '../flow/flow-controller.ts';
import type { Problem } from '../flow/state.ts';
import { secondsUntil } from '../flow/timers.ts';
import { isExpired } from './field-texts.ts';

/** The events of a state change. */
export function domEventsOf({ previous, next, event }: FlowChange, at: number): Event[] {
  const events: Event[] = [];
  if ((event.type === 'sent' || event.type === 'resumed') && next.step === 'code')
    events.push(new MittoSentEvent(next.channel, next.to));
  // A silent renewal fires no event, except after `mitto-expired`.
  const isVerified = event.type === 'verified' || (event.type === 'renewed' && isExpired(previous));
  if (isVerified && next.step === 'verified' && next.proof)
    events.push(new MittoVerifiedEvent(next.proof));
  if (isExpired(next) && !isExpired(previous)) events.push(new MittoExpiredEvent());
  // An error before any user action is reported to the page once an action fails with it.
  const isEarly = event.type === 'offline' || event.type === 'noticed';
  if (next.problem && next.problem !== previous.problem && !isEarly)
    events.push(errorEvent(next.problem, at));
  if (event.type === 'reset' || event.type === 'change_number') events.push(new MittoResetEvent());
  return events;
}

function errorEvent({ code, until }: Problem, at: number): MittoErrorEvent {
  return new MittoErrorEvent(code, secondsUntil(until, at) || undefined);
}
