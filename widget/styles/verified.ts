import { css } from 'lit';

/** The number that is confirmed. */
export const verifiedStyles = css`
  .field.confirmed {
    position: relative;
    /*
     * The longest numbers are in full view beside the check mark, where large text in a wide font meets a narrow page:
     * 15 digits and 4 spaces are under 12 em of Verdana, and the mark takes 1.5.
     */
    font-size: min(1em, (100cqi - var(--_space) * 3.75) / 13.5);
    --_ink: var(--_success);
    border-color: var(--_success);
    background: color-mix(in srgb, var(--_success) 6%, var(--_surface));
  }

  :host(:state(verified)) ::slotted([slot='phone-hint']) {
    color: var(--_success);
  }

  /* There is nothing to choose any more. */
  :host(:state(verified)) .chevron {
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
    stroke: light-dark(#fff, #06210f);
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
