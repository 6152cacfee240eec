/** Limits: how many OTPs a value of your choice (a number, an address) may have. A send names the value. */

import type { RecordsCalls } from './list-call.ts';
import {
  countMember,
  type MemberReaders,
  type MittoList,
  type MittoRecord,
  readRecord,
  textMember,
} from './record.ts';
import { type MittoFilter, queryOf, requireText, sidSegment } from './validate-input.ts';

interface KnownBucket {
  name: string;
  /** OTPs per interval. */
  max: number;
  /** In which unit is unknown. */
  interval: number | string;
}

interface KnownLimit {
  sid: string;
  name: string;
  description: string;
  accountSid: string;
  buckets: readonly MittoRecord<KnownBucket>[];
  uri: string;
}

/** The structure of a limit is from Restcomm, the field names are assumed. */
export type MittoLimit = MittoRecord<KnownLimit>;
export type MittoLimitBucket = MittoRecord<KnownBucket>;

/** Changes to a limit; other fields are passed through. */
export interface MittoLimitChanges {
  /** By which a send calls it. */
  name?: string;
  description?: string;
  /** At most two (Restcomm). */
  buckets?: readonly { name: string; max: number; interval: number; [extra: string]: unknown }[];
  [extra: string]: unknown;
}

export interface MittoNewLimit extends MittoLimitChanges {
  name: string;
  /** The sub-account that it is for; otherwise the account itself. */
  accountSid?: string;
}

export interface MittoLimits {
  /**
   * `POST /2fa/limits` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const { sid } = await mitto.limits.create({
   *   name: 'limit_on_phone',
   *   buckets: [{ name: 'hour', max: 5, interval: 3600 }],
   * });
   * await mitto.send({ ...message, limits: { limit_on_phone: message.to } });
   */
  create(limit: MittoNewLimit): Promise<MittoLimit>;
  /**
   * `PUT /2fa/limits/{limitSid}` (documented). Whether omitted fields stay is unknown: send them all.
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * await mitto.limits.update(sid, { ...limit, description: 'by phone number' });
   */
  update(limitSid: string, changes: MittoLimitChanges): Promise<MittoLimit>;
  /**
   * `DELETE /2fa/limits/{limitSid}` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * await mitto.limits.delete(sid);
   */
  delete(limitSid: string): Promise<void>;
  /**
   * `GET /2fa/limits/search` (documented; that it takes filters is assumed).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * for (const { sid, name } of await mitto.limits.list()) console.log(sid, name);
   */
  list(filter?: MittoFilter): Promise<MittoList<MittoLimit>>;
  /**
   * `GET /2fa/limits/{limitSid}` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const { buckets = [] } = await mitto.limits.get(sid);
   */
  get(limitSid: string): Promise<MittoLimit>;
}

const BUCKET_READERS: MemberReaders<KnownBucket> = {
  name: textMember,
  max: countMember,
  interval: (value) => countMember(value) ?? textMember(value),
};

const READERS: MemberReaders<KnownLimit> = {
  sid: textMember,
  name: textMember,
  description: textMember,
  accountSid: textMember,
  buckets: (value) =>
    Array.isArray(value) ? value.map((bucket) => readRecord(bucket, BUCKET_READERS)) : undefined,
  uri: textMember,
};

export function limitsOver(records: RecordsCalls): MittoLimits {
  const pathOf = (sid: string) => `/2fa/limits/${sidSegment('limitSid', sid)}` as const;
  return {
    async create(limit) {
      requireText('name', limit.name);
      const call = { method: 'POST', path: '/2fa/limits', body: limit } as const;
      return records.one('limits.create', call, READERS);
    },
    async update(limitSid, changes) {
      const call = { method: 'PUT', path: pathOf(limitSid), body: changes } as const;
      return records.one('limits.update', call, READERS);
    },
    async delete(limitSid) {
      await records.done('limits.delete', { method: 'DELETE', path: pathOf(limitSid) });
    },
    async list(filter = {}) {
      const call = { method: 'GET', path: '/2fa/limits/search', query: queryOf(filter) } as const;
      return records.list('limits.list', call, 'limits', (item) => readRecord(item, READERS));
    },
    async get(limitSid) {
      const call = { method: 'GET', path: pathOf(limitSid) } as const;
      return records.one('limits.get', call, READERS);
    },
  };
}
