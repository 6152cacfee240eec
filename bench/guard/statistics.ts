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
  const half = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  if (low === undefined || high === undefined || below === undefined || above === undefined)
    return undefined;
  return { low, middle: (below + above) / 2, high };
}
