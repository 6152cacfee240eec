import { html, nothing, type TemplateResult } from 'lit';
import { shownText } from '../base/shown-text.ts';
import { roomFor } from './room.ts';

export interface ActionButton {
  /** Its name among the element's parts. */
  part: string;
  label: string;
  /** Other labels that it may get: space for them is reserved. */
  room?: readonly string[];
  /** `main` is the step's primary action; the others are below it. */
  kind: 'main' | 'side';
  /** Blocked by a wait, or by a pending request. */
  blocked?: boolean;
  /** The request that it makes is out. */
  busy?: boolean;
  disabled: boolean;
  act(): void;
}

/**
 * The main button with what comes and goes around it. One template for the first drawing and for all later ones: in
 * another the button would be made anew, and lose the focus.
 */
export function mainActions(
  main: TemplateResult,
  above: TemplateResult | typeof nothing = nothing,
  below: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`${above}${main}${below}`;
}

/**
 * A button that is blocked for a while says so by `aria-disabled` and stays focusable: `disabled` would throw the
 * focus of whoever has just pressed it out of the form.
 */
export function actionButton(button: ActionButton): TemplateResult {
  const { part, label, kind, blocked, busy, disabled, act } = button;
  const onClick = (event: MouseEvent) => {
    // The second click of a double click may land on what the first one brought up.
    if (!blocked && !busy && event.detail < 2) act();
  };
  return html`<button
    type="button"
    class=${kind}
    part="button ${kind}-button ${part} ${busy ? 'busy' : ''}"
    ?disabled=${disabled}
    aria-disabled=${blocked || busy ? 'true' : nothing}
    @click=${onClick}
  >
    <span class="label" part="button-label">${busy ? html`<span class="spinner" part="spinner"></span>` : nothing}${shownText(label)}</span>${roomFor(button.room ?? [])}
  </button>`;
}
