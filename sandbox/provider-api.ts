/** What the sandbox asks of each API that it emulates. */
import type { Answer, AnswerFormat, RequestError } from './envelope.ts';
import type { Operation, Provider } from './operation.ts';
import type { Fields } from './request-body.ts';

export interface ProviderApi {
  readonly provider: Provider;
  /** `null`: a path that it does not have. */
  operationOf(path: string): Operation | null;
  /** @throws RequestError */
  parseBody(text: string, contentType: string | null): Fields;
  /**
   * Carries the call out.
   *
   * @throws RequestError
   */
  answer(call: ApiCall): Answer;
  formatOf(path: string, accept: string | null): AnswerFormat;
  readonly wording: Wording;
  /** Forgets all that it was asked. */
  clear(): void;
}

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: RequestBody;
}

export interface RequestBody {
  readonly text: string;
  readonly fields?: Fields;
  /** Why there are no fields. It waits its turn: a wrong key is told first. */
  readonly refusal?: RequestError;
}

/** How an API says what faults make it say. */
export interface Wording {
  refusal(status: number, message: string): Answer;
  /** The refusal of this code, one of the provider's own. */
  refusalOf(code: number): Answer;
  /** An answer like that of a success, of a message that was never sent. */
  success(): Answer;
  /** The member of a success that names the message. */
  readonly idMember: string;
  newId(): string;
}

/** The path without `.json` or `.xml`. */
export function withoutFormat(path: string): string {
  return path.replace(/\.(json|xml)$/, '');
}
