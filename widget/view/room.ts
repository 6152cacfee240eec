import { html, type TemplateResult } from 'lit';

/**
 * Unseen copies of what a place may come to hold, to go into it: it then is as large as the largest, and what comes by
 * itself takes the turn of what was there.
 */
export function roomFor(texts: readonly string[]): TemplateResult[] {
  return texts.map((text) => html`<span class="copy" part="room" data-room=${text}></span>`);
}
