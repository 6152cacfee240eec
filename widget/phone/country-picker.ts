import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ConfigAnswer } from '../../shared/api/responses.ts';
import { importWithRetry } from '../base/import-with-retry.ts';
import { isPopoverKnown } from '../base/popover.ts';
import { shownText } from '../base/shown-text.ts';
import { formatMessage } from '../i18n/format-message.ts';
import type { Messages } from '../i18n/messages.ts';
import type { CountryOption } from './countries.ts';
import type { CountryListbox } from './country-listbox.ts';

export interface CountryPickerView {
  config: ConfigAnswer;
  country: string | null;
  options: CountryOption[];
  words: Messages;
  disabled: boolean;
  onCountry(country: string): void;
}

/**
 * A short face, `DE +49`, and over it what the country is chosen by. One country needs no choice and leaves the face
 * alone.
 */
export class CountryPicker {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #view: CountryPickerView | null = null;
  #list: CountryListbox | null = null;
  #file: Promise<typeof import('./country-listbox.ts')> | null = null;
  /** The list did not arrive. */
  #hasFailed = false;
  /** Keys pressed while the list was loading; `null` if it is not loading. */
  #typedAhead: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#list?.close();
    this.#typedAhead = null;
  }

  render(view: CountryPickerView): TemplateResult {
    const { country, config, options } = view;
    if (view.disabled || options !== this.#view?.options) this.#closeLater();
    this.#view = view;
    const callingCode = country ? config.callingCodes[country] : undefined;
    const isChoice = config.countries.length > 1;
    return html`<span class="face" part="country-face" aria-hidden="true">
        ${country ? html`<b part="country-code">${shownText(country)}</b>` : isChoice ? globe() : nothing}
        ${callingCode ? html`<span part="calling-code">${shownText(`+${callingCode}`)}</span>` : nothing}
        ${isChoice ? chevron() : nothing}
      </span>
      ${isChoice ? (this.#isNative ? this.#select(view) : this.#button(view)) : nothing}`;
  }

  /** A thumb gets the wheel that its system draws best; a keyboard gets a search, which no native select has. */
  get #isNative(): boolean {
    return this.#hasFailed || matchMedia('(pointer: coarse)').matches;
  }

  #select({ country, options, words, disabled, onCountry }: CountryPickerView): TemplateResult {
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement) onCountry(target.value);
    };
    return html`<select
      class="picker"
      part="country"
      autocomplete="off"
      aria-label=${words.country}
      ?disabled=${disabled}
      @change=${onChange}
    >
      ${country ? nothing : html`<option value="" selected disabled>${shownText(words.chooseCountry)}</option>`}
      ${options.map((option) => countryOption(option, country))}
    </select>`;
  }

  #button(view: CountryPickerView): TemplateResult {
    const { words, disabled } = view;
    return html`<button
        class="picker"
        part="country"
        type="button"
        aria-haspopup="dialog"
        aria-expanded=${this.#list !== null}
        aria-label=${nameOf(view)}
        ?disabled=${disabled}
        @click=${this.#toggle}
        @keydown=${this.#onKeyDown}
        @pointerenter=${this.#fetchAhead}
        @focus=${this.#fetchAhead}
      ></button>
      <div
        class="countries"
        part="country-popup"
        popover=${isPopoverKnown() ? 'manual' : nothing}
        ?hidden=${!isPopoverKnown() && !this.#list}
        role="dialog"
        aria-label=${words.chooseCountry}
        lang=${words.lang}
        dir=${words.dir}
      ></div>`;
  }

  readonly #toggle = (): void => {
    if (this.#list) this.#list.close(true);
    else void this.#open();
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // A script that fills forms may fire an event without one.
    const { key = '', altKey, ctrlKey, metaKey } = event;
    // The space bar presses the button, unless it is in the middle of a name.
    const isText = [...key].length === 1 && (key !== ' ' || this.#typedAhead !== null);
    const isOpening = key === 'ArrowDown' || key === 'ArrowUp';
    if (ctrlKey || metaKey || (altKey && !isOpening) || (!isText && !isOpening)) return;
    event.preventDefault();
    if (isText) this.#typedAhead = (this.#typedAhead ?? '') + key;
    void this.#open();
  };

  readonly #fetchAhead = (): void => {
    this.#fetch().catch(() => undefined);
  };

  async #open(): Promise<void> {
    this.#typedAhead ??= '';
    try {
      const { CountryListbox } = await this.#fetch();
      this.#show(CountryListbox);
    } catch {
      // Without the list there is still what every browser has.
      this.#hasFailed = true;
      this.#host.requestUpdate();
      await this.#host.updateComplete;
      this.#control?.focus();
    }
    this.#typedAhead = null;
  }

  #fetch(): Promise<typeof import('./country-listbox.ts')> {
    this.#file ??= importWithRetry(() => import('./country-listbox.ts')).catch((error: unknown) => {
      this.#file = null;
      throw error;
    });
    return this.#file;
  }

  #show(List: typeof CountryListbox): void {
    const view = this.#view;
    const button = this.#control;
    const popup = button?.nextElementSibling;
    const anchor = button?.closest<HTMLElement>('[part~=phone-field]');
    // Another call of the same wait has shown it, or what it was wanted for is gone.
    if (this.#list || this.#typedAhead === null || !view || view.disabled) return;
    if (!button || !anchor || !(popup instanceof HTMLElement)) return;
    this.#list = new List(
      {
        popup,
        anchor,
        button,
        onChoose: (country) => this.#view?.onCountry(country),
        onClose: (isDismissed) => {
          this.#list = null;
          if (isDismissed) button.focus();
          this.#host.requestUpdate();
        },
      },
      { ...view, query: this.#typedAhead },
    );
    this.#host.requestUpdate();
  }

  get #control(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('[part~=country]') ?? null;
  }

  /** Not while Lit draws. */
  #closeLater(): void {
    const list = this.#list;
    if (list) queueMicrotask(() => list.close(true));
  }
}

/** With what is seen on the face in it, for whoever says it to a speech control. */
function nameOf({ country, config, options, words }: CountryPickerView): string {
  if (!country) return words.chooseCountry;
  const name = options.find((option) => option.country === country)?.name ?? country;
  const chosen = `${name}, ${country} +${config.callingCodes[country] ?? ''}`;
  return formatMessage(words.countryChosen, { country: chosen }, words.lang);
}

function countryOption(option: CountryOption, chosen: string | null): TemplateResult {
  return html`<option value=${option.country} .selected=${option.country === chosen}>
    ${shownText(`${option.name} (+${option.callingCode})`)}
  </option>`;
}

function globe(): TemplateResult {
  return html`<svg viewBox="0 0 24 24" part="country-icon">
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18" />
  </svg>`;
}

function chevron(): TemplateResult {
  return html`<svg class="chevron" viewBox="0 0 12 12" part="chevron">
    <path d="m3 4.5 3 3 3-3" />
  </svg>`;
}
