/** What an answer says, before it is written as JSON or XML: faults may still change it. */
import { toXml } from './xml.ts';

export interface Answer {
  /** HTTP status. */
  status: number;
  content: Readonly<Record<string, unknown>> | readonly unknown[];
  headers?: Readonly<Record<string, string>>;
}

/** A call that is not carried out. Thrown inside the sandbox; outside it is the envelope `{code, message}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.answer = { status, content: { code: status, message }, headers };
  }
}

/** The documented answer of success, with what else the call has to say. */
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
