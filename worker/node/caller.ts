/**
 * Whose request it is, where no edge says so.
 *
 * @param peer at the other end of the connection
 * @param forwardedFor each proxy has added the address that it was called from, on the right
 * @param trustedProxies how many of them are ours; what stands further left, the caller may have written
 * @returns an address, or nothing where a proxy of ours has not told of one
 */
export function callerOf(connection: {
  peer: string | undefined;
  forwardedFor: string | null;
  trustedProxies: number;
}): string | undefined {
  const { peer, forwardedFor, trustedProxies } = connection;
  if (trustedProxies === 0) return peer;
  return forwardedFor?.split(',').at(-trustedProxies)?.trim();
}
