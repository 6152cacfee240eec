/** Maps a provider's failure to a reason, and decides whether a fallback is allowed. */
import type { ProviderFailure } from '../../providers/egress/provider-error.ts';
import type { ErrorReason } from '../errors.ts';

export function toSendError(failure: ProviderFailure): ErrorReason {
  const { detail } = failure;
  switch (failure.kind) {
    case 'unauthorized':
      return { kind: 'provider_unauthorized', detail };
    case 'throttled':
      return { kind: 'provider_throttled', waitMs: failure.waitMs };
    case 'blocked':
      return { kind: 'provider_blocked', detail, isFinal: failure.isFinal };
    case 'bad_number':
      return { kind: 'provider_bad_number', detail };
    case 'bad_sender':
      return { kind: 'provider_bad_sender', detail };
    case 'refused':
      return { kind: 'provider_refused', detail };
    case 'failed':
      return { kind: 'provider_failed', detail };
    case 'unintelligible':
      return { kind: 'provider_unintelligible', detail };
    case 'unanswered':
      // The request left: the message may be on its way. Never sent again by itself.
      return { kind: 'delivery_unknown', detail };
    case 'unsent':
      return failure.isOurFault
        ? { kind: 'provider_unauthorized', detail }
        : { kind: 'provider_unreached', detail };
  }
}

/** Where nothing was to be sent, none may have been. */
export function toReadError(failure: ProviderFailure): ErrorReason {
  const { kind, detail } = failure;
  return kind === 'unanswered' ? { kind: 'provider_silent', detail } : toSendError(failure);
}

/**
 * Whether another provider may be asked for the same message: only where this one has certainly not taken it, or a
 * visitor would get it twice; and where it is this one's own affair. A number that one of them does not know is known
 * to none, and who said stop to one, or is being pumped, gets the message from none.
 */
export function isRetryableElsewhere(reason: ErrorReason): boolean {
  switch (reason.kind) {
    case 'provider_refused':
    case 'provider_failed':
    case 'provider_unreached':
    case 'provider_bad_sender':
    case 'provider_unauthorized':
    case 'provider_throttled':
    case 'provider_down':
      return true;
    case 'provider_blocked':
      return !reason.isFinal;
    default:
      return false;
  }
}

/**
 * Whether it is as if nothing had been asked: the provider took nothing, and not for the message's sake but for its own
 * or the operator's. Such a send counts nowhere, or a wrong key would use up the day's budget.
 */
export function isUncharged({ kind }: ErrorReason): boolean {
  switch (kind) {
    case 'provider_down':
    case 'provider_throttled':
    case 'provider_unreached':
    case 'provider_unauthorized':
    case 'provider_bad_sender':
      return true;
    default:
      return false;
  }
}
