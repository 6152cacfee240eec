import { css } from 'lit';

/**
 * Whatever a page's rules for `input` say, `!important` or not, outranks `::slotted`, but for what is
 * `!important` here: of such rules those of the inner tree win. So all is taken back to what the browser says, and
 * set anew. How the inputs look is said by their boxes, which are parts.
 */
export const inputStyles = css`
  ::slotted(input) {
    all: revert !important;
    display: block !important;
    box-sizing: border-box !important;
    min-inline-size: 0 !important;
    margin: 0 !important;
    padding: 0 !important;
    border: 0 !important;
    border-radius: 0 !important;
    background: none !important;
    outline: none !important;
    color: inherit !important;
    caret-color: var(--_ink) !important;
    font: inherit !important;
    /* iOS zooms the page at an input whose text is smaller. */
    font-size: max(1em, 16px) !important;
    line-height: normal !important;
    text-align: start !important;
    /* "all" says nothing of it. */
    direction: ltr !important;
    appearance: none !important;
  }

  /* Browsers paint what they filled; their rule cannot be overruled, but it can be kept waiting. */
  ::slotted(input:is(:autofill, :-webkit-autofill)) {
    transition: background-color 0s 100000s !important;
    -webkit-text-fill-color: currentColor !important;
  }

  ::slotted(input[slot='phone']) {
    flex: 1 1 8em !important;
    inline-size: 0 !important;
    min-block-size: var(--_control) !important;
    padding: 0 calc(var(--_space) * 1.5) !important;
  }

  /* An example looks different from a typed number. Of an empty field, because WebKit knows no slotted placeholder. */
  ::slotted(input[slot='phone']:placeholder-shown) {
    -webkit-text-fill-color: var(--_muted) !important;
  }

  ::slotted(input:disabled) {
    cursor: not-allowed !important;
    opacity: 0.6 !important;
  }
`;
