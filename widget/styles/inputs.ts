import { css } from 'lit';

/**
 * The page's own rule for \`input\` outranks \`::slotted\`; what keeps the inputs inside their boxes is therefore
 * \`!important\`, which outranks it in turn. How they look is said by the boxes, which are parts.
 */
export const inputStyles = css`
  ::slotted(input) {
    margin: 0 !important;
    border: 0 !important;
    border-radius: 0 !important;
    background: none !important;
    box-shadow: none !important;
    outline: none !important;
    color: inherit !important;
    caret-color: var(--_ink);
    line-height: normal !important;
    font-size: var(--_input-text) !important;
    appearance: none;
  }

  /* Browsers paint what they filled; their rule cannot be overruled, but it can be kept waiting. */
  ::slotted(input:autofill) {
    transition: background-color 0s 100000s !important;
    -webkit-text-fill-color: currentColor !important;
  }

  ::slotted(input[slot='phone']) {
    flex: 1 1 8em;
    inline-size: 0 !important;
    min-block-size: var(--_control);
    min-inline-size: 0 !important;
    max-inline-size: none !important;
    block-size: auto !important;
    padding: 0 calc(var(--_space) * 1.5) !important;
    font-family: inherit !important;
    text-align: start !important;
  }

  /* Told from a number that was typed. */
  ::slotted(input[slot='phone'])::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  ::slotted(input:disabled) {
    cursor: not-allowed;
    opacity: 0.6;
  }
`;
