/** Of several seeds: the middle one, and how far they lie apart. */
export interface Interval {
  low: number;
  middle: number;
  high: number;
}

export function intervalOf(figures: readonly number[]): Interval | undefined {
  const sorted = figures.toSorted((a, b) => a - b);
  const [low] = sorted;
  const high = sorted.at(-1);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined || middle === undefined) return undefined;
  return { low, middle, high };
}
