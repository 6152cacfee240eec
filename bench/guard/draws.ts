/** Random draws from the seed of a trace: what `seeded-random.ts` has, and the shapes that visitors come in. */
import { type SeededRandom, seededRandom } from '../limits/seeded-random.ts';

export interface Draws extends SeededRandom {
  chance(probability: number): boolean;
  /** In [0, count). */
  below(count: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** By weights that need not add up to one. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item;
  /** A log-normal draw with this median; `spread` is the standard deviation of its logarithm. */
  around(median: number, spread: number): number;
  digits(count: number): string;
  /** Draws of its own, which no draw from this one moves. */
  branch(name: string): Draws;
}

export function drawsFrom(seed: number | string): Draws {
  const number = typeof seed === 'number' ? mix(`${seed}`) : mix(seed);
  const random = seededRandom(number);
  const { fraction } = random;
  const below = (count: number) => Math.floor(fraction() * count);
  return {
    ...random,
    chance: (probability) => fraction() < probability,
    below,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    weighted(items) {
      const total = items.reduce((sum, [, weight]) => sum + weight, 0);
      let left = fraction() * total;
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return (items.at(-1) as (typeof items)[number])[0];
    },
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
      return median * Math.exp(spread * normal);
    },
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    branch: (name) => drawsFrom(`${seed} ${name}`),
  };
}

/** FNV-1a: two names are far apart. */
export function mix(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
