import { html, type TemplateResult } from 'lit';

/** A table that is wider than a phone scrolls by itself, with the keyboard too, and the page does not. */
export function scrollTable(label: string, table: TemplateResult): TemplateResult {
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0">${table}</div>`;
}
