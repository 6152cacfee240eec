import { html, nothing, render, type TemplateResult } from 'lit';
import { correctPlace, hidePopup, showPopup } from '../base/popover.ts';
import { positionPopup } from '../base/popup-position.ts';
import { shownText } from '../base/shown-text.ts';
import type { Messages } from '../i18n/messages.ts';
import { countryListStyles } from '../styles/country-list.ts';
import type { CountryOption } from './countries.ts';
import { findCountries, type SearchableCountry, searchable } from './country-search.ts';

export interface CountryListOptions {
  /** Where the list is drawn: a popover beside the button that opens it. */
  popup: HTMLElement;
  /** What it lies at. */
  anchor: HTMLElement;
  button: HTMLElement;
  onChoose(country: string): void;
  /** @param isDismissed by a key, so that the focus goes back to where it came from */
  onClose(isDismissed: boolean): void;
}

export interface CountryListView {
  options: readonly CountryOption[];
  country: string | null;
  words: Messages;
  /** What was typed before the list was there. */
  query: string;
}

/** Rows of a page for Page Up and Page Down. */
const PAGE = 8;

/**
 * Finds a country by name or code: an input with a list under it, as the combobox of the ARIA Authoring Practices. The
 * focus stays in the input; the active row is told by `aria-activedescendant`. It is a file of its own, fetched for
 * whoever comes near the button.
 */
export class CountryListbox {
  readonly #options: CountryListOptions;
  readonly #view: CountryListView;
  readonly #countries: readonly SearchableCountry[];
  #found: readonly SearchableCountry[];
  #active: number;
  /** With all its countries. Pixels. */
  #height = 0;
  #stop = new AbortController();

  constructor(options: CountryListOptions, view: CountryListView) {
    this.#options = options;
    this.#view = view;
    this.#countries = searchable(view.options, [view.words.lang, ...navigator.languages]);
    this.#found = findCountries(this.#countries, view.query);
    const chosen = this.#found.findIndex(({ country }) => country === view.country);
    this.#active = view.query === '' ? Math.max(0, chosen) : 0;
    adoptStyles(options.popup);
    this.#open();
  }

  /** Twice is once. */
  close(isDismissed = false): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    const { popup, onClose } = this.#options;
    hidePopup(popup);
    render(nothing, popup);
    onClose(isDismissed);
  }

  #open(): void {
    const { popup } = this.#options;
    const { signal } = this.#stop;
    this.#draw();
    const input = this.#input;
    if (input) input.value = this.#view.query;
    showPopup(popup);
    this.#place();
    input?.focus();
    this.#reveal('center');

    popup.addEventListener('focusout', this.#onFocusOut, { signal });
    // In the way of whatever else wants the press, and before the press moves anything.
    document.addEventListener('pointerdown', this.#onPointerDown, { signal, capture: true });
    const again = { signal, capture: true, passive: true };
    window.addEventListener('scroll', this.#place, again);
    window.addEventListener('resize', this.#place, again);
    window.visualViewport?.addEventListener('resize', this.#place, again);
    window.visualViewport?.addEventListener('scroll', this.#place, again);
  }

  get #input(): HTMLInputElement | null {
    return this.#options.popup.querySelector('input');
  }

  #draw(): void {
    render(this.#template(), this.#options.popup);
  }

  #template(): TemplateResult {
    const { words } = this.#view;
    const active = this.#found[this.#active];
    return html`<input
        class="query"
        part="country-search"
        type="text"
        role="combobox"
        aria-label=${words.countrySearch}
        aria-autocomplete="list"
        aria-controls="countries"
        aria-expanded=${this.#found.length > 0}
        aria-activedescendant=${active ? `country-${active.country}` : nothing}
        placeholder=${words.countrySearch}
        autocomplete="off"
        autocapitalize="none"
        autocorrect="off"
        spellcheck="false"
        @input=${this.#onInput}
        @change=${stop}
        @keydown=${this.#onKeyDown}
      />
      <div
        class="list"
        part="country-list"
        id="countries"
        role="listbox"
        tabindex="-1"
        aria-label=${words.country}
        ?hidden=${!active}
        @pointerdown=${keepFocus}
        @mousedown=${keepFocus}
        @click=${this.#onClick}
      >
        ${this.#found.map((country, index) => this.#row(country, index))}
      </div>
      <p class="none" part="country-none" role="status">${active ? nothing : shownText(words.countryNotFound)}</p>`;
  }

  #row({ country, name, callingCode }: CountryOption, index: number): TemplateResult {
    const isChosen = country === this.#view.country;
    return html`<div
      class=${index === this.#active ? 'active' : ''}
      part="country-option"
      id="country-${country}"
      role="option"
      aria-selected=${isChosen}
      data-country=${country}
    >
      <span class="name" part="country-name">${shownText(name)}</span>
      <span class="prefix" part="country-option-code" dir="ltr">${shownText(callingCode && `+${callingCode}`)}</span>
      ${isChosen ? tick() : nothing}
    </div>`;
  }

  #choose(country: string): void {
    this.close(true);
    this.#options.onChoose(country);
  }

  #activate(index: number): void {
    this.#active = index;
    this.#draw();
    this.#reveal('nearest');
  }

  /** Within the list alone: `scrollIntoView` would move the page too. */
  #reveal(where: 'nearest' | 'center'): void {
    const list = this.#options.popup.querySelector<HTMLElement>('.list');
    const row = list?.children[this.#active];
    if (!list || !(row instanceof HTMLElement)) return;
    const { top, bottom, height } = row.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (where === 'center') list.scrollTop += top - frame.top - (frame.height - height) / 2;
    else if (this.#active === 0) list.scrollTop = 0;
    else list.scrollTop += Math.min(0, top - frame.top) + Math.max(0, bottom - frame.bottom);
  }

  readonly #place = (): void => {
    const { popup, anchor } = this.#options;
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const view = window.visualViewport;
    const seen = view
      ? { left: view.offsetLeft, top: view.offsetTop, width: view.width, height: view.height }
      : { left: 0, top: 0, width, height };
    const box = anchor.getBoundingClientRect();
    if (box.bottom < seen.top || box.top > seen.top + seen.height) {
      this.close();
      return;
    }
    const place = positionPopup(box, seen, height, this.#view.words.dir);
    // By the object model, which a policy allows where it refuses a `style` attribute.
    const { style } = popup;
    style.left = `${place.left}px`;
    style.width = `${place.width}px`;
    style.maxHeight = `${place.maxHeight}px`;
    // Or its input, at the top of a list that grows upwards, would run away from whoever types into it.
    if (this.#height === 0) {
      style.height = 'auto';
      this.#height = this.#view.query === '' ? popup.offsetHeight : place.maxHeight;
    }
    style.height = place.top === null ? `${Math.min(this.#height, place.maxHeight)}px` : 'auto';
    style.top = place.top === null ? 'auto' : `${place.top}px`;
    style.bottom = place.bottom === null ? 'auto' : `${place.bottom}px`;
    const top = place.top ?? height - (place.bottom ?? 0) - popup.offsetHeight;
    correctPlace(popup, place.left, top);
  };

  readonly #onInput = (event: Event): void => {
    event.stopPropagation();
    this.#found = findCountries(this.#countries, this.#input?.value ?? '');
    this.#activate(0);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // The keys of an input method choose among its own proposals.
    if (event.isComposing) return;
    if (this.#act(event)) event.preventDefault();
    // A page's dialog around the element would close by the same Escape.
    if (event.key !== 'Tab') event.stopPropagation();
  };

  /** Whether the key was one of the list's. */
  #act({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    const last = this.#found.length - 1;
    const active = this.#active;
    if (key === 'Escape' || (key === 'ArrowUp' && altKey)) {
      this.close(true);
      return true;
    }
    if (ctrlKey || metaKey || altKey || shiftKey) return false;
    if (key === 'Enter') {
      const country = this.#found[active]?.country;
      if (country) this.#choose(country);
      return true;
    }
    const to = new Map([
      ['ArrowDown', active === last ? 0 : active + 1],
      ['ArrowUp', active === 0 ? last : active - 1],
      ['PageDown', Math.min(last, active + PAGE)],
      ['PageUp', Math.max(0, active - PAGE)],
      ['Home', 0],
      ['End', last],
    ]).get(key);
    if (to === undefined) return false;
    if (last >= 0) this.#activate(to);
    return true;
  }

  readonly #onClick = ({ target }: Event): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[role=option]') : null;
    const country = row?.dataset['country'];
    if (country) this.#choose(country);
  };

  readonly #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    const isInside = relatedTarget instanceof Node && this.#options.popup.contains(relatedTarget);
    // Nobody has it while another window has: there one may be looking up a number.
    if (relatedTarget && !isInside) this.close();
  };

  readonly #onPointerDown = (event: Event): void => {
    const path = event.composedPath();
    const { popup, button } = this.#options;
    if (!path.includes(popup) && !path.includes(button)) this.close();
  };
}

function adoptStyles(popup: HTMLElement): void {
  const root = popup.getRootNode();
  const { styleSheet } = countryListStyles;
  if (!(root instanceof ShadowRoot) || !styleSheet) return;
  if (!root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}

/** What happens in here is no edit of the page's form. */
function stop(event: Event): void {
  event.stopPropagation();
}

function keepFocus(event: Event): void {
  event.preventDefault();
}

function tick(): TemplateResult {
  return html`<svg class="tick" viewBox="0 0 16 16" part="country-tick" aria-hidden="true">
    <path d="m3 8.5 3.5 3.5L13 4.5" />
  </svg>`;
}
