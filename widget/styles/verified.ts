import { css } from 'lit';

/** The number that is confirmed. */
export const verifiedStyles = css`
  .field.confirmed {
    position: relative;
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

  /* The number stands below its country: beside that there is room. */
  @container (inline-size < 16em) {
    .check {
      position: absolute;
      inset-block-start: calc((var(--_control) - 1.5em) / 2);
      inset-inline-end: 0;
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
