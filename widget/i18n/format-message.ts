/**
 * A sentence is a text with places in braces, and where a number changes its grammar, one text for each plural category
 * of its language (CLDR). So a language is data, and no code of a page's has to run to say something else.
 */

/** A text in which each of these places stands. */
export type Sentence<Place extends string> = string & Both<Pattern<Place>>;

type Pattern<Place extends string> = Place extends string ? `${string}{${Place}}${string}` : never;

type Both<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  both: infer All,
) => void
  ? All
  : never;

/** Digits of a code, attempts: they choose the plural form. */
type NumberPlace = 'length' | 'count';

/** A form that stands for one number alone need not name it: `One attempt left.` */
export type PluralSentence<
  Place extends string,
  Category extends Intl.LDMLPluralRule = never,
> = Record<Category, Sentence<Exclude<Place, NumberPlace>>> &
  Partial<Record<Intl.LDMLPluralRule, Sentence<Exclude<Place, NumberPlace>>>> & {
    other: Sentence<Place>;
  };

/** A sentence with a number in it; one text where the number changes nothing. */
export type CountedSentence<Place extends string, Category extends Intl.LDMLPluralRule = never> =
  | Sentence<Place>
  | PluralSentence<Place, Category>;

/** A sentence as it is handed on: whether its places are right was seen where it was written. */
export type CountedText =
  | string
  | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

export interface Placeholders {
  country?: string;
  number?: string;
  to?: string;
  time?: string;
  when?: string;
  length?: number;
  count?: number;
}

/**
 * The text of a sentence with its places filled.
 *
 * @param lang - Of the sentence, BCP 47; it decides which plural form a number takes.
 */
export function formatMessage(sentence: CountedText, places: Placeholders, lang: string): string {
  const filled = new Map<string, string | number>(Object.entries(places));
  const number = places.length ?? places.count ?? 0;
  const text =
    typeof sentence === 'string'
      ? sentence
      : (sentence[new Intl.PluralRules(lang).select(number)] ?? sentence.other);
  // A page's own table may hold anything; it must not take the form down.
  return String(text).replace(
    /\{(\w+)\}/g,
    (place, name: string) => `${filled.get(name) ?? place}`,
  );
}
