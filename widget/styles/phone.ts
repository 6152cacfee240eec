import { css } from 'lit';

export const phoneStyles = css`
  .field {
    display: flex;
    flex-wrap: wrap;
    align-items: stretch;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .field:focus-within {
    border-color: var(--_accent);
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
  }

  .field.wrong {
    --_accent: var(--_error);
    border-color: var(--_error);
  }

  .field.confirmed {
    --_accent: var(--_success);
    border-color: var(--_success);
  }

  .country {
    position: relative;
    display: flex;
    min-inline-size: 6.75em;
    min-block-size: var(--_control);
    border-inline-end: 1px solid color-mix(in srgb, currentColor 22%, transparent);
    border-start-start-radius: inherit;
    border-end-start-radius: inherit;
  }

  .face {
    display: flex;
    flex: 1;
    align-items: center;
    justify-content: center;
    gap: 0.375em;
    padding-inline: calc(var(--_space) * 1.25);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  /* With large text on a narrow page the number goes below its country. */
  @container (inline-size < 16em) {
    .country {
      flex: 1 0 100%;
      border-inline-end: 0;
    }

    .face {
      justify-content: start;
    }
  }

  .face b {
    font-weight: 600;
  }

  /* Over the face, with clear letters: its own text, the whole name of the country, has no room there. */
  select {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: inherit;
    background: none;
    color: transparent;
    font: inherit;
    font-size: max(1em, 16px);
    appearance: none;
    cursor: pointer;
    /* Forced colours would paint the letters again. */
    forced-color-adjust: none;
  }

  select:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -5px;
  }

  select:disabled {
    cursor: default;
  }

  option {
    background: Canvas;
    color: CanvasText;
  }

  svg {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
  }

  .chevron {
    inline-size: 0.75em;
    block-size: 0.75em;
  }

  .check {
    align-self: center;
    inline-size: 1.5em;
    block-size: 1.5em;
    margin-inline-end: calc(var(--_space) * 1.25);
    stroke: none;
    fill: var(--_success);
  }

  .check path {
    fill: none;
    stroke: light-dark(#fff, #06210f);
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  @media (forced-colors: active) {
    .field:focus-within,
    select:focus-visible {
      outline-color: Highlight;
    }
  }
`;
