/** `/2fa/search`: session detail records. Their members are unknown at Mitto; these are assumed. */
import * as v from 'valibot';
import { sameDestination } from '../../destination.ts';
import { type Answer, RequestError } from '../../envelope.ts';
import { readFields } from '../../request-body.ts';
import { DayRangeSchema, dayOf, isWithin } from '../calendar.ts';
import type { Otp } from '../otps.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';
import { listAnswer } from './list-answer.ts';

const FilterSchema = v.object({
  ...DayRangeSchema.entries,
  accountSid: v.optional(v.string()),
  service: v.optional(v.string()),
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  channel: v.optional(v.string()),
  status: v.optional(v.string()),
});

/** `GET` and `POST /2fa/search` */
export function searchRecords(state: TwoFactorState, call: MittoCall): Answer {
  const { startDate, endDate, to, ...exact } = readFields(FilterSchema, call.fields);
  const wanted = Object.entries(exact).filter(([, value]) => value !== undefined);
  const records = state.otps
    .all()
    .filter((otp) => isWithin(dayOf(otp.sentAt), { startDate, endDate }))
    .filter((otp) => to === undefined || sameDestination(to, otp.to))
    .map((otp) => toRecord(state, otp))
    .filter((record) => {
      const members = new Map<string, string>(Object.entries(record));
      return wanted.every(([name, value]) => members.get(name) === value);
    });
  return listAnswer(state.knobs.current.listShape, 'sessionDetailRecords', records);
}

/** `GET /2fa/search/{OTPSid}` */
export function oneRecord(state: TwoFactorState, call: MittoCall): Answer {
  const otp = state.otps.find(call.resource);
  if (!otp) throw new RequestError(404, `No such OTP: ${call.resource}`);
  return { status: 200, content: toRecord(state, otp) };
}

/** Without the code: a record is for the operator, who has no business with it. */
function toRecord(state: TwoFactorState, otp: Otp) {
  return {
    sid: otp.requestID,
    accountSid: otp.accountSid,
    service: otp.service,
    from: otp.from,
    to: otp.to,
    channel: otp.channel,
    status: state.otps.statusOf(otp),
    dateCreated: new Date(otp.sentAt).toISOString(),
    dateExpires: new Date(otp.expiresAt).toISOString(),
    uri: `/2fa/search/${otp.requestID}`,
  };
}
