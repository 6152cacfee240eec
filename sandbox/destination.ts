/** One number, with its plus or without: Mitto's samples write both. */
export function sameDestination(one: string, other: string): boolean {
  return one.replace(/^\+/, '') === other.replace(/^\+/, '');
}
