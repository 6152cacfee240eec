import { css } from 'lit';

/**
 * Text takes the page's colour and the surfaces are clear unless a token says otherwise, so the element fits a page
 * of any colour. Light is told from dark by the page's `color-scheme`.
 */
export const tokens = css`
  :host {
    --_accent: var(--mitto-accent, light-dark(#1d4fd7, #3c67f2));
    --_on-accent: var(--mitto-on-accent, #fff);
    --_ink: var(--_accent);
    --_muted: var(--mitto-muted, color-mix(in srgb, currentColor 74%, transparent));
    --_surface: var(--mitto-surface, transparent);
    --_border: var(--mitto-border, color-mix(in srgb, currentColor 56%, transparent));
    --_error: var(--mitto-error, light-dark(#b3261e, #ffb1a8));
    --_success: var(--mitto-success, light-dark(#136c3a, #82dba5));
    --_radius: var(--mitto-radius, 0.625rem);
    --_space: var(--mitto-space, 0.5rem);
    --_control: max(var(--mitto-control, 2.75rem), 24px);
    --_input-text: 1em;
    --_small-text: max(0.875em, 0.75rem);

    display: block;
    max-inline-size: 26rem;
    color: var(--mitto-text, inherit);
    font-family: var(--mitto-font, inherit);
    line-height: 1.45;
    text-align: start;
  }

  /* What the rules above only hope for: contrast, whatever colours the site chose for its text and for the accent. */
  @supports (color: oklch(from currentColor l c h)) {
    :host {
      /* White where it reads better on the accent than black, by the luminance of WCAG; they are equal at 0.18. */
      --_white: clamp(0, (0.18 - y) * 1e6, 1);
      --_on-accent: var(
        --mitto-on-accent,
        color(from var(--_accent) xyz-d65 calc(0.95 * var(--_white)) var(--_white) calc(1.09 * var(--_white)))
      );
      /* The accent as text, and as a ring on the page. */
      --_ink: light-dark(
        oklch(from var(--_accent) min(l, 0.48) c h),
        oklch(from var(--_accent) max(l, 0.78) c h)
      );
      --_muted: var(
        --mitto-muted,
        light-dark(oklch(from currentColor max(l, 0.48) c h), oklch(from currentColor min(l, 0.77) c h))
      );
      --_border: var(
        --mitto-border,
        light-dark(oklch(from currentColor max(l, 0.57) c h), oklch(from currentColor min(l, 0.64) c h))
      );
    }
  }

  /* For a finger. And iOS zooms the page at an input whose text is smaller than 16 px. */
  @media (any-pointer: coarse) {
    :host {
      --_control: max(var(--mitto-control, 2.75rem), 44px);
      --_input-text: max(1em, 16px);
    }
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
    font-size: var(--_small-text);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  /* Until the language is there: English would flash by, and without a text the room for it would be missing. */
  .wordless .main,
  .wordless ::slotted([id^='mitto-otp-']:not(input)) {
    -webkit-text-fill-color: transparent !important;
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

  ::slotted([slot='consent']),
  ::slotted([slot='help']) {
    margin: 0;
    color: var(--_muted);
    font-size: var(--_small-text);
  }

  /* Lines break between phrases and not within a word, where the browser knows how. */
  .base:lang(ja) {
    word-break: auto-phrase;
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
