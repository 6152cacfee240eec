import { css } from 'lit';

/** How the first step answers a request that is out and forced colours, which are no part of its first paint. */
export const answeringStyles = css`
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
