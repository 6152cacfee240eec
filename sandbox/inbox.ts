/** What the sandbox "delivered", whichever provider carried it, for the demo page and the tests to read. */
import { BoundedLog } from './bounded-collections.ts';
import { sameDestination } from './destination.ts';
import type { Provider } from './operation.ts';

const MAX_MESSAGES = 1000;

interface Delivery {
  readonly provider: Provider;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly to: string;
  readonly from: string;
  /** What the receiver reads or, of a call, hears once: digits one by one. */
  readonly text: string;
  /** Of a provider that does not make the codes: what a reader would take for the code, empty if nothing. */
  readonly code: string;
  /** What the provider answered to name the message: a `requestID`, an `id` or a `sid`. */
  readonly requestID: string;
}

/** What only one channel has. */
export type ChannelDetails =
  | { readonly channel: 'sms' }
  | {
      readonly channel: 'call';
      /** As the provider calls it. */
      readonly voice: string;
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
