/** What an answer says, before it is written as JSON or XML: faults may still change it. */
import { toXml } from './xml.ts';

export interface Answer {
  /** HTTP status. */
  status: number;
  content: Readonly<Record<string, unknown>> | readonly unknown[] | string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * A call that is not carried out. Thrown inside the sandbox; outside it is an answer, by default the envelope
 * `{code, message}` of Mitto's 2FA API.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly answer: Answer;

  constructor(
    status: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    content: Answer['content'] = { code: status, message },
  ) {
    super(message);
    this.answer = { status, content, headers };
  }
}

/** The documented answer of success of Mitto's 2FA API, with what else the call has to say. */
export function okAnswer(members: Readonly<Record<string, unknown>> = {}): Answer {
  return { status: 200, content: { code: 200, message: 'OK', ...members } };
}

export type AnswerFormat = 'json' | 'xml';

export function toResponse(answer: Answer, format: AnswerFormat = 'json'): Response {
  const headers = new Headers(answer.headers);
  headers.set('Content-Type', format === 'xml' ? 'application/xml' : 'application/json');
  const body =
    format === 'xml' ? toXml('Response', answer.content) : JSON.stringify(answer.content);
  return new Response(body, { status: answer.status, headers });
}
