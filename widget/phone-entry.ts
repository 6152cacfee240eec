import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConfigAnswer } from '../shared/answers.ts';
import { toPhoneCandidate } from '../shared/phone-candidate.ts';
import type { PhoneMetadata } from '../shared/phone-metadata.ts';
import {
  type CountryOption,
  countryOfText,
  countryOptions,
  defaultCountry,
  withCallingCode,
} from './country.ts';
import type { Failure, PhoneNumber } from './flow-state.ts';
import { LeaveWatch } from './leave-watch.ts';
import type { NumberFault } from './numbering-plan.ts';
import { NumberingPlans } from './numbering-plans.ts';
import { PhoneFormatting } from './phone-formatting.ts';
import type { SlottedField } from './slotted-field.ts';
import type { Words } from './words/words.ts';

export interface PhoneEntryOptions {
  config(): ConfigAnswer | null;
  /** The country that the page names, or nothing. */
  wanted(): string;
  /** Of the calling code of a country, from the Worker. */
  fetchMetadata(country: string): Promise<PhoneMetadata>;
  onEdit(): void;
  /** The visitor has gone on, and left a number that the Worker would refuse. */
  onLeftAmiss(failure: Failure): void;
}

const EVENTS = [
  'input',
  // Some password managers fire nothing else.
  'change',
  'beforeinput',
  'paste',
  'compositionend',
  'focusin',
  'focusout',
] as const;

/** `Tel: +49 …`, as it stands on a card or in a mail: what goes before the number. */
const NAME_OF_NUMBER = /^\s*\p{L}[\p{L}\s.-]*:\s*(?=[+(\p{Nd}])/u;

/** The typed number and its country: which of the two leads depends on what the visitor did last. */
export class PhoneEntry implements ReactiveController {
  readonly field: SlottedField;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #on: PhoneEntryOptions;
  readonly #plans: NumberingPlans;
  readonly #formatting: PhoneFormatting;
  /** Chosen by the visitor, or named by the number that they typed. */
  #chosen: string | null = null;
  /** As it was when it was last looked at. */
  #seen = '';
  /** The placeholder that is not the page's. */
  #example: string | null = null;
  /** Nothing is fetched for a field that nobody uses. */
  #isUsed = false;
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
    this.#plans = new NumberingPlans({
      fetchMetadata: (country) => on.fetchMetadata(country),
      onPlan: () => {
        this.#formatting.schedule();
        host.requestUpdate();
      },
    });
    this.#formatting = new PhoneFormatting({
      input: () => field.input,
      format: (text) => this.#plans.of(this.#country)?.format(text) ?? text,
      onFormat: () => {
        this.#seen = field.input.value;
      },
    });
    new LeaveWatch(host, () => this.#left());
    host.addController(this);
  }

  hostConnected(): void {
    // On the host, because the page may replace the input.
    for (const type of EVENTS) this.#host.addEventListener(type, this);
  }

  handleEvent(event: Event): void {
    const { input } = this.field;
    if (event.target !== input) return;
    switch (event.type) {
      case 'beforeinput':
        this.#formatting.beforeInput(event as InputEvent);
        break;
      case 'paste':
        this.#pasted(event as ClipboardEvent);
        break;
      case 'focusin':
        this.#plans.forgetMissing();
        this.#use();
        break;
      case 'focusout':
        this.#formatting.left();
        break;
      case 'compositionend':
        this.#formatting.edited(event);
        break;
      default:
        if (!this.#formatting.isTyping) this.#typed(event);
    }
  }

  /** Nothing, or why there is no number to send to. */
  refusal(): Failure | null {
    const candidate = toPhoneCandidate(this.field.input.value);
    if (candidate.kind === 'refused' && candidate.reason !== 'not_a_number')
      return { code: 'invalid_phone', reason: candidate.reason };
    const fault = this.#fault;
    if (fault) return failureOf(fault);
    return candidate.kind === 'refused' ? { code: 'invalid_phone' } : null;
  }

  /** The number as it goes to the Worker: a country only where the digits do not say it. */
  number(config: ConfigAnswer): PhoneNumber | Failure {
    const candidate = toPhoneCandidate(this.field.input.value);
    switch (candidate.kind) {
      case 'international':
        return { phone: `+${candidate.digits}`, country: null };
      case 'national': {
        const country = this.country(config);
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

  /** The number as a person reads it, whole: with its calling code where that is known by now, else as it was typed. */
  readable({ phone, country }: PhoneNumber): string {
    const plan = this.#plans.of(country ?? this.#country);
    return plan?.international(phone) ?? (country ? this.field.input.value.trim() : phone);
  }

  /** Shows how a number of the country looks, where the page has not written a placeholder of its own. */
  showExample(): void {
    const { input } = this.field;
    const example = this.#plans.of(this.#country)?.example || null;
    if (input.getAttribute('placeholder') !== this.#example || example === this.#example) return;
    if (example) input.placeholder = example;
    else input.removeAttribute('placeholder');
    this.#example = example;
  }

  country(config: ConfigAnswer | null): string | null {
    if (!config) return null;
    if (this.#chosen && config.countries.includes(this.#chosen)) return this.#chosen;
    return defaultCountry(config, this.#on.wanted(), navigator.languages);
  }

  /** A number that names its country chooses it, be it typed before the countries were known or after. */
  follow(config: ConfigAnswer | null): void {
    if (!config) return;
    const text = this.field.input.value;
    const named = countryOfText(text, config, this.country(config));
    // Where countries share a calling code, a whole number tells them apart.
    const exact = named && this.#plans.of(named)?.countryOf(text);
    if (named) this.#chosen = exact && config.countries.includes(exact) ? exact : named;
    if (this.#isUsed) this.#plans.want(this.country(config));
  }

  choose(country: string, config: ConfigAnswer): void {
    const before = this.country(config);
    const { input } = this.field;
    const [from, to] = [config.callingCodes[before ?? ''], config.callingCodes[country]];
    if (from && to) input.value = withCallingCode(input.value, from, to);
    this.#chosen = country;
    this.#use();
    this.#formatting.schedule();
  }

  forgetChoice(): void {
    this.#chosen = null;
  }

  /** As a form reset leaves any input: with what the page wrote into it, if it wrote anything. */
  clear(): void {
    this.field.input.value = this.field.input.defaultValue;
    this.#chosen = null;
  }

  options(config: ConfigAnswer | null, words: Words): CountryOption[] {
    if (!config) return [];
    const wanted = this.#on.wanted();
    const last = this.#options;
    if (last?.config === config && last.words === words && last.wanted === wanted) return last.list;
    const first = defaultCountry(config, wanted, navigator.languages);
    const list = countryOptions(config, first, words.lang);
    this.#options = { config, words, wanted, list };
    return list;
  }

  get #country(): string | null {
    return this.country(this.#on.config());
  }

  /** What the Worker would say, as far as is known here. */
  get #fault(): NumberFault | null {
    const config = this.#on.config();
    if (!config) return null;
    const { value } = this.field.input;
    const candidate = toPhoneCandidate(value);
    // No metadata is asked for that is of no country here.
    if (candidate.kind === 'international' && !countryOfText(`+${candidate.digits}`, config, null))
      return 'not_listed';
    return this.#plans.of(this.#country)?.faultOf(value, config.countries) ?? null;
  }

  #use(): void {
    this.#isUsed = true;
    this.follow(this.#on.config());
  }

  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const number = text.replace(NAME_OF_NUMBER, '').trim();
    if (text.trim() === number || this.field.input.readOnly) return;
    event.preventDefault();
    // So that it can be undone.
    document.execCommand('insertText', false, number);
  }

  #typed(event: Event): void {
    const { value } = this.field.input;
    const isKnown = event.type === 'change' && value === this.#seen;
    this.#seen = value;
    // Comes when the input is left, perhaps for the challenge, which an edit would call off.
    if (isKnown) return;
    this.#formatting.edited(event);
    this.#use();
    this.#on.onEdit();
  }

  #left(): void {
    const fault = this.#fault;
    if (fault) this.#on.onLeftAmiss(failureOf(fault));
  }
}

function failureOf(fault: NumberFault): Failure {
  switch (fault) {
    case 'not_listed':
      return { code: 'destination_not_allowed' };
    case 'not_in_use':
      return { code: 'invalid_phone' };
    default:
      return { code: 'invalid_phone', reason: fault };
  }
}
