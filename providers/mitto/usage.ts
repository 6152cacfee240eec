/** Usage: how many OTPs were sent, by account, channel and time. */
import { MittoInputError } from './errors.ts';
import type { RecordsCalls } from './list-call.ts';
import {
  countMember,
  type MemberReaders,
  type MittoList,
  type MittoRecord,
  readRecord,
  textMember,
} from './record.ts';
import { filtersOf, type MittoFilter, queryOf } from './validate-input.ts';

interface KnownUsage {
  channel: string;
  description: string;
  accountSid: string;
  startTime: string;
  endTime: string;
  /** As it came: text, in Mitto's sample. */
  count: string | number;
  /** `'OTP'` */
  unit: string;
  uri: string;
}

/** Members as in Mitto's sample (documented). */
export type MittoUsageRecord = MittoRecord<
  KnownUsage & {
    /** `count` as a number, where it is one. */
    countNumber: number;
  }
>;

/** Blocks of time; Mitto documents "like daily, monthly or yearly", the names are Restcomm's (assumed). */
export const MITTO_USAGE_SUBRESOURCES = [
  'Daily',
  'Monthly',
  'Yearly',
  'AllTime',
  'Today',
  'Yesterday',
  'ThisMonth',
  'LastMonth',
] as const;

export type MittoUsageSubresource = (typeof MITTO_USAGE_SUBRESOURCES)[number];

export interface MittoUsage {
  /**
   * All records, or those that the filters leave: `GET` or `POST /2fa/usage/records` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const november = await mitto.usage.list({ startDate: '2026-11-01', endDate: '2026-11-30' });
   * const sent = november.reduce((sum, { countNumber = 0 }) => sum + countNumber, 0);
   */
  list(filter?: MittoFilter): Promise<MittoList<MittoUsageRecord>>;
  /**
   * By blocks of time: `GET /2fa/usage/records/{subresource}`, filters in the query (documented).
   *
   * @param subresource in any case
   * @throws MittoInputError, MittoApiError
   * @example
   * const days = await mitto.usage.subresource('Daily', { startDate: '2026-11-01' });
   */
  subresource(
    subresource: MittoUsageSubresource | Lowercase<MittoUsageSubresource>,
    filter?: MittoFilter,
  ): Promise<MittoList<MittoUsageRecord>>;
}

const READERS: MemberReaders<KnownUsage> = {
  channel: textMember,
  description: textMember,
  accountSid: textMember,
  startTime: textMember,
  endTime: textMember,
  count: (value) => (typeof value === 'number' ? value : textMember(value)),
  unit: textMember,
  uri: textMember,
};

export function usageOver(records: RecordsCalls): MittoUsage {
  const PATH = '/2fa/usage/records';
  return {
    async list(filter = {}) {
      const body = filtersOf(filter);
      return records.list(
        'usage.list',
        body ? { method: 'POST', path: PATH, body } : { method: 'GET', path: PATH },
        'usageRecords',
        readUsage,
      );
    },
    async subresource(subresource, filter = {}) {
      const path = `${PATH}/${subresourceSegment(subresource)}` as const;
      const query = queryOf(filter);
      return records.list(
        'usage.subresource',
        { method: 'GET', path, query },
        'usageRecords',
        readUsage,
      );
    },
  };
}

/** The name as Restcomm spells it, whatever its case. @throws MittoInputError */
function subresourceSegment(name: string): MittoUsageSubresource {
  const found = MITTO_USAGE_SUBRESOURCES.find(
    (one) => one.toLowerCase() === String(name).toLowerCase(),
  );
  if (found) return found;
  throw new MittoInputError('subresource', `must be one of ${MITTO_USAGE_SUBRESOURCES.join(', ')}`);
}

function readUsage(item: unknown): MittoUsageRecord {
  const record = readRecord(item, READERS);
  const countNumber = countMember(record.count);
  if (countNumber === undefined) return record;
  return Object.defineProperty(record, 'countNumber', { value: countNumber, enumerable: true });
}
