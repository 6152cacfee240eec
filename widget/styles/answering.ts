import { css } from 'lit';

/** How the first step answers a pointer and forced colours, which are no part of its first paint. */
export const answeringStyles = css`
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

  [part~='busy'] {
    cursor: progress;
  }

  @media (forced-colors: active) {
    /* Red says nothing here: a thicker edge does. */
    .field.wrong:not(:focus-within) {
      outline: 1px solid;
    }

    .field:focus-within {
      outline-color: Highlight;
    }

    button {
      border-color: ButtonText;
    }

    .spinner {
      border-color: GrayText;
      border-block-start-color: Highlight;
    }

    button:is(.main, .side):is([aria-disabled='true'], :disabled):not([part~='busy']) {
      color: GrayText;
      border-color: GrayText;
    }

    button:focus-visible {
      outline-color: Highlight;
    }
  }
`;
