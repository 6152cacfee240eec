import { createHeap } from './heap.ts';

interface Timed {
  at: number;
}

/**
 * Several sources as one stream in order of `at`.
 *
 * @param sources bundles of lines: the first line of each is not before the first one of the bundle before it
 */
export function* inOrder<Line extends Timed>(
  sources: readonly Iterable<readonly Line[]>[],
): Generator<Line> {
  /** `source`: where the next bundle comes from, once this line is out. */
  const heap = createHeap<{
    at: number;
    line: Line;
    source: Iterator<readonly Line[]> | undefined;
  }>();

  function advance(source: Iterator<readonly Line[]>): void {
    for (let next = source.next(); !next.done; next = source.next()) {
      const [first, ...later] = next.value;
      if (!first) continue;
      heap.add({ at: first.at, line: first, source });
      for (const line of later) heap.add({ at: line.at, line, source: undefined });
      return;
    }
  }

  for (const source of sources) advance(source[Symbol.iterator]());
  for (let head = heap.take(); head; head = heap.take()) {
    yield head.line;
    if (head.source) advance(head.source);
  }
}
