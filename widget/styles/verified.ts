import { css } from 'lit';

/** The number that is confirmed. */
export const verifiedStyles = css`
  .field.confirmed {
    position: relative;
    --_ink: var(--_success);
    border-color: var(--_success);
    background: color-mix(in srgb, var(--_success) 6%, var(--_surface));
  }

  .at-verified ::slotted([slot='phone-hint']) {
    color: var(--_success);
  }

  /* The number is as right as it was, so nothing turns red. */
  .expired ~ ::slotted([slot='phone-error']) {
    color: inherit;
  }

  /* There is nothing to choose any more. */
  .at-verified .chevron {
    display: none;
  }

  /* The number says it itself. */
  .confirmed .country:empty {
    display: none;
  }

  .confirmed ::slotted(input[slot='phone']) {
    padding-inline-end: calc(1.5em + var(--_space) * 2) !important;
  }

  .check {
    position: absolute;
    inset-block-start: calc((var(--_control) - 1.5em) / 2);
    inset-inline-end: calc(var(--_space) * 1.25);
    inline-size: 1.5em;
    block-size: 1.5em;
    stroke: none;
    fill: var(--_success);
  }

  .check path {
    fill: none;
    stroke: #fff;
    stroke: color(from var(--_success) xyz-d65 var(--_white) var(--_white) var(--_white));
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  /* As high as the button that comes there when the proof expires. */
  .renewal {
    min-block-size: calc(var(--_space) + var(--_control) + 2px);
  }

  /* The number goes below its country before it has too little room beside it. */
  @container (inline-size < 20em) {
    .confirmed .country {
      flex: 1 0 100%;
      border-inline-end: 0;
    }

    .confirmed .face {
      justify-content: start;
      padding-inline: calc(var(--_space) * 1.5);
    }
  }

  @media (forced-colors: active) {
    .check {
      fill: CanvasText;
    }

    .check path {
      stroke: Canvas;
    }
  }
`;
