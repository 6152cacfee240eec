import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConfigAnswer } from '../shared/answers.ts';
import { toPhoneCandidate } from '../shared/phone-candidate.ts';
import {
  type CountryOption,
  countryOfText,
  countryOptions,
  defaultCountry,
  withCallingCode,
} from './country.ts';
import type { Failure, PhoneNumber } from './flow.ts';
import type { SlottedField } from './slotted-field.ts';
import type { Words } from './words/words.ts';

export interface PhoneEntryOptions {
  config(): ConfigAnswer | null;
  onEdit(): void;
}

/** The typed number and its country: which of the two leads depends on what the visitor did last. */
export class PhoneEntry implements ReactiveController {
  readonly field: SlottedField;
  readonly #host: HTMLElement;
  readonly #on: PhoneEntryOptions;
  /** Chosen by the visitor, or named by the number that they typed. */
  #chosen: string | null = null;
  /** As it was when it was last looked at. */
  #seen = '';
  /** Names and order of some 200 countries are not worked out anew for every second of a countdown. */
  #options: { config: ConfigAnswer; words: Words; wanted: string; list: CountryOption[] } | null =
    null;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    field: SlottedField,
    on: PhoneEntryOptions,
  ) {
    this.#host = host;
    this.field = field;
    this.#on = on;
    host.addController(this);
  }

  hostConnected(): void {
    // On the host, because the page may replace the input. `change` too: some password managers fire nothing else.
    this.#host.addEventListener('input', this);
    this.#host.addEventListener('change', this);
  }

  handleEvent(event: Event): void {
    const { input } = this.field;
    if (event.target !== input) return;
    const isKnown = event.type === 'change' && input.value === this.#seen;
    this.#seen = input.value;
    // Comes when the input is left, perhaps for the challenge, which an edit would call off.
    if (isKnown) return;
    this.follow(this.#on.config());
    this.#on.onEdit();
  }

  /** Nothing, or why there is no number to send to. */
  refusal(): Failure | null {
    const candidate = toPhoneCandidate(this.field.input.value);
    if (candidate.kind !== 'refused') return null;
    return {
      code: 'invalid_phone',
      reason: candidate.reason === 'empty' ? 'empty' : undefined,
    };
  }

  /** The number as it goes to the Worker: a country only where the digits do not say it. */
  number(config: ConfigAnswer, wanted: string): PhoneNumber | Failure {
    const candidate = toPhoneCandidate(this.field.input.value);
    switch (candidate.kind) {
      case 'international':
        return { phone: `+${candidate.digits}`, country: null };
      case 'national': {
        const country = this.country(config, wanted);
        return country
          ? { phone: candidate.digits, country }
          : { code: 'invalid_phone', reason: 'no_country' };
      }
      case 'refused':
        return this.refusal() ?? { code: 'invalid_phone' };
      default:
        return candidate satisfies never;
    }
  }

  country(config: ConfigAnswer | null, wanted: string): string | null {
    if (!config) return null;
    if (this.#chosen && config.countries.includes(this.#chosen)) return this.#chosen;
    return defaultCountry(config, wanted, navigator.languages);
  }

  /** A number that names its country chooses it, be it typed before the countries were known or after. */
  follow(config: ConfigAnswer | null): void {
    if (!config) return;
    const named = countryOfText(this.field.input.value, config, this.#chosen);
    if (named) this.#chosen = named;
  }

  choose(country: string, config: ConfigAnswer, wanted: string): void {
    const before = this.country(config, wanted);
    const { input } = this.field;
    const [from, to] = [config.callingCodes[before ?? ''], config.callingCodes[country]];
    if (from && to) input.value = withCallingCode(input.value, from, to);
    this.#chosen = country;
  }

  forgetChoice(): void {
    this.#chosen = null;
  }

  /** As a form reset leaves any input: with what the page wrote into it, if it wrote anything. */
  clear(): void {
    this.field.input.value = this.field.input.defaultValue;
    this.#chosen = null;
  }

  options(config: ConfigAnswer | null, wanted: string, words: Words): CountryOption[] {
    if (!config) return [];
    const last = this.#options;
    if (last?.config === config && last.words === words && last.wanted === wanted) return last.list;
    const first = defaultCountry(config, wanted, navigator.languages);
    const list = countryOptions(config, first, words.lang);
    this.#options = { config, words, wanted, list };
    return list;
  }
}
