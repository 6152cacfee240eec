/**
 * The part of the web platform that Node, browsers and Workers have in common, and no more than `shared/` uses.
 * It stands in for the DOM's and the Workers' types here, so that the compiler shows when shared code reaches for
 * something that only one of them has. Only the type check of this folder reads it.
 */

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare function setTimeout(work: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  readonly protocol: string;
  readonly hostname: string;
}

interface Headers {
  get(name: string): string | null;
}

interface Response {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  text(): Promise<string>;
}

interface RequestInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  credentials?: 'omit';
  referrerPolicy?: 'no-referrer';
  redirect?: 'error';
  keepalive?: boolean;
}

declare function fetch(input: URL, init?: RequestInit): Promise<Response>;

interface CryptoKey {
  readonly type: string;
}
declare const crypto: { randomUUID(): string };
