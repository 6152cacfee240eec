import { css } from 'lit';

/**
 * Text takes the page's colour and the surfaces are clear unless a token says otherwise, so the element fits a page
 * of any colour; only accent, error and success need to know light from dark, by the page's `color-scheme`.
 */
export const tokens = css`
  :host {
    --_accent: var(--mitto-accent, light-dark(#1d4fd7, #9dbdff));
    --_on-accent: var(--mitto-on-accent, light-dark(#fff, #0a1430));
    --_muted: var(--mitto-muted, color-mix(in srgb, currentColor 74%, transparent));
    --_surface: var(--mitto-surface, transparent);
    --_border: var(--mitto-border, color-mix(in srgb, currentColor 56%, transparent));
    --_error: var(--mitto-error, light-dark(#b3261e, #ffb1a8));
    --_success: var(--mitto-success, light-dark(#136c3a, #82dba5));
    --_radius: var(--mitto-radius, 0.625rem);
    --_space: var(--mitto-space, 0.5rem);
    --_control: max(2.75rem, 44px);

    display: block;
    max-inline-size: 26rem;
    color: var(--mitto-text, inherit);
    font-family: var(--mitto-font, inherit);
    line-height: 1.45;
    text-align: start;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::slotted(*) {
    box-sizing: border-box;
  }
`;

export const layout = css`
  .step {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    container-type: inline-size;
  }

  ::slotted(label) {
    display: block;
    margin: 0;
    font-weight: 600;
  }

  ::slotted([slot$='-hint']),
  ::slotted([slot$='-error']) {
    font-size: 0.9375em;
    overflow-wrap: anywhere;
    /* English on a right-to-left page, until the page's language is there: in its own order, on the page's side. */
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  ::slotted([slot$='-hint']) {
    color: var(--_muted);
  }

  ::slotted([slot$='-error']) {
    color: var(--_error);
  }

  /* Hint and error take turns, and the empty one takes no gap. */
  ::slotted([slot$='-hint']:empty),
  ::slotted([slot$='-error']:empty) {
    display: none !important;
  }

  .status {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
