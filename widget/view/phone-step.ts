import { html, nothing, type TemplateResult } from 'lit';
import { roomFor } from './room.ts';

export interface PhoneStepView {
  isShown: boolean;
  /** How the box looks. */
  mood: 'confirmed' | 'expired' | 'wrong' | '';
  /** `nothing` until the countries are known; its place is kept, so that nothing moves when they arrive. */
  picker: TemplateResult | typeof nothing;
  mark: TemplateResult | typeof nothing;
  /** What may take the turn of the hint by itself. */
  room: readonly string[];
  /**
   * It has the room of the code step, which was asked for: `sought` until it is there, and `kept` where the code was
   * found to be right so late that nothing may move any more.
   */
  tall: 'sought' | 'kept' | '';
  actions: TemplateResult;
  /** Else there is nothing to agree to any more, or it stands among the actions. */
  hasConsent: boolean;
  /** The page has put another input in, or taken it out. */
  onSlot(): void;
}

/** The number: first to be typed, and in the end, when it is confirmed, to be shown. */
export function phoneStep(view: PhoneStepView): TemplateResult {
  return html`<div class="step ${view.tall}" part="phone-step" ?hidden=${!view.isShown}>
    <slot name="phone-label"></slot>
    <div class="field ${view.mood}" part="phone-field" dir="ltr">
      <div class="country" part="country-field">${view.picker}</div>
      <slot name="phone" @slotchange=${view.onSlot}></slot>
      ${view.mark}
    </div>
    <div class="room ${view.tall || view.room.length > 0 ? 'message' : ''}" part="phone-message">
      ${roomFor(view.room)}<slot name="phone-hint"></slot><slot name="phone-error"></slot>
    </div>
    ${view.actions}
    ${view.hasConsent ? html`<slot name="consent"></slot>` : nothing}
  </div>`;
}
