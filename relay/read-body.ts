import type { IncomingMessage } from 'node:http';

/**
 * A body to its end. What is too large is thrown away as it comes: a caller that still writes hears no refusal, and how
 * long that may take, the server's time for a request says.
 *
 * @returns `undefined` for one that is too large
 * @throws where the caller cuts it short
 */
export async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}
