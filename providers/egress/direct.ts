import { answerBytesOf, type Egress, type OutboundAnswer } from './egress.ts';
import { readLimited } from './read-limited.ts';

/** Whole exchange, body included. A visitor waits no longer than this and a little. */
export const DEADLINE_MS = 8_000;

export interface DirectEgressOptions {
  fetch: typeof fetch;
  deadlineMs?: number;
}

/** Straight from here: Cloudflare's edge, or wherever it runs. One try: a repeated send is a second message. */
export function createDirectEgress({
  fetch: fetchImpl,
  deadlineMs = DEADLINE_MS,
}: DirectEgressOptions): Egress {
  return {
    async call(request): Promise<OutboundAnswer> {
      const { url, method, headers, body } = request;
      const signal = AbortSignal.timeout(deadlineMs);
      try {
        const response = await fetchImpl(url, {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
          // A redirect would carry the credentials and the number to wherever it points.
          redirect: 'manual',
          signal,
        });
        const { status } = response;
        const text = await readLimited(response, answerBytesOf(request));
        if (text === undefined) return { kind: 'oversized', status };
        return { kind: 'answered', status, retryAfter: response.headers.get('Retry-After'), text };
      } catch {
        return { kind: 'unanswered', why: signal.aborted ? 'late' : 'broken' };
      }
    },
  };
}
