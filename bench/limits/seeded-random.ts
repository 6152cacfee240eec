/** Random draws that a seed repeats, so that a figure in the docs can be had again. */
export interface SeededRandom {
  /** In [0, 1). */
  fraction(): number;
  between(low: number, high: number): number;
  /** The waiting time of a process without memory. */
  exponential(mean: number): number;
}

/** Weyl sequence through a 32-bit mixer: more than even enough for arrival times, and no library. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    between: (low, high) => low + (high - low) * fraction(),
    exponential: (mean) => -Math.log(1 - fraction()) * mean,
  };
}
