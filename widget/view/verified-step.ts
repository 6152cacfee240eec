import { html, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/messages.ts';
import { actionButton } from './button.ts';
import { roomFor } from './room.ts';

export interface VerifiedView {
  words: Messages;
  /** Whether the visitor waits for the renewal of the proof. */
  busy: boolean;
  blocked: boolean;
  disabled: boolean;
  onChangeNumber(): void;
  /** Where the proof has expired: gets another. */
  onRenew: (() => void) | null;
}

/** Below a number that is confirmed, or was. */
export function verifiedActions(view: VerifiedView): TemplateResult {
  const { words, busy, blocked, disabled, onRenew } = view;
  return html`<div class="actions ended" part="actions">
    ${actionButton({
      part: 'change-number',
      kind: 'side',
      label: words.changeNumber,
      disabled,
      act: view.onChangeNumber,
    })}
    <div class="renewal" part="renew-field">
      ${
        onRenew
          ? actionButton({
              part: 'renew',
              kind: 'main',
              label: words.renew,
              busy,
              blocked,
              disabled,
              act: onRenew,
            })
          : html`<span class="main" part="room">${roomFor([words.renew])}</span>`
      }
    </div>
  </div>`;
}

export function checkMark(): TemplateResult {
  return html`<svg class="check" viewBox="0 0 24 24" part="check" aria-hidden="true">
    <circle cx="12" cy="12" r="11" />
    <path d="m7 12.5 3.5 3.5 6.5-7.5" />
  </svg>`;
}
