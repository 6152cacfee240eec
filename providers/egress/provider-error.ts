/** Why a provider did not take a message, whichever provider it was. */
import type { OutboundAnswer } from './egress.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** `detail` is ours: a number of a status or code, never the provider's words, which may quote a caller. */
export type ProviderFailure =
  | { kind: 'unauthorized'; detail: string }
  | { kind: 'throttled'; waitMs: number; detail: string }
  /** `isFinal`: for the recipient's sake or against fraud. */
  | { kind: 'blocked'; detail: string; isFinal: boolean }
  | { kind: 'bad_number'; detail: string }
  | { kind: 'bad_sender'; detail: string }
  | { kind: 'refused'; detail: string }
  /** The provider reported a failure. */
  | { kind: 'failed'; detail: string }
  /** It answered something that is not its API, or that leaves open whether it acted. */
  | { kind: 'unintelligible'; detail: string }
  /** The request left, and no whole answer came back. */
  | { kind: 'unanswered'; detail: string }
  /** The request certainly did not reach it. */
  | { kind: 'unsent'; detail: string; isOurFault: boolean };

export type ProviderResponse = {
  kind: 'heard';
  status: number;
  members: Readonly<Record<string, unknown>>;
};

/** An answer as status and JSON members, or why there is none. */
export function readResponse(answer: OutboundAnswer): ProviderResponse | ProviderFailure {
  switch (answer.kind) {
    case 'unanswered':
      return { kind: 'unanswered', detail: answer.why };
    case 'unreached':
      return { kind: 'unsent', detail: 'unreachable', isOurFault: false };
    case 'refused_by_relay':
      return {
        kind: 'unsent',
        detail: `relay: ${answer.detail}`,
        isOurFault: answer.why === 'misconfigured',
      };
    case 'oversized':
      return { kind: 'unintelligible', detail: 'oversized' };
    case 'answered':
      break;
  }
  const { status, retryAfter, text } = answer;
  const detail = `HTTP ${status}`;
  const members = objectIn(text);
  if (status === 429)
    return { kind: 'throttled', waitMs: retryAfterSeconds(retryAfter) * 1000, detail };
  if (members && status < 500) return { kind: 'heard', status, members };
  if (status === 401 || status === 403) return { kind: 'unauthorized', detail };
  // Every other 5xx leaves open whether the provider acted: a gateway got no answer, a program broke midway.
  if (status === 503) return { kind: 'failed', detail };
  if (status >= 400 && status < 500) return { kind: 'refused', detail };
  return { kind: 'unintelligible', detail };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
