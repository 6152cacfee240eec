import type { Words } from './words.ts';

/** English comes with the element; every other language is a file of its own, fetched when a page speaks it. */
const LOADERS = new Map<string, () => Promise<Words>>([
  ['de', async () => (await import('./de.ts')).de],
]);

/** The words of a language tag, of its language whatever the region (`de-AT`); `null` for English. */
export async function loadWords(tag: string): Promise<Words | null> {
  const language = tag.toLowerCase().split('-', 1)[0] ?? '';
  try {
    return (await LOADERS.get(language)?.()) ?? null;
  } catch {
    // A file that did not arrive must not take the form down; English can be used at once.
    return null;
  }
}
