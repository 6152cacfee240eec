/** The record of what the sandbox was asked, for tests to read. It never holds a key: headers are left out. */
import { BoundedLog } from './bounded-collections.ts';
import { isInScope, type Operation, type Provider } from './operation.ts';

const MAX_CALLS = 1000;

/** One call of an emulated API, whatever became of it. Calls of the control surface are not recorded. */
export interface SandboxCall {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `null`: a path that no provider has. */
  readonly operation: Operation | null;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The fields as parsed; the text where it could not be; `null` until it was read. */
  readonly body: unknown;
  /** HTTP status of the answer; `null` while there is none. */
  readonly status: number | null;
}

type CallEntry = Omit<SandboxCall, 'id' | 'body' | 'status'> & {
  body: unknown;
  status: number | null;
};

export interface CallFilter {
  operation?: Operation | undefined;
  /** Calls of any of its operations. */
  provider?: Provider | undefined;
  /** The id of the last call that the reader has. */
  after?: number | undefined;
}

export class CallLog {
  readonly #log = new BoundedLog<CallEntry>(MAX_CALLS);

  /** The caller fills in body and status as they become known. */
  add(call: Omit<CallEntry, 'body' | 'status'>): CallEntry {
    return this.#log.add({ ...call, body: null, status: null });
  }

  /** Oldest first. */
  list({ operation, provider, after }: CallFilter = {}): readonly SandboxCall[] {
    return this.#log
      .after(after)
      .filter((call) => isInScope(call.operation, operation ?? 'any'))
      .filter((call) => isInScope(call.operation, provider ?? 'any'));
  }

  clear(): void {
    this.#log.clear();
  }
}
