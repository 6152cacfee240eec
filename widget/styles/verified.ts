import { css } from 'lit';

/** The number that is confirmed. */
export const verifiedStyles = css`
  .field:is(.confirmed, .expired) {
    /*
     * The longest numbers are in full view beside the check mark, where large text in a wide font meets a narrow page:
     * 15 digits and 4 spaces are under 12 em of Verdana, and the mark takes 1.5.
     */
    font-size: min(1em, (100cqi - var(--_space) * 3.75) / 13.5);
  }

  .field.confirmed {
    position: relative;
    --_ink: var(--_success);
    border-color: var(--_success);
    background: color-mix(in srgb, var(--_tint, var(--_success)) 6%, var(--_surface));
  }

  /* Larger, so that it fills more of the room of the longer sentence that comes when the proof expires. */
  .confirmed ~ .message ::slotted([slot='phone-hint']) {
    color: var(--_success);
    font-size: 1em;
  }

  .field:is(.confirmed, .expired) ~ .message > .copy:first-child {
    font-size: 1em;
  }

  /* The number is as right as it was, so nothing turns red. */
  .expired ~ .message ::slotted([slot='phone-error']) {
    color: inherit;
  }

  /* There is nothing to choose any more. */
  .field:is(.confirmed, .expired) .chevron {
    display: none;
  }

  /* The number says it itself. */
  .confirmed .country:empty,
  .expired .country:empty {
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
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  /* One line, so that the button that comes when the proof expires has its place beside what is there. */
  .ended {
    flex-wrap: nowrap;
    min-block-size: calc(var(--_control) + 2px);
  }

  .renewal {
    display: grid;
    flex: 1;
    font-size: 1rem;
  }

  .renewal > .main {
    margin: 0;
  }

  span.main {
    visibility: hidden;
    padding: 0.375rem calc(var(--_space) * 2);
    border: 1px solid;
    font-weight: 600;
  }

  .kept .message {
    align-items: stretch;
  }

  .kept ::slotted([slot^='phone-']:is([slot$='hint'], [slot$='error'])) {
    display: grid;
    place-content: center;
    padding: calc(var(--_space) / 2) calc(var(--_space) * 1.5) !important;
    border-radius: min(var(--_radius), 1rem);
    background: color-mix(in srgb, var(--_tint, currentColor) 8%, transparent);
    box-shadow: inset 0 0 0 1px color-mix(in srgb, currentColor 22%, transparent);
    text-align: center;
  }

  /* The number goes below its country before it has too little room beside it. */
  @container (inline-size < 20em) {
    .confirmed .country,
    .expired .country {
      flex: 1 0 100%;
      border-inline-end: 0;
    }

    .confirmed .face,
    .expired .face {
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
