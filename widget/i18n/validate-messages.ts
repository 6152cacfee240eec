import { isSentence } from './merge-messages.ts';

/** Each stands for a number, which a plural form may leave out: `One attempt left.` */
const NUMBER_PLACES: ReadonlySet<string> = new Set(['length', 'count']);

/**
 * What is amiss with a page's words beside those of the element: members that mean nothing, what is no sentence, and
 * sentences whose places are not the ones that will be filled. Each in words for a developer.
 */
export function validateMessages(words: object, pattern: object, path = ''): string[] {
  const patterns = new Map<string, unknown>(Object.entries(pattern));
  return Object.entries(words).flatMap(([key, said]) => {
    const name = path + key;
    const own = patterns.get(key);
    if (said === undefined) return [];
    if (own === undefined) return [`${name} is not known`];
    if (isSentence(own))
      return isSentence(said)
        ? faultsOfPlaces(name, said, placesOf(own))
        : [`${name} is not a sentence`];
    return typeof said === 'object' && said !== null && typeof own === 'object' && own !== null
      ? validateMessages(said, own, `${name}.`)
      : [`${name} is not a table of sentences`];
  });
}

function faultsOfPlaces(name: string, sentence: unknown, wanted: ReadonlySet<string>): string[] {
  return Object.entries(formsOf(sentence)).flatMap(([form, text]) => {
    const found = placesOf(text);
    const isWhole = form === 'other';
    const lacking = [...wanted].filter(
      (place) => !found.has(place) && (isWhole || !NUMBER_PLACES.has(place)),
    );
    const strange = [...found].filter((place) => !wanted.has(place));
    return [
      ...lacking.map((place) => `${name} (${form}) lacks {${place}}`),
      ...strange.map((place) => `${name} (${form}) has {${place}}, which nothing fills`),
    ];
  });
}

function formsOf(sentence: unknown): Record<string, unknown> {
  return typeof sentence === 'string' ? { other: sentence } : { ...(sentence as object) };
}

function placesOf(sentence: unknown): Set<string> {
  const texts = Object.values(formsOf(sentence)).map(String);
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)),
  );
}
