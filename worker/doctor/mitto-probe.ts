/**
 * One real call of Mitto's 2FA API and its response, to confirm or switch the assumptions about it. Only for operators; every
 * number, code and id in the response is masked.
 */
import type { Egress, OutboundAnswer } from '../../providers/egress/egress.ts';

export interface RecordedAnswer {
  /** HTTP status; 0 without a response. */
  status: number;
  /** The body as text, masked; or why there is none. */
  body: string;
  milliseconds: number;
}

export interface Recorder extends Egress {
  /** The last response. */
  recorded(): RecordedAnswer | undefined;
}

/** @param mask values that must not be in the record: numbers and codes of this probe */
export function recordOver(egress: Egress, now: () => number, mask: readonly string[]): Recorder {
  let last: RecordedAnswer | undefined;
  return {
    async call(request) {
      const startedAtMs = now();
      const answer = await egress.call(request);
      last = { ...recordOf(answer, mask), milliseconds: now() - startedAtMs };
      return answer;
    },
    recorded: () => last,
  };
}

function recordOf(
  answer: OutboundAnswer,
  mask: readonly string[],
): Omit<RecordedAnswer, 'milliseconds'> {
  switch (answer.kind) {
    case 'answered':
      return { status: answer.status, body: masked(answer.text, mask).slice(0, 4096) };
    case 'oversized':
      return { status: answer.status, body: '(too large)' };
    case 'unanswered':
      return { status: 0, body: `(no response: ${answer.why})` };
    case 'unreached':
      return { status: 0, body: '(no connection)' };
    case 'refused_by_relay':
      return { status: 0, body: `(rejected by the relay: ${answer.detail})` };
  }
}

/** Keeps the format and removes the values: each digit of a number becomes a nine, each id keeps its prefix. */
export function masked(text: string, mask: readonly string[]): string {
  let plain = text;
  for (const value of mask)
    for (const form of [value, value.replace('+', '')])
      if (form !== '') plain = plain.replaceAll(form, form.replace(/\d/g, '9'));
  return plain
    .replace(
      /\b(OTP|AC|LI|WF)[0-9a-f]{32}\b/gi,
      (_id, prefix: string) => `${prefix}${'x'.repeat(32)}`,
    )
    .replace(/\+?\d{7,15}/g, (digits) => digits.replace(/\d/g, '9'))
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '0.0.0.0');
}
