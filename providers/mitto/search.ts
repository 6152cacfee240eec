/** Session detail records (SDRs): what became of each OTP. */

import type { RecordsCalls } from './list-call.ts';
import {
  type MemberReaders,
  type MittoList,
  type MittoRecord,
  readRecord,
  textMember,
} from './record.ts';
import { filtersOf, type MittoFilter, sidSegment } from './validate-input.ts';

interface KnownSession {
  sid: string;
  accountSid: string;
  service: string;
  from: string;
  to: string;
  channel: string;
  status: string;
  dateCreated: string;
  uri: string;
}

/** Mitto documents no field of a record: these names are assumed. */
export type MittoSessionRecord = MittoRecord<KnownSession>;

export interface MittoSearch {
  /**
   * All records, or those that the filters leave: `GET` or `POST /2fa/search` (documented; the names of the filters
   * are assumed).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const records = await mitto.search.list({ startDate: '2026-11-01', endDate: '2026-11-30' });
   */
  list(filter?: MittoFilter): Promise<MittoList<MittoSessionRecord>>;
  /**
   * The record of one OTP: `GET /2fa/search/{OTPSid}` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const { status } = await mitto.search.get(requestId);
   */
  get(otpSid: string): Promise<MittoSessionRecord>;
}

const READERS: MemberReaders<KnownSession> = {
  sid: textMember,
  accountSid: textMember,
  service: textMember,
  from: textMember,
  to: textMember,
  channel: textMember,
  status: textMember,
  dateCreated: textMember,
  uri: textMember,
};

export function searchOver(records: RecordsCalls): MittoSearch {
  return {
    async list(filter = {}) {
      const body = filtersOf(filter);
      return records.list(
        'search.list',
        body
          ? { method: 'POST', path: '/2fa/search', body }
          : { method: 'GET', path: '/2fa/search' },
        'sessionDetailRecords',
        (item) => readRecord(item, READERS),
      );
    },
    async get(otpSid) {
      const path = `/2fa/search/${sidSegment('otpSid', otpSid)}` as const;
      return records.one('search.get', { method: 'GET', path }, READERS);
    },
  };
}
