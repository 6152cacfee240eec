import { css } from 'lit';

/** The main button, which is there from the first paint. */
export const mainButtonStyles = css`
  button {
    display: inline-grid;
    place-content: center;
    min-inline-size: var(--_target);
    min-block-size: var(--_control);
    margin: 0;
    padding: 0.375rem calc(var(--_space) * 2);
    border: 1px solid transparent;
    border-radius: var(--_radius);
    font: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
    /* English on a right-to-left page keeps its full stop at its end. */
    unicode-bidi: plaintext;
    cursor: pointer;
  }

  button:focus-visible {
    outline: 2px solid var(--_ring);
    outline-offset: 2px;
  }

  .label {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.625em;
  }

  .main {
    margin-block-start: var(--_space);
    /* As high as a field, whose border goes around its control. */
    min-block-size: calc(var(--_control) + 2px);
    border-color: var(--_ring);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }

  [aria-disabled='true'],
  button:disabled {
    cursor: default;
  }

  /* Still to be read: the label may be a countdown. */
  .main:is([aria-disabled='true'], :disabled):not([part~='busy']) {
    border-color: transparent;
    background: none;
    background: color-mix(in srgb, var(--_accent) 16%, transparent);
    color: inherit;
  }

  :host(:disabled) .main {
    color: var(--_muted);
  }

  [part~='busy'] {
    cursor: progress;
  }

  .spinner {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid transparent;
    border-color: color-mix(in srgb, currentColor 30%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }

  @media (forced-colors: active) {
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

/** The lesser buttons, which look like links and stand in a row. */
export const sideButtonStyles = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    column-gap: calc(var(--_space) * 2);
    font-size: var(--_small-text);
    font-variant-numeric: tabular-nums;
  }

  .line {
    display: flex;
    flex: 1 1 auto;
    column-gap: calc(var(--_space) * 2);
  }

  .line > .side {
    max-inline-size: calc(50% - var(--_space));
  }

  .line .room {
    flex: 1;
    grid-template-columns: auto auto 1fr;
    align-items: center;
    column-gap: calc(var(--_space) * 0.75);
    min-block-size: var(--_control);
  }

  /* With large text on a narrow page there is no room for two in a line. */
  @container (inline-size < 14em) {
    .line,
    .ended {
      flex-wrap: wrap !important;
    }

    .line > * {
      flex-basis: 100% !important;
      max-inline-size: none !important;
    }

    .renewal {
      flex-basis: 100% !important;
    }

    span.main {
      display: none !important;
    }
  }

  .line .room > .copy {
    padding-block: 0.375rem;
  }

  .line .room > .copy + .copy {
    grid-column: 2;
  }

  .line .room > .copy + .copy + .copy {
    grid-column: 1 / -1;
  }

  .side > .label {
    justify-content: start;
  }

  .timer {
    color: var(--_muted);
  }

  .line .room > .timer {
    grid-column: 1 / -1;
  }

  .line .room > .side + .timer {
    grid-column: 2;
  }

  .side {
    justify-content: start;
    padding-inline: 0;
    border: 0;
    background: none;
    color: var(--_ink);
    text-align: start;
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }

  .side:is(:hover, :active) {
    text-decoration-color: currentColor;
  }

  .side[aria-disabled='true'],
  .side:disabled {
    color: var(--_muted);
    text-decoration: none;
  }
`;
