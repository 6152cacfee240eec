/** Counts by key in sliding windows, to the resolution of a slot: what every rule in front of the Worker is made of. */
export interface Windows {
  add(key: string, atMs: number, count?: number): void;
  /** Of the last `windowMs` before `nowMs`, the slot that is open included. */
  sum(key: string, nowMs: number, windowMs: number): number;
  /** The most that one slot had, of those in the window. */
  most(key: string, nowMs: number, windowMs: number): number;
  /** The closed slots in the window, the empty ones since the first included. */
  slots(key: string, nowMs: number, windowMs: number): number[];
}

/** @param keepMs slots older than this are forgotten */
export function createWindows(slotMs: number, keepMs: number): Windows {
  const byKey = new Map<string, Map<number, number>>();
  const slotOf = (atMs: number) => Math.floor(atMs / slotMs);

  function* within(key: string, nowMs: number, windowMs: number): Generator<[number, number]> {
    const first = slotOf(nowMs - windowMs);
    for (const entry of byKey.get(key) ?? []) if (entry[0] > first) yield entry;
  }

  return {
    add(key, atMs, count = 1) {
      const slots = byKey.get(key) ?? new Map<number, number>();
      byKey.set(key, slots);
      const slot = slotOf(atMs);
      if (!slots.has(slot))
        for (const old of slots.keys()) if (old < slotOf(atMs - keepMs)) slots.delete(old);
      slots.set(slot, (slots.get(slot) ?? 0) + count);
    },
    sum(key, nowMs, windowMs) {
      let sum = 0;
      for (const [, count] of within(key, nowMs, windowMs)) sum += count;
      return sum;
    },
    most(key, nowMs, windowMs) {
      let most = 0;
      for (const [, count] of within(key, nowMs, windowMs)) most = Math.max(most, count);
      return most;
    },
    slots(key, nowMs, windowMs) {
      const known = new Map(within(key, nowMs, windowMs));
      const first = Math.min(...known.keys());
      const current = slotOf(nowMs);
      if (!Number.isFinite(first)) return [];
      return Array.from(
        { length: Math.max(0, current - first) },
        (_, index) => known.get(first + index) ?? 0,
      );
    },
  };
}
