/** What comes next of many: a binary heap. Of two at the same moment the earlier added goes first. */
export interface Heap<Item extends { at: number }> {
  add(item: Item): void;
  /** The soonest, which stays. */
  peek(): Item | undefined;
  take(): Item | undefined;
}

export function createHeap<Item extends { at: number }>(): Heap<Item> {
  const entries: { item: Item; order: number }[] = [];
  let orders = 0;
  const isSooner = (a: number, b: number) => {
    const [one, other] = [entries[a], entries[b]];
    if (!one || !other) return one !== undefined;
    return one.item.at === other.item.at ? one.order < other.order : one.item.at < other.item.at;
  };
  const swap = (a: number, b: number) => {
    const [one, other] = [entries[a], entries[b]];
    if (!one || !other) return;
    entries[a] = other;
    entries[b] = one;
  };

  return {
    add(item) {
      let index = entries.push({ item, order: orders++ }) - 1;
      for (let above = (index - 1) >> 1; index > 0 && isSooner(index, above); ) {
        swap(index, above);
        index = above;
        above = (index - 1) >> 1;
      }
    },
    peek: () => entries[0]?.item,
    take() {
      swap(0, entries.length - 1);
      const taken = entries.pop()?.item;
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        const child = isSooner(left + 1, left) ? left + 1 : left;
        if (!isSooner(child, index)) return taken;
        swap(child, index);
        index = child;
      }
    },
  };
}
