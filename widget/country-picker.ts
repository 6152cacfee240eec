import { html, nothing, type TemplateResult } from 'lit';
import type { ConfigAnswer } from '../shared/answers.ts';
import type { CountryOption } from './country.ts';
import type { Words } from './words/words.ts';

export interface CountryPickerView {
  config: ConfigAnswer;
  country: string | null;
  options: CountryOption[];
  words: Words;
  disabled: boolean;
  onCountry(country: string): void;
}

/**
 * A native select, which phones and screen readers know best, under a short face: `DE +49` instead of the whole name.
 * One country needs no choice and leaves the face alone.
 */
export function countryPicker(view: CountryPickerView): TemplateResult {
  const { country, config, words, disabled, onCountry } = view;
  const callingCode = country ? config.callingCodes[country] : undefined;
  const isChoice = config.countries.length > 1;
  const onChange = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) onCountry(target.value);
  };
  return html`<span class="face" part="country-face" aria-hidden="true">
      ${country ? html`<b part="country-code">${country}</b>` : isChoice ? globe() : nothing}
      ${callingCode ? html`<span part="calling-code">+${callingCode}</span>` : nothing}
      ${isChoice ? chevron() : nothing}
    </span>
    ${
      isChoice
        ? html`<select
            part="country"
            autocomplete="off"
            aria-label=${words.country}
            ?disabled=${disabled}
            @change=${onChange}
          >
            ${country ? nothing : html`<option value="" selected disabled>${words.chooseCountry}</option>`}
            ${view.options.map((option) => countryOption(option, country))}
          </select>`
        : nothing
    }`;
}

function countryOption(option: CountryOption, chosen: string | null): TemplateResult {
  return html`<option value=${option.country} .selected=${option.country === chosen}>
    ${option.name} (+${option.callingCode})
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
