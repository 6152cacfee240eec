import { css } from 'lit';

/** What stands in the place of the country, once the countries are known. */
export const countryFaceStyles = css`
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

  @container (inline-size < 16em) {
    .face {
      justify-content: start;
      padding-inline: calc(var(--_space) * 1.5);
    }
  }

  .face b {
    font-weight: 600;
  }

  /* Over the face, with clear letters: its own text, the whole name of the country, has no room there. */
  .picker {
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

  .picker:focus-visible {
    outline: 2px solid var(--_ring);
    outline-offset: -5px;
  }

  .picker:disabled {
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

  @media (forced-colors: active) {
    .picker:focus-visible {
      outline-color: Highlight;
    }
  }
`;
