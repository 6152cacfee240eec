import { css } from 'lit';

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

  /* It breaks the lines that there are, and takes none of its own. */
  .line .room ::slotted(*) {
    grid-column: 1 / -1;
    inline-size: 0;
    min-inline-size: 100%;
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

  /* One with the error above it, whose way out it is. */
  [part~='suggestion'] {
    margin-block: calc(var(--_space) * -0.75) calc(var(--_space) * -0.25);
    font-size: var(--_small-text);
  }

  .side[aria-disabled='true'],
  .side:disabled {
    color: var(--_muted);
    text-decoration: none;
  }
`;
