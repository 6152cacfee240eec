/**
 * The flow of one verification as a pure function: what happened goes in, what is so now comes out. It knows no
 * DOM, no network and no clock; times come with the events, in milliseconds of whatever clock the caller keeps.
 *
 * A gesture that does not count (a second click while a request is out, a resend before its time) returns the very
 * state it was given, and a caller who sees that sends nothing. That is what makes one gesture one request.
 */
import { isOtpCode } from '../../shared/otp-code.ts';
import type { OtpErrorCode } from '../../shared/otp-error.ts';
import type { HandedBackProof } from '../proof/handed-back-proof.ts';
import { INITIAL_STATE } from './initial-state.ts';
import type {
  Call,
  CodeState,
  Failure,
  FlowEvent,
  FlowState,
  PhoneState,
  Problem,
  VerifiedState,
} from './state.ts';
import { sendableAt } from './timers.ts';

export function transition(state: FlowState, event: FlowEvent): FlowState {
  switch (event.type) {
    case 'send':
      return beginSend(state, event);
    case 'challenge':
      return state.busy?.id === event.id ? atChallenge(state, event) : state;
    case 'sent':
      return state.busy?.id === event.id ? codeStep(state, event) : state;
    case 'verify':
      return state.step === 'code' ? beginVerify(state, event) : state;
    case 'verified':
      return state.step === 'code' && state.busy?.id === event.id
        ? verifiedStep(state, event)
        : state;
    case 'renew':
      return state.step === 'verified' && state.session && !state.busy
        ? { ...state, busy: { doing: 'renew', id: event.id }, problem: null }
        : state;
    case 'renewed':
      return state.step === 'verified' && state.session === event.session
        ? renewed(state, event)
        : state;
    case 'unrenewed':
      return state.step === 'verified' && state.session === event.session
        ? unrenewed(state, event)
        : state;
    case 'failed':
      return state.step !== 'verified' && state.busy?.id === event.id
        ? fail(state, state.busy, event)
        : state;
    case 'refused':
      return state.step === 'verified' || state.busy
        ? state
        : { ...state, problem: toProblem(event.failure, 0) };
    case 'noticed':
      return state.step === 'phone' && !state.busy && !state.problem
        ? { ...state, problem: toProblem(event.failure, 0) }
        : state;
    case 'stopped':
      return state.busy ? { ...state, busy: null } : state;
    case 'edited':
      return edit(state);
    case 'change_number':
      return state.step === 'phone' ? state : phoneStep(state);
    case 'handed_back':
      return state.step === 'phone' && !state.busy ? handedBack(event.proof) : state;
    case 'resumed':
      return state.step === 'phone' && !state.busy ? resume(state, event.at) : state;
    case 'offline':
      return state.step === 'verified' || state.busy || state.problem
        ? state
        : { ...state, problem: toProblem({ code: 'network_error', reason: 'offline' }, 0) };
    case 'online':
      return state.problem?.code === 'network_error' ? connected(state) : state;
    case 'delivery':
      return state.step === 'code' && state.session === event.session
        ? reported(state, event.state)
        : state;
    case 'restored':
      return restored(state);
    case 'tick':
      return tick(state, event.at);
    case 'reset':
      return isUntouched(state) ? state : INITIAL_STATE;
    default:
      return event satisfies never;
  }
}

function beginSend(state: FlowState, event: FlowEvent & { type: 'send' }): FlowState {
  const { id, at, channel } = event;
  const busy: Call = { doing: 'send', id };
  switch (state.step) {
    case 'phone':
      return state.busy || at < (state.problem?.until ?? 0)
        ? state
        : { ...state, busy, problem: null };
    case 'code':
      return state.busy || at < sendableAt(state, channel)
        ? state
        : { ...state, busy, problem: null };
    case 'verified':
      // A stray action does not discard a valid proof; an expired one is renewed.
      return state.proof === null && !state.busy ? { ...INITIAL_STATE, busy } : state;
    default:
      return state satisfies never;
  }
}

function atChallenge(state: FlowState, event: FlowEvent & { type: 'challenge' }): FlowState {
  const { id, stage } = event;
  if (state.step === 'verified') return state;
  const busy: Call = { doing: 'send', id };
  return { ...state, busy: stage === 'over' ? busy : { ...busy, challenge: stage } };
}

function codeStep(state: FlowState, event: FlowEvent & { type: 'sent' }): CodeState {
  const { answer, at, number } = event;
  return {
    step: 'code',
    busy: null,
    problem: null,
    number,
    session: answer.session,
    to: answer.to,
    channel: answer.channel,
    channels: answer.channels,
    codeLength: answer.codeLength,
    expiresAt: at + answer.expiresIn * 1000,
    resendAt: at + answer.resendIn * 1000,
    resendOpen: answer.resendIn === 0,
    delivery: answer.reports ? 'awaited' : 'unreported',
    isOtherWayFree: false,
    failedWays: state.step === 'code' && state.session ? state.failedWays : [],
    isLate: false,
    isAnother: state.step === 'code',
    isRestored: false,
    verifyAt: 0,
    wrong: null,
  };
}

function reported(state: CodeState, delivery: 'delivered' | 'not_delivered'): CodeState {
  const isOtherWayFree = delivery === 'not_delivered';
  const failedWays = isOtherWayFree ? [...state.failedWays, state.channel] : state.failedWays;
  return { ...state, delivery, isOtherWayFree, failedWays };
}

/** Going back to the number does not discard a code that was sent or requested. */
function phoneStep(state: CodeState | VerifiedState): PhoneState {
  if (state.step === 'verified' || !state.session) return INITIAL_STATE;
  // The field of the code is empty by then; what there is to wait for stays.
  const problem = state.problem?.until ? state.problem : null;
  return { ...INITIAL_STATE, kept: { ...state, busy: null, problem } };
}

function resume(state: PhoneState, at: number): FlowState {
  return state.kept && at < state.kept.expiresAt ? state.kept : state;
}

function restored(state: FlowState): FlowState {
  if (state.step === 'code') return state.isRestored ? state : { ...state, isRestored: true };
  if (state.step === 'phone' && state.kept && !state.kept.isRestored)
    return { ...state, kept: { ...state.kept, isRestored: true } };
  return state;
}

function isUntouched(state: FlowState): boolean {
  return state.step === 'phone' && !state.busy && !state.problem && !state.kept;
}

function beginVerify(state: CodeState, event: FlowEvent & { type: 'verify' }): CodeState {
  const { id, code, at } = event;
  if (state.busy || !state.session || at < state.verifyAt) return state;
  if (code === state.wrong?.code) return { ...state, problem: { ...state.wrong.problem } };
  if (!isOtpCode(code, state.codeLength))
    return { ...state, problem: toProblem({ code: 'invalid_code_format' }, at) };
  return { ...state, busy: { doing: 'verify', id, code }, problem: null };
}

function verifiedStep(state: CodeState, event: FlowEvent & { type: 'verified' }): VerifiedState {
  return {
    step: 'verified',
    busy: null,
    problem: null,
    to: state.to,
    channel: state.channel,
    proof: event.answer.proof,
    expiresAt: event.askedAt + event.answer.expiresIn * 1000,
    session: state.session,
    expired: false,
  };
}

function renewed(
  state: VerifiedState,
  { answer, askedAt }: FlowEvent & { type: 'renewed' },
): VerifiedState {
  return {
    ...state,
    busy: null,
    problem: null,
    proof: answer.proof,
    expiresAt: askedAt + answer.expiresIn * 1000,
    expired: false,
  };
}

/** Silent while the proof is valid. */
function unrenewed(
  state: VerifiedState,
  { isFinal, failure, at }: FlowEvent & { type: 'unrenewed' },
): VerifiedState {
  return {
    ...state,
    busy: null,
    problem: state.busy && state.proof === null && !isFinal ? toProblem(failure, at) : null,
    session: isFinal ? null : state.session,
    expired: state.proof === null,
  };
}

function handedBack({ proof, phone, channel, expiresAt }: HandedBackProof): VerifiedState {
  return {
    step: 'verified',
    busy: null,
    problem: null,
    to: phone,
    channel,
    proof,
    expiresAt,
    session: null,
    expired: false,
  };
}

function fail(
  state: PhoneState | CodeState,
  call: Call,
  { failure, at }: { failure: Failure; at: number },
): PhoneState | CodeState {
  const problem = toProblem(failure, at);
  if (state.step === 'phone') return { ...state, busy: null, problem };

  const next: CodeState = { ...state, busy: null, problem };
  const isDead = endsSession(failure.code);
  if (isDead) next.session = null;
  // Sends and verifications have separate limits: a visitor who must wait for a new code can still use the old one.
  if (problem.until !== null) {
    if (call.doing === 'verify' && !isDead) next.verifyAt = problem.until;
    else {
      next.resendAt = Math.max(state.resendAt, problem.until);
      next.resendOpen = false;
      next.isOtherWayFree = false;
    }
  }
  if (failure.code === 'incorrect_code' && call.doing === 'verify')
    next.wrong = { code: call.code, problem };
  return next;
}

/** Errors after which this session gives no proof any more, and only a new code helps. */
function endsSession(code: OtpErrorCode): boolean {
  return (
    code === 'session_expired' ||
    code === 'session_used' ||
    code === 'invalid_session' ||
    code === 'too_many_attempts'
  );
}

function edit(state: FlowState): FlowState {
  if (!state.problem) return state;
  if (state.problem.reason === 'offline') return state;
  // That the session is over, or that there is a time to wait, stays true whatever is typed as a code. Another
  // number, though, may be sent to at once: the limit may have been the old one's.
  if (state.step === 'code' && (!state.session || state.problem.until)) return state;
  return { ...state, problem: null };
}

/** What failed for want of a connection may be done again. A session that is over is over with a connection, too. */
function connected(state: FlowState): FlowState {
  switch (state.step) {
    case 'phone':
      return { ...state, problem: null };
    case 'code':
      return {
        ...state,
        problem: state.session ? null : toProblem({ code: 'session_expired' }, 0),
      };
    case 'verified':
      return { ...state, problem: null };
    default:
      return state satisfies never;
  }
}

function tick(state: FlowState, at: number): FlowState {
  switch (state.step) {
    case 'phone':
      return state.problem && isOver(state.problem, at) ? { ...state, problem: null } : state;
    case 'code': {
      let next = state;
      if (state.problem && isOver(state.problem, at))
        next = { ...next, problem: state.session ? null : { ...state.problem, until: null } };
      if (!state.resendOpen && at >= state.resendAt)
        next = { ...next, resendOpen: true, isLate: true };
      // While a request is out the Worker has the last word: it may have taken the code in time.
      if (state.session && !state.busy && at >= state.expiresAt)
        next = { ...next, session: null, problem: toProblem({ code: 'session_expired' }, at) };
      return next;
    }
    case 'verified': {
      const problem = state.problem && isOver(state.problem, at) ? null : state.problem;
      if (state.proof && at >= state.expiresAt)
        return { ...state, problem, proof: null, expired: state.session === null };
      return problem === state.problem ? state : { ...state, problem };
    }
    default:
      return state satisfies never;
  }
}

function isOver(problem: Problem, at: number): boolean {
  return problem.until !== null && at >= problem.until;
}

function toProblem(failure: Failure, at: number): Problem {
  return {
    code: failure.code,
    reason: failure.reason ?? null,
    attemptsLeft: failure.attemptsLeft ?? null,
    until: failure.retryAfter ? at + failure.retryAfter * 1000 : null,
  };
}
