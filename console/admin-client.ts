/** The calls of `/v1/admin/`, with the admin token. Only this object holds it: no storage, no URL. */
import * as v from 'valibot';
import {
  ConnectorListSchema,
  ConnectorTestSchema,
  FiguresSchema,
  MessagesSchema,
  RecordListSchema,
  RecordSchema,
} from '../shared/api/admin-responses.ts';
import { noAnswer, problemIn, unintelligible } from './errors.ts';
import type { UnknownRecord } from './views/records.ts';

export const USAGE_BLOCKS = [
  'Daily',
  'Monthly',
  'Yearly',
  'Today',
  'Yesterday',
  'ThisMonth',
  'LastMonth',
  'AllTime',
] as const;
export type UsageBlock = (typeof USAGE_BLOCKS)[number];

/** `YYYY-MM-DD`, both included; an empty end is open. */
export interface DateRange {
  startDate: string;
  endDate: string;
}

export interface TestRequest {
  to?: string;
  channel?: string;
  dryRun?: boolean;
}

/** Resources that an account can create at Mitto. */
export type ResourceKind = 'limits' | 'workflows';

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: object;
  signal?: AbortSignal | undefined;
}

/** Every call throws `ConsoleProblem`, or an `AbortError` when its signal aborts. */
export class AdminApi {
  readonly #token: string;
  readonly #onUnauthorized: () => void;
  readonly #fetch: typeof fetch;

  /** @param onUnauthorized called when the token is rejected */
  constructor(
    token: string,
    onUnauthorized: () => void,
    fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {
    this.#token = token;
    this.#onUnauthorized = onUnauthorized;
    this.#fetch = fetcher;
  }

  connectors(signal?: AbortSignal) {
    return this.#ask(ConnectorListSchema, 'connectors', { signal });
  }

  testConnector(name: string, request: TestRequest, signal?: AbortSignal) {
    return this.#ask(
      ConnectorTestSchema,
      `connectors/${encodeURIComponent(name)}/test`,
      post(request, signal),
    );
  }

  /** @param to E.164; in the body, because proxies log URLs */
  messagesTo(to: string, signal?: AbortSignal) {
    return this.#ask(MessagesSchema, 'messages/search', post({ to }, signal));
  }

  figures(signal?: AbortSignal) {
    return this.#ask(FiguresSchema, 'figures', { signal });
  }

  usage(block: UsageBlock, range: DateRange, signal?: AbortSignal) {
    const query = new URLSearchParams(
      Object.entries(range).filter(([, day]) => day !== ''),
    ).toString();
    return this.#ask(RecordListSchema, `mitto/usage/${block}${query === '' ? '' : `?${query}`}`, {
      signal,
    });
  }

  /** All sessions, or the filtered ones. */
  sessions(filter: UnknownRecord, signal?: AbortSignal) {
    const isFiltered = Object.keys(filter).length > 0;
    return this.#ask(
      RecordListSchema,
      'mitto/search',
      isFiltered ? post(filter, signal) : { signal },
    );
  }

  session(sid: string, signal?: AbortSignal) {
    return this.#ask(RecordSchema, `mitto/search/${encodeURIComponent(sid)}`, { signal });
  }

  resources(kind: ResourceKind, signal?: AbortSignal) {
    return this.#ask(RecordListSchema, `mitto/${kind}`, { signal });
  }

  createResource(kind: ResourceKind, body: UnknownRecord) {
    return this.#ask(v.unknown(), `mitto/${kind}`, post(body));
  }

  updateResource(kind: ResourceKind, sid: string, body: UnknownRecord) {
    return this.#ask(v.unknown(), `mitto/${kind}/${encodeURIComponent(sid)}`, {
      method: 'PUT',
      body,
    });
  }

  deleteResource(kind: ResourceKind, sid: string) {
    return this.#ask(v.unknown(), `mitto/${kind}/${encodeURIComponent(sid)}`, {
      method: 'DELETE',
    });
  }

  async #ask<Schema extends v.GenericSchema>(
    schema: Schema,
    path: string,
    { method = 'GET', body, signal }: Call = {},
  ): Promise<v.InferOutput<Schema>> {
    const response = await this.#fetch(`/v1/admin/${path}`, {
      method,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: signal ?? null,
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      // A `TypeError` for a header that cannot be sent as much as for a network that is not there.
      throw error instanceof TypeError ? noAnswer() : error;
    });
    if (!response.ok) {
      if (response.status === 401) this.#onUnauthorized();
      throw await problemIn(response);
    }
    const answer: unknown =
      response.status === 204 ? undefined : await response.json().catch(() => undefined);
    const parsed = v.safeParse(schema, answer);
    if (parsed.success) return parsed.output;
    const where = v.getDotPath(parsed.issues[0]) ?? 'the answer';
    throw unintelligible(response.status, `${where}: ${parsed.issues[0].message}`);
  }
}

function post(body: object, signal?: AbortSignal): Call {
  return { method: 'POST', body, signal };
}
