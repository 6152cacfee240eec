import { html, nothing, type TemplateResult } from 'lit';

export interface PhoneStepView {
  isShown: boolean;
  /** How the box looks. */
  mood: 'confirmed' | 'expired' | 'wrong' | '';
  /** `nothing` until the countries are known; its place is kept, so that nothing moves when they arrive. */
  picker: TemplateResult | typeof nothing;
  mark: TemplateResult | typeof nothing;
  actions: TemplateResult;
  /** The page has put another input in, or taken it out. */
  onSlot(): void;
}

/** The number: first to be typed, and in the end, when it is confirmed, to be shown. */
export function phoneStep(view: PhoneStepView): TemplateResult {
  return html`<div class="step" part="phone-step" ?hidden=${!view.isShown}>
    <slot name="phone-label"></slot>
    <div class="field ${view.mood}" part="phone-field" dir="ltr">
      <div class="country" part="country-field">${view.picker}</div>
      <slot name="phone" @slotchange=${view.onSlot}></slot>
      ${view.mark}
    </div>
    <slot name="phone-hint"></slot>
    <slot name="phone-error"></slot>
    ${view.actions}
    ${view.mood === 'confirmed' ? nothing : html`<slot name="consent"></slot>`}
  </div>`;
}
