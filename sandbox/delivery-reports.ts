/**
 * What a provider tells the account of a message that it took: delivery reports of Mitto, status callbacks of
 * Twilio. They go out as the knob `reports` has it, by themselves and after the answer, or when a test asks for
 * one: any status, in any order, any number of times. How a report is written is the provider's matter.
 */
import * as v from 'valibot';
import { BoundedLog, BoundedMap } from './bounded-collections.ts';
import { BrokenConnection, Delays, LONGEST_WAIT_MS } from './delays.ts';
import { RequestError } from './envelope.ts';
import { isInScope, type Operation, ScopeSchema } from './operation.ts';

const MAX_MESSAGES = 10_000;
const MAX_REPORTS = 1000;

const Text = v.pipe(v.string(), v.nonEmpty());

const outcome = {
  /** In the provider's words: `delivered`, `undelivered`, `no-answer`… Nothing is checked: a report may lie. */
  status: Text,
  /** The provider's own code of what went wrong. */
  errorCode: v.exactOptional(Text),
  /** Since the answer, or since the report before it. */
  delayMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_WAIT_MS))),
  /** How often it is posted. */
  times: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
};

/** One entry of the knob `reports`: of which messages it tells, and what. */
export const AutomaticReportSchema = v.strictObject({ on: ScopeSchema, ...outcome });
export type AutomaticReport = v.InferOutput<typeof AutomaticReportSchema>;
/** What is told of a message by itself. */
export type Told = Omit<AutomaticReport, 'on'>;

/** A report that is asked for. Without `message`, of the newest message. */
export const AskedReportSchema = v.strictObject({ message: v.exactOptional(Text), ...outcome });
export type AskedReport = v.InferOutput<typeof AskedReportSchema>;

export interface Outcome {
  readonly status: string;
  readonly errorCode: string | undefined;
}

export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `null` with GET. */
  readonly body: string | null;
}

/** `null` where nobody asked to be told of such an outcome. */
export type ReportWriter = (outcome: Outcome) => Promise<CallbackRequest | null>;

/** Where reports go. Rejects as `fetch` does. */
export type CallbackFetch = (request: Request) => Promise<Response>;

/** A report that went out, and what its receiver made of it. */
export interface PostedReport extends CallbackRequest {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
  readonly operation: Operation;
  readonly status: string;
  /** HTTP status of the answer; `null` where there was none. */
  readonly answered: number | null;
}

interface Reportable {
  readonly operation: Operation;
  readonly write: ReportWriter;
}

export class DeliveryReports {
  readonly #now: () => number;
  readonly #fetch: CallbackFetch;
  readonly #pauses = new Delays();
  readonly #automatic: () => readonly AutomaticReport[];
  readonly #messages = new BoundedMap<string, Reportable>(MAX_MESSAGES);
  readonly #log = new BoundedLog<Omit<PostedReport, 'id'>>(MAX_REPORTS);
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: {
    now: () => number;
    fetch: CallbackFetch;
    /** The knob, as it stands when a message is taken. */
    automatic: () => readonly AutomaticReport[];
  }) {
    this.#now = options.now;
    this.#fetch = options.fetch;
    this.#automatic = options.automatic;
  }

  /**
   * A message was taken: from now on reports of it can be sent, and those of the knob are.
   *
   * @param fate what is told of it in place of that
   */
  take(message: string, operation: Operation, write: ReportWriter, fate?: Told): void {
    this.#messages.set(message, { operation, write });
    const due = fate ? [fate] : this.#automatic().filter(({ on }) => isInScope(operation, on));
    if (due.length === 0) return;
    const sending = this.#sendAll(message, due).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  /**
   * Sends a report, and returns when its receiver has answered or the connection was lost.
   *
   * @throws RequestError when there is no such message, or nobody asked to be told of it
   */
  async send({ message, times = 1, delayMs = 0, ...told }: AskedReport): Promise<PostedReport[]> {
    const id = message ?? [...this.#messages.keys()].at(-1);
    const reportable = id === undefined ? undefined : this.#messages.get(id);
    if (id === undefined || !reportable)
      throw new RequestError(404, `No such message: ${id ?? 'none'}`);
    const outcomeToTell = { status: told.status, errorCode: told.errorCode };
    const request = await reportable.write(outcomeToTell);
    if (!request) throw new RequestError(409, 'Nobody asked to be told of it');
    if (delayMs > 0) await this.#pauses.wait(delayMs);

    const posted: PostedReport[] = [];
    for (let count = 0; count < times; count++) {
      const at = this.#now();
      const answered = await this.#post(request);
      const { operation } = reportable;
      posted.push(
        this.#log.add({ ...request, at, message: id, operation, status: told.status, answered }),
      );
    }
    return posted;
  }

  /** Resolves when no automatic report is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Oldest first. `after` is the id of the last report that the reader has. */
  list(filter: { after?: number | undefined } = {}): readonly PostedReport[] {
    return this.#log.after(filter.after);
  }

  /** Those that wait for their time do not go out any more. */
  breakOff(): void {
    this.#pauses.breakOff();
  }

  clear(): void {
    this.breakOff();
    this.#messages.clear();
    this.#log.clear();
  }

  async #sendAll(message: string, reports: readonly Told[]): Promise<void> {
    for (const { delayMs = 0, ...report } of reports) {
      try {
        // At least one turn of the event loop, so that the answer is given first.
        await this.#pauses.wait(delayMs);
        await this.send({ message, ...report });
      } catch (error) {
        if (error instanceof BrokenConnection) return;
        // Nobody asked to be told of this one; the next may be one that somebody did.
        if (!(error instanceof RequestError)) throw error;
      }
    }
  }

  async #post({ method, url, headers, body }: CallbackRequest): Promise<number | null> {
    try {
      // Not on to wherever the receiver points: what it answered is what is recorded.
      const response = await this.#fetch(
        new Request(url, { method, headers: { ...headers }, body, redirect: 'manual' }),
      );
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }
}

/** Reaches servers on this machine, and nothing else: a sandbox never calls out. */
export const loopbackFetch: CallbackFetch = async (request) => {
  if (!isLoopback(request.url)) throw new TypeError('A report goes to this machine only');
  return fetch(request);
};

export function isLoopback(url: string): boolean {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
