import type { Channel } from '../shared/channel.ts';
import type { OtpErrorCode } from '../shared/otp-error.ts';

/** A code is on its way. */
export class MittoSentEvent extends Event {
  static readonly type = 'mitto-sent';
  /** How it travels. */
  readonly channel: Channel;
  /** The number, masked. */
  readonly to: string;

  constructor(channel: Channel, to: string) {
    super(MittoSentEvent.type, { bubbles: true, composed: true });
    this.channel = channel;
    this.to = to;
  }
}

/** The visitor holds the number. The proof is worth something only once the site's server has checked it. */
export class MittoVerifiedEvent extends Event {
  static readonly type = 'mitto-verified';
  readonly proof: string;

  constructor(proof: string) {
    super(MittoVerifiedEvent.type, { bubbles: true, composed: true });
    this.proof = proof;
  }
}

/** Something was refused or failed. The visitor has been told in words; this is for the page. */
export class MittoErrorEvent extends Event {
  static readonly type = 'mitto-error';
  readonly code: OtpErrorCode;
  /** Seconds after which the same gesture can succeed, where that is known. */
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

declare global {
  interface HTMLElementEventMap {
    'mitto-sent': MittoSentEvent;
    'mitto-verified': MittoVerifiedEvent;
    'mitto-error': MittoErrorEvent;
    'mitto-reset': MittoResetEvent;
  }
}
