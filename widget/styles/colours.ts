import { css } from 'lit';

/** What the first paint has no use for. */
export const colourStyles = css`
  @supports (color: oklch(from currentColor l c h)) {
    :host {
      /*
       * The accent as text. A relative colour has one origin and this needs two, so the accent is a quarter of a mix
       * with black or white, which says what the page's text is like, and is multiplied out of it again.
       */
      --_side: clamp(0, (l - 0.5) * 1e4, 1);
      --_ink: oklch(
        from color-mix(in oklab, var(--_accent) 25%, oklch(from currentColor var(--_light) 0 0))
          clamp(0.78 * var(--_side), l * 4 - 3 * var(--_side), 0.48 + 0.52 * var(--_side)) calc(c * 4) h
      );
      --_error: var(
        --mitto-error,
        oklch(from currentColor calc(0.47 + 0.38 * var(--_light)) calc(0.17 - 0.08 * var(--_light)) 27)
      );
      --_success: var(
        --mitto-success,
        oklch(from currentColor calc(0.45 + 0.4 * var(--_light)) 0.11 155)
      );
    }

    .main {
      /* Away from its own text, which so reads better and never worse. */
      --_press: oklch(from var(--_on-accent) calc(1 - l) 0 h);
    }

    /* A touch leaves its hover behind. */
    @media (hover: hover) {
      .main:hover {
        background: color-mix(in oklab, var(--_accent), var(--_press) 12%);
      }
    }

    .main:active {
      background: color-mix(in oklab, var(--_accent), var(--_press) 22%);
    }

    .check path {
      stroke: color(from var(--_success) xyz-d65 var(--_white) var(--_white) var(--_white));
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: currentColor;
      --_border: currentColor;
    }
  }

  @media (prefers-contrast: more) {
    .field,
    .cell {
      box-shadow: inset 0 0 0 1px var(--_border);
    }
  }
`;
