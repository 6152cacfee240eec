/**
 * The words, as far as they fit with those of `over` in their place. Its other members, and what is no sentence, are
 * passed over: whatever a page hands in, the element goes on speaking.
 */
export function mergeMessages<T extends object>(words: T, over: unknown): T {
  return Object.fromEntries(
    Object.entries(words).map(([key, own]) => {
      const said = (over as Record<string, unknown> | null | undefined)?.[key];
      if (!isSentence(own)) return [key, mergeMessages(own, said)];
      return [key, isSentence(said) ? said : own];
    }),
  ) as T;
}

/** A text, or the plural forms of one: these are taken whole, because those of another language mean other numbers. */
export function isSentence(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof (value as { other?: unknown } | null | undefined)?.other === 'string'
  );
}
