import type { ConfigAnswer } from '../../shared/api/responses.ts';
import type { PhoneMetadata } from '../../shared/phone-number/metadata.ts';
import { importWithRetry } from '../base/import-with-retry.ts';
import type { Suggestion } from './number-suggestions.ts';
import type { NumberingPlan } from './number-validator.ts';

type Guesses = typeof import('./number-suggestions.ts');

export interface NumberValidatorOptions {
  /** Asks the Worker. */
  fetchMetadata(country: string): Promise<PhoneMetadata>;
  /** A plan has come that was not there before. */
  onPlan(): void;
}

/**
 * The numbering plans that are wanted in one element, each fetched once. One that does not come is nobody's business:
 * the number stays as it is typed, and the Worker judges it.
 */
export class NumberValidatorLoader {
  readonly #options: NumberValidatorOptions;
  readonly #plans = new Map<string, NumberingPlan | 'coming' | 'missing'>();

  #guesses: Guesses | 'coming' | 'missing' | null = null;

  constructor(options: NumberValidatorOptions) {
    this.#options = options;
  }

  of(country: string | null): NumberingPlan | null {
    const plan = this.#plans.get(country ?? '');
    return typeof plan === 'object' ? plan : null;
  }

  /** Fetches it, once. */
  want(country: string | null): void {
    if (!country || this.#plans.has(country)) return;
    this.#plans.set(country, 'coming');
    this.#fetch(country).then(
      (plan) => {
        this.#plans.set(country, plan);
        this.#options.onPlan();
      },
      () => this.#plans.set(country, 'missing'),
    );
  }

  /** What did not come may be tried again: not at the next key, but when the visitor comes back to the field. */
  forgetMissing(): void {
    for (const [country, plan] of this.#plans) if (plan === 'missing') this.#plans.delete(country);
    if (this.#guesses === 'missing') this.#guesses = null;
  }

  /**
   * What was probably meant by a number that is refused, as it is written abroad; `null` where nothing is, or what it
   * takes to know that is on its way. Only plans of countries that may be meant are fetched.
   */
  meant(text: string, country: string | null, config: ConfigAnswer): string | null {
    const guesses = this.#guesses;
    if (typeof guesses !== 'object' || !guesses) {
      this.#wantGuesses();
      return null;
    }
    const { suggestNumbers } = guesses;
    for (const group of suggestNumbers(text, country, config, navigator.languages)) {
      for (const guess of group) this.want(guess.country);
      // The likelier one is waited for, so that nothing changes under the visitor's finger.
      if (group.some((guess) => this.#plans.get(guess.country) === 'coming')) return null;
      const forms = new Set(group.flatMap((guess) => this.#formsOf(guess, config)));
      const [form] = forms;
      if (form && forms.size === 1) return form;
    }
    return null;
  }

  #formsOf({ text, country }: Suggestion, config: ConfigAnswer): string[] {
    const form = this.of(country)?.servedForm(text, config.countries);
    return form ? [form] : [];
  }

  /** Fetched for a number that is refused, and not before. */
  #wantGuesses(): void {
    if (this.#guesses) return;
    this.#guesses = 'coming';
    importWithRetry(() => import('./number-suggestions.ts')).then(
      (guesses) => {
        this.#guesses = guesses;
        this.#options.onPlan();
      },
      () => {
        this.#guesses = 'missing';
      },
    );
  }

  async #fetch(country: string): Promise<NumberingPlan> {
    const [{ NumberingPlan }, metadata] = await Promise.all([
      importWithRetry(() => import('./number-validator.ts')),
      this.#options.fetchMetadata(country),
    ]);
    return new NumberingPlan(country, metadata);
  }
}
