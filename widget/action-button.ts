import { html, nothing, type TemplateResult } from 'lit';
import { roomFor } from './room.ts';
import { shownText } from './shown-text.ts';

export interface ActionButton {
  /** Its name among the element's parts. */
  part: string;
  label: string;
  /** What else it may come to say: it has the room for that from the first. */
  room?: readonly string[];
  /** `main` is the step's one action; the others stand below it. */
  kind: 'main' | 'side';
  /** There is a time to wait, or another request is out. */
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
