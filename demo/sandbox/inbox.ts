/** What the sandbox "delivered", for the demo page and the tests to read; and the record of calls that it saw. */
import { BoundedLog } from './bounded.ts';
import type { Operation } from './operation.ts';
import { sameDestination } from './otps.ts';

const MAX_MESSAGES = 1000;
const MAX_CALLS = 1000;

interface Delivery {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly to: string;
  readonly from: string;
  /** What the receiver reads or, of a call, hears once: digits one by one. */
  readonly text: string;
  readonly code: string;
  readonly requestID: string;
}

/** What only one channel has. */
export type ChannelDetails =
  | { readonly channel: 'sms' }
  | {
      readonly channel: 'call';
      readonly voice: 'man' | 'woman';
      readonly language: string;
      /** How often the text is read. */
      readonly repeat: number;
    }
  | { readonly channel: 'email'; readonly subject: string; readonly emailFrom: string };

export type NewMessage = Delivery & ChannelDetails;
export type InboxMessage = NewMessage & { readonly id: number };

export class Inbox {
  readonly #log = new BoundedLog<NewMessage>(MAX_MESSAGES);

  add(message: NewMessage): InboxMessage {
    return this.#log.add(message);
  }

  /** Oldest first. `after` is the id of the last message that the reader has. */
  list(
    filter: { to?: string | undefined; after?: number | undefined } = {},
  ): readonly InboxMessage[] {
    const { to } = filter;
    const messages = this.#log.after(filter.after);
    return to === undefined ? messages : messages.filter((one) => sameDestination(one.to, to));
  }

  /** The newest message, to that number where one is given. */
  last(to?: string): InboxMessage | undefined {
    return this.list({ to }).at(-1);
  }

  clear(): void {
    this.#log.clear();
  }
}

/** One call of Mitto's API, whatever became of it. Calls of the control surface are not recorded. */
export interface SandboxCall {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `null`: a path that Mitto does not have. */
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

export class CallLog {
  readonly #log = new BoundedLog<CallEntry>(MAX_CALLS);

  /** The caller fills in body and status as they become known. */
  add(call: Omit<CallEntry, 'body' | 'status'>): CallEntry {
    return this.#log.add({ ...call, body: null, status: null });
  }

  /** Oldest first. */
  list(
    filter: { operation?: Operation | undefined; after?: number | undefined } = {},
  ): readonly SandboxCall[] {
    const calls = this.#log.after(filter.after);
    const { operation } = filter;
    return operation === undefined ? calls : calls.filter((one) => one.operation === operation);
  }

  clear(): void {
    this.#log.clear();
  }
}
