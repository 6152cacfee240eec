/** A call whose answer is records, made or failed. */

import type { MittoCall, MittoConnection } from './connection.ts';
import { MittoApiError } from './errors.ts';
import type { MittoFailure } from './failure.ts';
import { type MittoContent, readContent } from './parse-response.ts';
import {
  type MemberReaders,
  type MittoList,
  type MittoRecord,
  readList,
  readRecord,
} from './record.ts';

/** Records of months are larger than the answer of a send. */
const MAX_RECORDS_BYTES = 1024 * 1024;

export interface RecordsCalls {
  one<Known extends object>(
    operation: string,
    call: MittoCall,
    readers: MemberReaders<Known>,
  ): Promise<MittoRecord<Known>>;
  /** @param name of the array, where an answer has several */
  list<Item>(
    operation: string,
    call: MittoCall,
    name: string,
    readItem: (item: unknown) => Item,
  ): Promise<MittoList<Item>>;
  /** A call of which nothing but its success matters. */
  done(operation: string, call: MittoCall): Promise<void>;
}

/** Each rejects with `MittoApiError`. */
export function recordsOver(connection: MittoConnection): RecordsCalls {
  const errorOf = (operation: string, failure: MittoFailure) =>
    new MittoApiError(operation, failure, connection.secrets);

  async function content(operation: string, call: MittoCall): Promise<MittoContent> {
    const answer = await connection.call({ ...call, maxAnswerBytes: MAX_RECORDS_BYTES });
    const read = readContent(answer);
    if (read.kind !== 'success') throw errorOf(operation, read);
    return read;
  }

  return {
    async one(operation, call, readers) {
      const { value, failure } = await content(operation, call);
      if (Array.isArray(value) || (typeof value !== 'object' && value !== undefined))
        throw errorOf(operation, failure('no record'));
      return readRecord(value, readers);
    },
    async list(operation, call, name, readItem) {
      const { value, failure } = await content(operation, call);
      const items = readList(value, name, readItem);
      if (!items) throw errorOf(operation, failure('no list'));
      return items;
    },
    async done(operation, call) {
      await content(operation, call);
    },
  };
}
