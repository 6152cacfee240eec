import { css } from 'lit';

/**
 * One input over painted cells. The text is spread by letter-spacing to one digit a cell. Sizes are worked out on the
 * row and handed down by inheritance, because units of the container mean nothing sure on a slotted element.
 */
export const codeStyles = css`
  /*
   * The code step lies under the step that asks for it, unseen, from the gesture that asks: what stands below then moves
   * with the gesture, and not when an answer comes.
   */
  .base {
    /* In a line, because no line is broken between two columns of a page. */
    display: inline-grid;
    grid-template: 1fr auto / minmax(0, 1fr);
    inline-size: 100%;
    vertical-align: top;
  }

  .step {
    grid-area: 1 / 1;
  }

  [part='challenge'] {
    grid-area: 2 / 1;
    inline-size: 0;
    min-inline-size: 100%;
    /* Not empty at the end of a column of text: it would go into the next one. */
    margin-block-start: -1px;
    padding-block-start: 1px;
  }

  .unseen {
    grid-area: 1 / 1 / 3;
    visibility: hidden;
  }

  /* A place for what comes and goes, as large as the texts that may take turns in it. */
  .room {
    display: grid;
    align-items: center;
    text-wrap: pretty;
  }

  .copy::before {
    content: attr(data-room);
    visibility: hidden;
  }

  .room > *,
  .room ::slotted(*),
  button > * {
    grid-area: 1 / 1;
  }

  /* In the middle between what is above and below, so that a text of fewer lines leaves no hole on one side. */
  .message {
    min-block-size: calc(1.45em + var(--_space));
    margin-block-end: calc(var(--_space) * -1);
    padding-block: calc(var(--_space) / 2);
  }

  .message .copy {
    overflow-wrap: anywhere;
    font-size: var(--_small-text);
  }

  /* The longest text takes the most lines here, and the shortest still fills its room. */
  @container (inline-size < 20em) {
    .message {
      margin-block-end: calc(var(--_space) * -1.25);
      padding-block: 0;
      line-height: 1.25;
    }

    /* Here the code step has the most lines over this one, so they are shared out among three gaps. */
    .sought::before {
      content: '';
      margin-block: auto calc(var(--_space) * -1);
    }
  }

  /* Beside the ring that turns. */
  button.main > .copy {
    padding-inline-start: 1.625em;
  }

  /* What the code step has over this one is in the two gaps that are away from the message, which has room of its own. */
  .sought > .field {
    margin-block-start: auto;
  }

  .sought > .main {
    margin-block-end: auto;
  }

  .kept .message {
    flex: 1;
  }

  /* Where the country has a line of its own, that takes the place of one of the actions. */
  @container (inline-size < 16em) {
    .sought .actions > .side,
    .sought .line:first-child {
      display: none;
    }
  }

  /* Of the slot, which the hint inherits: a rule for the hint itself would meet those that hold against the page's. */
  .taken slot[name='code-hint'] {
    visibility: hidden;
  }

  .code {
    container-type: inline-size;
  }

  .row {
    --_n: 6;
    /* For browsers without container queries (Chromium before 105): as wide as there is always room for. */
    --_split: 0px;
    --_gap: 0.25rem;
    --_pitch: min(3rem, (min(15rem, 75vw) + var(--_gap) - var(--_split)) / var(--_n));
    --_cell: calc(var(--_pitch) - var(--_gap));

    position: relative;
    inline-size: calc(var(--_pitch) * var(--_n) - var(--_gap) + var(--_split));
    block-size: calc(var(--_control) + 0.25rem);
    font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', Menlo, Consolas, monospace;
    font-size: max(16px, min(1.5rem, var(--_pitch) * 0.55));
    /* The gap between two groups is shared out among the digits, so that none stands far from the middle of its cell. */
    letter-spacing: calc(var(--_pitch) + var(--_split) * var(--_share, 0) - 1ch);
    text-indent: calc((var(--_cell) - 1ch) / 2 - var(--_split) * var(--_shift, 0));
  }

  .row[data-length='6'],
  .row[data-length='8'] {
    --_split: var(--mitto-group-gap, 0px);
    --_share: 0.3333;
    --_shift: 0.3333;
  }

  @supports (inline-size: 1cqi) {
    .row {
      --_gap: min(0.5rem, 1.75cqi);
      --_pitch: min(4.5rem, (100cqi + var(--_gap) - var(--_split)) / var(--_n));
    }
  }

  .row[data-length='4'] {
    --_n: 4;
  }

  .row[data-length='5'] {
    --_n: 5;
  }

  .row[data-length='7'] {
    --_n: 7;
  }

  .row[data-length='8'] {
    --_n: 8;
    --_share: 0.25;
    --_shift: 0.375;
  }

  .row[data-length='9'] {
    --_n: 9;
  }

  .row[data-length='10'] {
    --_n: 10;
  }

  .cells,
  .entry {
    position: absolute;
    inset: 0;
  }

  .cells,
  .group {
    display: flex;
  }

  .cells {
    gap: var(--_split);
  }

  .cell {
    inline-size: var(--_cell);
    flex: none;
    margin-inline-end: var(--_gap);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .group:last-child > .cell:last-child {
    margin-inline-end: 0;
  }

  .cell.active {
    border-color: var(--_ink);
    outline: 2px solid var(--_ink);
    outline-offset: -1px;
    box-shadow: 0 0 0 4px color-mix(in srgb, var(--_ink) 18%, transparent);
  }

  .code.wrong {
    --_ink: var(--_error);
  }

  .wrong .cell {
    border-color: var(--_error);
    background: color-mix(in srgb, var(--_tint, var(--_error)) 5%, var(--_surface));
  }

  :host(:disabled) .cell {
    border-color: color-mix(in srgb, currentColor 30%, transparent);
    background: color-mix(in srgb, currentColor 5%, var(--_surface));
  }

  .entry {
    overflow: clip;
  }

  /* The cells show what is selected. Inherited by the input in Chromium; the others paint theirs, too. */
  .entry::selection {
    background: transparent;
    color: inherit;
  }

  /*
   * Wider than the row, or the caret after the last digit would scroll the digits out of their cells. And there is room
   * for the button that a password manager lays over the end of an input.
   */
  .entry slot {
    display: block;
    inline-size: calc(100% + max(3.5rem, 56px));
    block-size: 100%;
  }

  ::slotted(input[slot='code']) {
    inline-size: 100% !important;
    block-size: 100% !important;
    font-size: inherit !important;
    letter-spacing: inherit !important;
    text-indent: inherit !important;
  }

  .help {
    color: var(--_muted);
    font-size: var(--_small-text);
  }

  @media (forced-colors: active) {
    .wrong .cell:not(.active) {
      outline: 1px solid;
    }

    .cell.active {
      outline-color: Highlight;
    }

    /* The plate that is laid behind forced text would cut through the cells. */
    ::slotted(input[slot='code']) {
      forced-color-adjust: none !important;
      color: CanvasText !important;
    }
  }
`;
