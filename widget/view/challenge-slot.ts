import { html, nothing, type TemplateResult } from 'lit';
import { shownText } from '../base/shown-text.ts';
import type { Messages } from '../i18n/messages.ts';

/**
 * Below the buttons, so that the next Tab after pressing one leads into it. The slot is always there: a challenge that
 * passes by itself still needs a place to run in.
 */
export function challengeSlot(isShown: boolean, words: Messages): TemplateResult {
  return html`<div class=${isShown ? 'shown' : ''} part="challenge">
    ${isShown ? html`<div class="challenge-hint" part="challenge-hint">${shownText(words.challenge)}</div>` : nothing}
    <slot name="challenge"></slot>
  </div>`;
}
