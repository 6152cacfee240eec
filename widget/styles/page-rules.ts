import { css } from 'lit';

/**
 * A page's rules for its own forms, as a label that floats over its input, reach the texts of the element too, and
 * only what is `!important` here outranks them. A text with a class or a style is the page's, who may hide it in a way
 * of its own.
 */
export const pageRuleStyles = css`
  ::slotted(input)::placeholder {
    color: var(--_muted) !important;
    -webkit-text-fill-color: currentColor !important;
    opacity: 1 !important;
  }

  ::slotted(:is([slot$='-label'], [slot$='-hint'], [slot$='-error']):not([class], [style], [hidden], :empty)) {
    display: block !important;
    position: static !important;
    float: none !important;
    order: 0 !important;
    align-self: auto !important;
    justify-self: auto !important;
    zoom: 1 !important;
    inline-size: auto !important;
    min-inline-size: 0 !important;
    max-inline-size: none !important;
    block-size: auto !important;
    min-block-size: 0 !important;
    max-block-size: none !important;
    margin: 0 !important;
    padding: 0 !important;
    overflow: visible !important;
    visibility: inherit !important;
    opacity: 1 !important;
    transform: none !important;
    translate: none !important;
    scale: none !important;
    rotate: none !important;
    filter: none !important;
    clip: auto !important;
    clip-path: none !important;
    direction: inherit !important;
    writing-mode: inherit !important;
    text-indent: 0 !important;
    white-space: normal !important;
  }
`;
