/** How many OTPs were sent, by account, channel and time. */
import { BoundedMap } from '../bounded-collections.ts';
import { type DayRange, dayOf, isWithin } from './calendar.ts';
import type { MittoChannel } from './channel.ts';

/** Accounts × channels × days. */
const MAX_COUNTS = 10_000;

/** Members as in the documented sample; `count` is text there. */
export interface UsageRecord {
  readonly channel: MittoChannel;
  readonly description: string;
  readonly accountSid: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly count: string;
  readonly unit: 'OTP';
  readonly uri: string;
}

/** Days: documented. The other two: assumed. */
export interface UsageFilter extends DayRange {
  channel?: string | undefined;
  accountSid?: string | undefined;
}

interface DayCount {
  readonly accountSid: string;
  readonly channel: MittoChannel;
  readonly day: string;
  readonly count: number;
}

type DaySum = Omit<DayCount, 'day'> & { readonly block: Block };

/** The days of one record, first and last. */
export interface Block {
  readonly startTime: string;
  readonly endTime: string;
}

/** The block that a day is counted in; `null`: the whole of what was asked for. */
export type BlockOfDay = (day: string) => Block | null;

export class UsageBook {
  readonly #now: () => number;
  readonly #counts = new BoundedMap<string, DayCount>(MAX_COUNTS);

  constructor(now: () => number) {
    this.#now = now;
  }

  count(accountSid: string, channel: MittoChannel): void {
    const day = dayOf(this.#now());
    const key = `${accountSid} ${channel} ${day}`;
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { accountSid, channel, day, count });
  }

  /** One record for each block, account and channel, in this order. */
  records(filter: UsageFilter, blockOf: BlockOfDay): readonly UsageRecord[] {
    const { channel: onlyChannel, accountSid: onlyAccount, ...range } = filter;
    const days = [...this.#counts.values()]
      .filter(({ day }) => isWithin(day, range))
      .filter(({ channel }) => onlyChannel === undefined || channel === onlyChannel)
      .filter(({ accountSid }) => onlyAccount === undefined || accountSid === onlyAccount);
    const today = dayOf(this.#now());
    const whole: Block = {
      startTime: range.startDate ?? days.map(({ day }) => day).reduce(earlierDay, today),
      endTime: range.endDate ?? today,
    };
    const sums = new Map<string, DaySum>();
    for (const { accountSid, channel, day, count } of days) {
      const block = blockOf(day) ?? whole;
      const key = `${block.startTime} ${accountSid} ${channel}`;
      const sum = sums.get(key)?.count ?? 0;
      sums.set(key, { block, accountSid, channel, count: sum + count });
    }
    return [...sums.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, sum]) => toRecord(sum));
  }

  clear(): void {
    this.#counts.clear();
  }
}

function toRecord({ block, accountSid, channel, count }: DaySum): UsageRecord {
  return {
    channel,
    description: `OTPs by ${channel}`,
    accountSid,
    ...block,
    count: String(count),
    unit: 'OTP',
    uri: `/2fa/usage/records?startDate=${block.startTime}&endDate=${block.endTime}`,
  };
}

function earlierDay(one: string, other: string): string {
  return one < other ? one : other;
}
