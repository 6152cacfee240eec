/** The body as UTF-8; `undefined` when it is larger. */
export async function readLimited(
  response: Response,
  maxBytes: number,
): Promise<string | undefined> {
  if (!response.body) return '';
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // By hand: not every browser can iterate over a stream.
  const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(next.value);
  }
  return new TextDecoder().decode(await new Blob(chunks).arrayBuffer());
}
