import type { PhoneMetadata } from '../shared/phone-metadata.ts';
import { importAgain } from './import-again.ts';
import type { NumberingPlan } from './numbering-plan.ts';

export interface NumberingPlansOptions {
  /** Asks the Worker. */
  fetchMetadata(country: string): Promise<PhoneMetadata>;
  /** A plan has come that was not there before. */
  onPlan(): void;
}

/**
 * The numbering plans that are wanted in one element, each fetched once. One that does not come is nobody's business:
 * the number stays as it is typed, and the Worker judges it.
 */
export class NumberingPlans {
  readonly #options: NumberingPlansOptions;
  readonly #plans = new Map<string, NumberingPlan | 'coming' | 'missing'>();

  constructor(options: NumberingPlansOptions) {
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
  }

  async #fetch(country: string): Promise<NumberingPlan> {
    const [{ NumberingPlan }, metadata] = await Promise.all([
      importAgain(() => import('./numbering-plan.ts')),
      this.#options.fetchMetadata(country),
    ]);
    return new NumberingPlan(country, metadata);
  }
}
