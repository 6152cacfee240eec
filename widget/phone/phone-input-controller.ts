import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ConfigAnswer } from '../../shared/api/responses.ts';
import type { PhoneMetadata } from '../../shared/phone-number/metadata.ts';
import { toPhoneCandidate } from '../../shared/phone-number/normalize.ts';
import { withoutName } from '../../shared/phone-number/phone-text.ts';
import { FocusLeaveController } from '../base/focus-leave-controller.ts';
import type { SlottedInput } from '../base/slotted-input.ts';
import type { Failure, PhoneNumber } from '../flow/state.ts';
import type { Messages } from '../i18n/messages.ts';
import { AsYouType } from './as-you-type.ts';
import {
  type CountryOption,
  countryOfText,
  countryOptions,
  defaultCountry,
  withCallingCode,
} from './countries.ts';
import type { NumberError } from './number-validator.ts';
import { NumberValidatorLoader } from './number-validator-loader.ts';

export interface PhoneInputOptions {
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
  'drop',
  'compositionend',
  'focusin',
  'focusout',
  'pointerdown',
] as const;

/** The typed number and its country: which of the two leads depends on what the visitor did last. */
export class PhoneInputController implements ReactiveController {
  readonly field: SlottedInput;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #on: PhoneInputOptions;
  readonly #plans: NumberValidatorLoader;
  readonly #formatting: AsYouType;
  /**
   * Chosen by the visitor in the list, and by nothing else. The country that a number names by its calling code is read
   * from the text each time, so that it goes with it: what was deleted must not send the next number abroad.
   */
  #picked: string | null = null;
  /** As it was when it was last looked at. */
  #seen = '';
  /** As it was when its country was last drawn beside it. */
  #drawn = '';
  /** An unused field fetches nothing. */
  #isUsed = false;
  /** Names and order of some 200 countries are not worked out anew for every second of a countdown. */
  #options: {
    config: ConfigAnswer;
    words: Messages;
    wanted: string;
    list: CountryOption[];
  } | null = null;

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    field: SlottedInput,
    on: PhoneInputOptions,
  ) {
    this.#host = host;
    this.field = field;
    this.#on = on;
    this.#plans = new NumberValidatorLoader({
      fetchMetadata: (country) => on.fetchMetadata(country),
      onPlan: () => {
        this.#formatting.schedule();
        host.requestUpdate();
      },
    });
    this.#formatting = new AsYouType({
      input: () => field.input,
      isFixed: () => field.isFixed,
      format: (text) => this.#plans.of(this.#country)?.format(text) ?? text,
      onFormat: () => {
        this.#seen = field.input.value;
      },
    });
    new FocusLeaveController(host, () => this.#left());
    host.addController(this);
  }

  hostConnected(): void {
    // On the host, because the page may replace the input.
    for (const type of EVENTS) this.#host.addEventListener(type, this);
  }

  handleEvent(event: Event): void {
    const { input } = this.field;
    // A script changes the value without an event, and the country that is shown may be that of the old one.
    if (input.value !== this.#drawn) this.#host.requestUpdate();
    if (event.target !== input) return;
    switch (event.type) {
      case 'beforeinput':
        this.#formatting.beforeInput(event as InputEvent);
        break;
      case 'paste':
        this.#inserted(event, (event as ClipboardEvent).clipboardData);
        break;
      case 'drop':
        this.#inserted(event, (event as DragEvent).dataTransfer);
        break;
      case 'pointerdown':
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
    this.field.showPlaceholder(this.#plans.of(this.#country)?.example || null);
  }

  /** The one that the number names, else the visitor's choice, else the one to begin with. */
  country(config: ConfigAnswer | null): string | null {
    if (!config) return null;
    const text = this.field.input.value;
    const own = this.#own(config);
    const named = countryOfText(text, config, own);
    if (!named) return own;
    // If countries share a calling code, the complete number decides, with the plan of any of them.
    const { callingCodes, countries } = config;
    const neighbours = countries.filter((each) => callingCodes[each] === callingCodes[named]);
    const plan = neighbours.map((each) => this.#plans.of(each)).find((each) => each !== null);
    const exact = plan?.countryOf(text);
    return exact && config.countries.includes(exact) ? exact : named;
  }

  /** The plan that is wanted now, be the number typed before the countries were known or after. */
  follow(config: ConfigAnswer | null): void {
    this.#drawn = this.field.input.value;
    if (this.#isUsed) this.#plans.want(this.country(config));
  }

  choose(country: string, config: ConfigAnswer): void {
    const before = this.country(config);
    const { input } = this.field;
    const [from, to] = [config.callingCodes[before ?? ''], config.callingCodes[country]];
    if (from && to) input.value = withCallingCode(input.value, from, to);
    this.#picked = country;
    this.#use();
    this.#formatting.schedule();
  }

  /** The number is about to be sent: in its groups, also when it was filled in a moment ago. */
  settle(): void {
    this.#use();
    this.#formatting.flush();
  }

  /** Whether two spellings are of one number, as far as is known here. */
  isSame(a: PhoneNumber, b: PhoneNumber): boolean {
    if (a.phone === b.phone && a.country === b.country) return true;
    const e164 = this.#e164(a);
    return e164 !== null && e164 === this.#e164(b);
  }

  /** What the visitor probably meant by a number that is refused, in the form of abroad. */
  suggestion(): string | null {
    const config = this.#on.config();
    return config && this.#plans.meant(this.field.input.value, this.country(config), config);
  }

  /** As if the visitor had typed it, so that it can be undone. */
  replace(number: string): void {
    const { input } = this.field;
    input.focus();
    input.select();
    if (document.execCommand('insertText', false, number)) return;
    input.value = number;
    this.#use();
    this.#on.onEdit();
  }

  /** The number, behind the country that was chosen for it: loaded anew, it must not be one of another country. */
  get kept(): string {
    const { value } = this.field.input;
    return value && this.#picked ? `${this.#picked}\n${value}` : value;
  }

  /** @param kept - as `kept` gave it */
  restore(kept: string): void {
    const [country, number] = kept.split('\n');
    if (country && number && number === this.field.input.value) this.#picked = country;
  }

  forgetChoice(): void {
    this.#picked = null;
  }

  options(config: ConfigAnswer | null, words: Messages): CountryOption[] {
    if (!config) return [];
    const wanted = this.#on.wanted();
    const last = this.#options;
    if (last?.config === config && last.words === words && last.wanted === wanted) return last.list;
    const first = defaultCountry(config, wanted, navigator.languages);
    const list = countryOptions(config, first, words.lang);
    this.#options = { config, words, wanted, list };
    return list;
  }

  #own(config: ConfigAnswer): string | null {
    if (this.#picked && config.countries.includes(this.#picked)) return this.#picked;
    return defaultCountry(config, this.#on.wanted(), navigator.languages);
  }

  #e164({ phone, country }: PhoneNumber): string | null {
    const config = this.#on.config();
    const planOf = country ?? (config && countryOfText(phone, config, null));
    return this.#plans.of(planOf)?.e164Of(phone) ?? null;
  }

  get #country(): string | null {
    return this.country(this.#on.config());
  }

  /** What the Worker would say, as far as is known here. */
  get #fault(): NumberError | null {
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

  /** Of `Tel: +49 …`, as it stands on a card or in a mail, and of a link only the number comes into the field. */
  #inserted(event: Event, data: DataTransfer | null): void {
    const { input } = this.field;
    const text = (data?.getData('text/plain') || data?.getData('text/uri-list')) ?? '';
    const number = withoutName(text);
    if (text.trim() === number || input.readOnly || input.disabled) return;
    event.preventDefault();
    // What is let go over the field is meant for all of it, and not for a place in the number that is there.
    if (event.type === 'drop') {
      this.replace(number);
      return;
    }
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

function failureOf(fault: NumberError): Failure {
  switch (fault) {
    case 'not_listed':
      return { code: 'destination_not_allowed' };
    case 'not_in_use':
      return { code: 'invalid_phone' };
    default:
      return { code: 'invalid_phone', reason: fault };
  }
}
