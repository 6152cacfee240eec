/** `POST /2fa/verify` and `POST /2fa/cancel` */
import * as v from 'valibot';
import { sameDestination } from '../../destination.ts';
import { type Answer, okAnswer, RequestError } from '../../envelope.ts';
import type { SandboxOptions } from '../../options.ts';
import { readFields } from '../../request-body.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';

const Text = v.pipe(v.string(), v.nonEmpty());

/**
 * `service`, `number` and `code` are from Restcomm. Which keys Mitto wants is unknown, so that any mix of them
 * that names an OTP is taken here.
 */
const VerifySchema = v.pipe(
  v.object({
    requestID: v.optional(Text),
    service: v.optional(Text),
    number: v.optional(Text),
    to: v.optional(Text),
    code: v.pipe(v.string(), v.regex(/^\d{1,32}$/, 'not a code')),
  }),
  v.check(
    ({ requestID, number, to }) => (requestID ?? number ?? to) !== undefined,
    'number: names no OTP, and neither does to or requestID',
  ),
  v.check(
    ({ number, to }) => number === undefined || to === undefined || sameDestination(number, to),
    'number: differs from to',
  ),
);

export function verify(state: TwoFactorState, call: MittoCall): Answer {
  const { requestID, service, number, to, code } = readFields(VerifySchema, call.fields);
  const { verifyMatches, rightCodeConsumes, wrongCodeAnswer, noOtpAnswer } = state.knobs.current;
  const verdict = state.otps.verify({ requestID, service, number: number ?? to }, code, {
    matches: verifyMatches,
    rightCodeConsumes,
  });
  switch (verdict.kind) {
    case 'right':
      return okAnswer({ requestID: verdict.otp.requestID });
    case 'wrong':
      return wrongCode(wrongCodeAnswer);
    case 'no_otp':
      if (noOtpAnswer === 'as_wrong_code') return wrongCode(wrongCodeAnswer);
      throw new RequestError(404, 'No open OTP');
  }
}

function wrongCode(answer: SandboxOptions['wrongCodeAnswer']): Answer {
  const message = 'Invalid code';
  switch (answer) {
    case 'http_400':
      return { status: 400, content: { code: 400, message } };
    case 'http_200_code_400':
      return { status: 200, content: { code: 400, message } };
    case 'http_404':
      return { status: 404, content: { code: 404, message } };
    case 'http_200_valid_false':
      return okAnswer({ valid: false });
  }
}

const CancelSchema = v.object({ requestID: Text });

/** That an OTP which is not open cannot be cancelled, and gets 404, is assumed. */
export function cancel(state: TwoFactorState, call: MittoCall): Answer {
  const { requestID } = readFields(CancelSchema, call.fields);
  if (!state.otps.cancel(requestID)) throw new RequestError(404, 'No open OTP');
  return okAnswer({ requestID });
}
