/**
 * What the metadata of a calling code tells of a text: how it is grouped, of which country it is, and what is amiss.
 * With the library that reads it, this is a file of its own, fetched when a visitor begins to use the field.
 */
import {
  AsYouType,
  type CountryCode,
  type NumberingPlan as LibraryPlan,
  Metadata,
  type MetadataJson,
} from 'libphonenumber-js/core';
import { metadataForLibrary, type PhoneMetadata } from '../../shared/phone-number/metadata.ts';
import {
  internationalDigits,
  type PhoneCandidate,
  toPhoneCandidate,
} from '../../shared/phone-number/normalize.ts';
import {
  NO_SUCH_CALLING_CODE,
  parseCandidate,
  UNKNOWN,
  validatePhone,
} from '../../shared/phone-number/validate.ts';

/** Why the Worker would refuse a number. */
export type NumberError = 'too_short' | 'too_long' | 'not_in_use' | 'not_mobile' | 'not_listed';

/** Longer than any number with its separators; what is longer was not meant as one. */
const MAX_FORMATTED_LENGTH = 40;

export class NumberingPlan {
  /** Of a number as it is typed in the country; empty where none is known. */
  readonly example: string;
  readonly #country: CountryCode;
  readonly #metadata: MetadataJson;

  /** @param metadata of the country's calling code */
  constructor(country: string, metadata: PhoneMetadata) {
    this.example = metadata.example ?? '';
    this.#country = country as CountryCode;
    this.#metadata = metadataForLibrary(metadata);
  }

  /**
   * The text in the groups of its country, as far as it goes; the text itself where that would make another number of
   * it, as where the library drops a prefix, or where it is in digits of another script.
   */
  format(text: string): string {
    if (text.length > MAX_FORMATTED_LENGTH || !/^\s*\+?[\d\s()./-]*$/.test(text)) return text;
    const typed = digitsOf(text);
    const formatted = attempt(() =>
      new AsYouType({ defaultCountry: this.#country }, this.#metadata).input(digitsOf(text)),
    );
    if (!formatted || digitsOf(formatted) !== typed) return text;
    return isSameNumber(toPhoneCandidate(text), toPhoneCandidate(formatted)) ? formatted : text;
  }

  /** The number with its calling code, in groups; `null` where it is not of this plan. */
  international(text: string): string | null {
    const candidate = toPhoneCandidate(text);
    if (candidate.kind === 'refused') return null;
    const number = attempt(() => parseCandidate(candidate, this.#country, this.#metadata));
    return (number && attempt(() => number.formatInternational())) ?? null;
  }

  /**
   * The country of a whole number with a plus or `00`, where the calling code alone does not tell; else `null`. A slip
   * between its digits, such as a bracket too many, does not make it a number of another country.
   */
  countryOf(text: string): string | null {
    const candidate = toPhoneCandidate(`+${internationalDigits(text) ?? ''}`);
    if (candidate.kind !== 'international') return null;
    const country = attempt(() => {
      const number = parseCandidate(candidate, undefined, this.#metadata);
      return number.isValid() ? number.country : undefined;
    });
    return country ?? null;
  }

  /** The number in E.164, whether or not it is one that gets a code; `null` where it can't be read. */
  e164Of(text: string): string | null {
    const candidate = toPhoneCandidate(text);
    if (candidate.kind === 'refused') return null;
    return attempt(() => parseCandidate(candidate, this.#country, this.#metadata).number) ?? null;
  }

  /** The number in international format, if the Worker would accept it. */
  servedForm(text: string, allowedCountries: readonly string[]): string | null {
    const judgement = attempt(() =>
      validatePhone(toPhoneCandidate(text), this.#country, allowedCountries, this.#metadata),
    );
    return judgement?.kind === 'served' ? this.format(judgement.phone) : null;
  }

  /** The Worker's error for the number; `null` if it would accept it, or this plan does not cover it. */
  faultOf(text: string, allowedCountries: readonly string[]): NumberError | null {
    const candidate = toPhoneCandidate(text);
    if (candidate.kind === 'refused' && candidate.reason === 'empty') return null;
    const judgement = attempt(() =>
      validatePhone(candidate, this.#country, allowedCountries, this.#metadata),
    );
    switch (judgement?.kind) {
      case 'unreadable':
        if (judgement.detail === UNKNOWN) return null;
        // Of an international number another plan knows; a national one was dialled abroad, as by 011, and is not of the
        // country that is shown beside it.
        if (judgement.detail === NO_SUCH_CALLING_CODE && candidate.kind === 'international')
          return null;
        return this.#lengthFault(candidate) ?? 'not_in_use';
      case 'not_listed':
        return 'not_listed';
      case 'wrong_type':
        return 'not_mobile';
      default:
        return null;
    }
  }

  /** By the lengths of the country's mobile numbers: of those of all its numbers nearly every length is one. */
  #lengthFault(candidate: PhoneCandidate): NumberError | null {
    if (candidate.kind === 'refused')
      return candidate.reason === 'too_short' || candidate.reason === 'too_long'
        ? candidate.reason
        : null;
    const number = attempt(() => parseCandidate(candidate, this.#country, this.#metadata));
    const lengths = this.#mobileLengths(number?.country ?? this.#country);
    const length = number?.nationalNumber.length;
    // Without a number there are not even two digits in the country.
    if (length === undefined || length < Math.min(...lengths)) return 'too_short';
    return length > Math.max(...lengths) ? 'too_long' : null;
  }

  #mobileLengths(country: CountryCode): readonly number[] {
    const metadata = new Metadata(this.#metadata);
    metadata.selectNumberingPlan(country);
    const plan = metadata.numberingPlan as LibraryPlan & {
      type(name: 'MOBILE'): { possibleLengths(): number[] } | undefined;
    };
    return plan.type('MOBILE')?.possibleLengths() ?? plan.possibleLengths();
  }
}

/** With the plus, which is as good as a digit. */
export function digitsOf(text: string): string {
  return text.replace(/[^\d+]/g, '');
}

function isSameNumber(a: PhoneCandidate, b: PhoneCandidate): boolean {
  if (a.kind === 'refused') return b.kind === 'refused' && a.reason === b.reason;
  return a.kind === b.kind && a.digits === b.digits;
}

/** The library reads patterns that came over the network: one that is broken must not break the field. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
