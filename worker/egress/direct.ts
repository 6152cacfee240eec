import type { Egress, OutboundAnswer } from './egress.ts';

/** Whole exchange, body included. A visitor waits no longer than this and a little. */
const DEADLINE_MS = 8_000;
/** The largest answer that we have use for is a small JSON object. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface DirectEgressOptions {
  fetch: typeof fetch;
  deadlineMs?: number;
}

/** Straight from Cloudflare's edge. One try: a repeated send is a second message. */
export function createDirectEgress({
  fetch: fetchImpl,
  deadlineMs = DEADLINE_MS,
}: DirectEgressOptions): Egress {
  return {
    async call({ url, method, headers, body }): Promise<OutboundAnswer> {
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
        const text = await readCapped(response);
        if (text === undefined) return { kind: 'oversized', status };
        return { kind: 'answered', status, retryAfter: response.headers.get('Retry-After'), text };
      } catch {
        return { kind: 'unanswered', why: signal.aborted ? 'late' : 'broken' };
      }
    },
  };
}

async function readCapped(response: Response): Promise<string | undefined> {
  if (!response.body) return '';
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array<ArrayBuffer>>) {
    size += chunk.length;
    // Leaving the loop cancels the stream.
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(await new Blob(chunks).arrayBuffer());
}
