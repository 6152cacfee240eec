import { withQuery } from '../append-query.ts';
import type { CallbackRequest, Outcome } from '../delivery-reports.ts';
import type { Otp } from './otps.ts';
import type { TwoFactorState } from './state.ts';

/**
 * How Mitto tells the account of an OTP. That it does so, at a URL of the account's, by GET or POST, is documented;
 * the parameters are assumed to be named as those of a send.
 */
export function otpReport(
  state: TwoFactorState,
  { requestID, accountSid, channel, from, to }: Otp,
  { status, errorCode }: Outcome,
): CallbackRequest | null {
  const { otpCallbackUrl, otpCallbackMethod } = state.knobs.current;
  if (otpCallbackUrl === null) return null;
  const members = {
    requestID,
    accountSid,
    channel,
    from,
    to,
    status,
    ...(errorCode === undefined ? {} : { errorCode }),
    date: new Date(state.now()).toISOString(),
  };
  switch (otpCallbackMethod) {
    case 'GET':
      return {
        method: 'GET',
        url: withQuery(otpCallbackUrl, members),
        headers: {},
        body: null,
      };
    case 'POST':
      return {
        method: 'POST',
        url: otpCallbackUrl,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(members),
      };
  }
}
