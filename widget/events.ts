import type { Channel } from '../shared/api/channel.ts';
import type { OtpErrorCode } from '../shared/otp-error.ts';

/** A code was sent, or the visitor has returned from the number to the code step. */
export class MittoSentEvent extends Event {
  static readonly type = 'mitto-sent';
  /** Its channel. */
  readonly channel: Channel;
  /** The number, masked. */
  readonly to: string;

  constructor(channel: Channel, to: string) {
    super(MittoSentEvent.type, { bubbles: true, composed: true });
    this.channel = channel;
    this.to = to;
  }
}

/** The number is verified. The site's server must verify the proof. */
export class MittoVerifiedEvent extends Event {
  static readonly type = 'mitto-verified';
  /** The JWS that the form submits as the value of the element. */
  readonly proof: string;

  constructor(proof: string) {
    super(MittoVerifiedEvent.type, { bubbles: true, composed: true });
    this.proof = proof;
  }
}

/**
 * The proof has expired and could not be renewed: the element has no value until the number is verified again. Not fired
 * when the proof was renewed.
 */
export class MittoExpiredEvent extends Event {
  static readonly type = 'mitto-expired';

  constructor() {
    super(MittoExpiredEvent.type, { bubbles: true, composed: true });
  }
}

/** A request was rejected or failed. The element shows the error to the visitor; the event is for the page. */
export class MittoErrorEvent extends Event {
  static readonly type = 'mitto-error';
  /** An error code of the API, or a transport error: `network_error`, `timeout`, `unexpected_answer`. */
  readonly code: OtpErrorCode;
  /** Seconds after which a retry can succeed, if known. */
  readonly retryAfter: number | undefined;

  constructor(code: OtpErrorCode, retryAfter: number | undefined) {
    super(MittoErrorEvent.type, { bubbles: true, composed: true });
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Back at the phone step, without a proof: the visitor changed the number, or the page or the form reset it. */
export class MittoResetEvent extends Event {
  static readonly type = 'mitto-reset';

  constructor() {
    super(MittoResetEvent.type, { bubbles: true, composed: true });
  }
}

/** The element's own events, by their names. They bubble and cross shadow roots. */
export interface MittoOtpEventMap {
  'mitto-sent': MittoSentEvent;
  'mitto-verified': MittoVerifiedEvent;
  'mitto-expired': MittoExpiredEvent;
  'mitto-error': MittoErrorEvent;
  'mitto-reset': MittoResetEvent;
}

/** Every event that `addEventListener` of the element knows. */
export interface MittoOtpElementEventMap extends HTMLElementEventMap, MittoOtpEventMap {}

declare global {
  // For listeners on a form, the document or the window too.
  interface GlobalEventHandlersEventMap extends MittoOtpEventMap {}
}
