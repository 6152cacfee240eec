/** `/2fa/usage/records` */
import * as v from 'valibot';

import { type Answer, RequestError } from '../../envelope.ts';
import { readFields } from '../../request-body.ts';
import {
  type DayRange,
  DayRangeSchema,
  dayBefore,
  dayOf,
  firstDayOfMonth,
  intersection,
  lastDayOfMonth,
} from '../calendar.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';
import type { Block, BlockOfDay } from '../usage.ts';

/** `GET` and `POST /2fa/usage/records` */
export function usage(state: TwoFactorState, call: MittoCall): Answer {
  return usageAnswer(state, call, ALL_TIME);
}

/** `GET /2fa/usage/records/{subresource}`: the names are from Restcomm. */
export function usageOfSubresource(state: TwoFactorState, call: MittoCall): Answer {
  const cutOf = SUBRESOURCES.get(call.resource.toLowerCase());
  if (!cutOf) throw new RequestError(404, `No such sub-resource: ${call.resource}`);
  return usageAnswer(state, call, cutOf(dayOf(state.now())));
}

/** How a sub-resource cuts time: over which days, and into which blocks. */
interface Cut {
  readonly range: DayRange;
  readonly blockOf: BlockOfDay;
}

const ALL_TIME: Cut = { range: {}, blockOf: () => null };

const SUBRESOURCES: ReadonlyMap<string, (today: string) => Cut> = new Map<
  string,
  (today: string) => Cut
>([
  ['alltime', () => ALL_TIME],
  ['daily', () => ({ range: {}, blockOf: oneDay })],
  ['monthly', () => ({ range: {}, blockOf: monthOf })],
  ['yearly', () => ({ range: {}, blockOf: yearOf })],
  ['today', (today) => onlyBlock(oneDay(today))],
  ['yesterday', (today) => onlyBlock(oneDay(dayBefore(today)))],
  ['thismonth', (today) => onlyBlock(monthOf(today))],
  ['lastmonth', (today) => onlyBlock(monthOf(dayBefore(firstDayOfMonth(today))))],
]);

function oneDay(day: string): Block {
  return { startTime: day, endTime: day };
}

function monthOf(day: string): Block {
  return { startTime: firstDayOfMonth(day), endTime: lastDayOfMonth(day) };
}

function yearOf(day: string): Block {
  const year = day.slice(0, 4);
  return { startTime: `${year}-01-01`, endTime: `${year}-12-31` };
}

function onlyBlock(block: Block): Cut {
  return { range: { startDate: block.startTime, endDate: block.endTime }, blockOf: () => block };
}

const FilterSchema = v.object({
  ...DayRangeSchema.entries,
  channel: v.optional(v.string()),
  accountSid: v.optional(v.string()),
});

function usageAnswer(state: TwoFactorState, call: MittoCall, { range, blockOf }: Cut): Answer {
  const { channel, accountSid, ...days } = readFields(FilterSchema, call.fields);
  const filter = { ...intersection(range, days), channel, accountSid };
  return { status: 200, content: { usageRecords: state.usage.records(filter, blockOf) } };
}
