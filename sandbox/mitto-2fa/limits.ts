/** How many OTPs a value may have: the limits that were created, and what was counted on them. */
import { BoundedMap } from '../bounded-collections.ts';

const MAX_LIMITS = 1000;
/** Limits × buckets × values. */
const MAX_COUNTS = 10_000;

/** From Restcomm: a limit has at most two of them. */
export interface Bucket {
  readonly name: string;
  /** OTPs per interval. */
  readonly max: number;
  /** Seconds. */
  readonly interval: number;
}

export interface Limit {
  readonly sid: string;
  /** What a send calls it by. */
  readonly name: string;
  readonly description?: string;
  readonly accountSid?: string;
  readonly buckets: readonly Bucket[];
  readonly dateCreated: string;
  readonly dateUpdated: string;
  readonly uri: string;
}

export type Admission =
  | { kind: 'admitted' }
  | { kind: 'over'; limit: string; retryAfterSeconds: number };

/** An interval starts with the first OTP in it. */
interface Count {
  readonly since: number;
  readonly count: number;
}

export class LimitBook {
  readonly #now: () => number;
  readonly #limits = new BoundedMap<string, Limit>(MAX_LIMITS);
  readonly #counts = new BoundedMap<string, Count>(MAX_COUNTS);

  constructor(now: () => number) {
    this.#now = now;
  }

  put(limit: Limit): void {
    this.#limits.set(limit.sid, limit);
  }

  find(sid: string): Limit | undefined {
    return this.#limits.get(sid);
  }

  findByName(name: string): Limit | undefined {
    return this.all().find((limit) => limit.name === name);
  }

  all(): readonly Limit[] {
    return [...this.#limits.values()];
  }

  delete(sid: string): boolean {
    return this.#limits.delete(sid);
  }

  /** Counts an OTP for each of these values, or, when one of them has no room, for none. */
  admit(values: Readonly<Record<string, string>>): Admission {
    const counted = Object.entries(values).flatMap(([name, value]) => {
      const limit = this.findByName(name);
      return (limit?.buckets ?? []).map((bucket) => ({
        limit: name,
        bucket,
        key: JSON.stringify([limit?.sid, bucket.name, value]),
      }));
    });
    for (const { limit, bucket, key } of counted) {
      const { since, count } = this.#countOf(key, bucket);
      if (count < bucket.max) continue;
      const freeAt = since + bucket.interval * 1000;
      const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - this.#now()) / 1000));
      return { kind: 'over', limit, retryAfterSeconds };
    }
    for (const { bucket, key } of counted) {
      const { since, count } = this.#countOf(key, bucket);
      this.#counts.set(key, { since, count: count + 1 });
    }
    return { kind: 'admitted' };
  }

  clear(): void {
    this.#limits.clear();
    this.#counts.clear();
  }

  #countOf(key: string, bucket: Bucket): Count {
    const now = this.#now();
    const count = this.#counts.get(key);
    return count && now < count.since + bucket.interval * 1000 ? count : { since: now, count: 0 };
  }
}
