import { css } from 'lit';

/**
 * Text takes the page's colour and the surfaces are clear unless a token says otherwise, so the element fits a page
 * of any colour. Whether the page is light or dark is told by its text colour: it may be dark without a `color-scheme`.
 * What a browser from before 2024 makes of the first rule alone is brought to contrast by `readable-colours.ts`.
 */
export const tokens = css`
  :host {
    --_accent: var(--mitto-accent, #3662ec);
    --_on-accent: var(--mitto-on-accent, #fff);
    --_ink: var(--_accent);
    --_ring: var(--_accent);
    --_muted: var(--mitto-muted, currentColor);
    --_surface: var(--mitto-surface, transparent);
    --_border: var(--mitto-border, currentColor);
    --_error: var(--mitto-error, #b3261e);
    --_success: var(--mitto-success, #136c3a);
    --_space: var(--mitto-space, 0.5rem);
    /* In pixels, too: many sites make the rem smaller and their text not. */
    --_target: 24px;
    --_control: max(var(--mitto-control, max(2.75rem, 44px)), var(--_target));
    /* A pill keeps its shape, and a box of more than one line becomes none. */
    --_radius: min(var(--mitto-radius, 0.625rem), var(--_control) / 2 + 1px);
    --_small-text: max(0.875em, 0.75rem);

    display: block;
    min-inline-size: 0;
    max-inline-size: max(26rem, min(26em, 416px));
    break-inside: avoid;
    line-height: 1.45;
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
      /* Whether the text is light, so the page dark: 0 or 1. */
      --_light: clamp(0, (l - 0.57) * 1e4, 1);
      /* On a button, whose own text has another colour, only the scheme tells. */
      --_ring: light-dark(
        oklch(from var(--_accent) min(l, 0.48) c h),
        oklch(from var(--_accent) max(l, 0.78) c h)
      );
      --_muted: var(
        --mitto-muted,
        oklch(from currentColor clamp(0.46 - 0.46 * var(--_light), l, 1 - 0.2 * var(--_light)) c h)
      );
      --_border: var(
        --mitto-border,
        oklch(from currentColor clamp(0.55 - 0.55 * var(--_light), l, 1 - 0.34 * var(--_light)) c h)
      );
    }
  }

  @media (any-pointer: coarse) {
    :host {
      --_target: 44px;
    }
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::slotted(*) {
    box-sizing: border-box !important;
  }
`;

export const layout = css`
  /* A page's rule for all elements reaches the host and outranks a rule for it here; it does not reach this. */
  .width {
    position: relative;
    color: var(--mitto-text, inherit);
    font-family: var(--mitto-font, inherit);
    text-align: start;
    text-indent: 0;
    white-space: normal;
    writing-mode: horizontal-tb;
  }

  /*
   * The width where a place shrinks to fit, because the containers below have none of their own: 22rem, down to 15rem.
   * An empty row that is as wide, and that nobody sees where there is less room than that.
   */
  .width::before {
    content: '';
    display: grid;
    grid-template-columns: minmax(
      min(max(15rem, 15em), 240px, 75vw),
      min(max(22rem, min(22em, 352px)), 100vw - 32px)
    );
    block-size: 0;
    overflow: hidden;
  }

  .step {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    inline-size: 0;
    min-inline-size: 100%;
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
