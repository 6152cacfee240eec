import { css } from 'lit';

export const phoneStyles = css`
  .field {
    display: flex;
    flex-wrap: wrap;
    align-items: stretch;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    /* A whole number is in view where large text meets a narrow page. */
    font-size: min(1em, 7cqi);
  }

  .field:focus-within {
    border-color: var(--_ink);
    outline: 2px solid var(--_ink);
    outline-offset: -1px;
    box-shadow: 0 0 0 4px color-mix(in srgb, var(--_ink) 18%, transparent);
  }

  .field.wrong {
    --_ink: var(--_error);
    border-color: var(--_error);
    background: color-mix(in srgb, var(--_tint, var(--_error)) 5%, var(--_surface));
  }

  :host(:disabled) .field {
    border-color: color-mix(in srgb, currentColor 30%, transparent);
    background: color-mix(in srgb, currentColor 5%, var(--_surface));
  }

  :host(:disabled) .country {
    opacity: 0.6;
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

  /* With large text on a narrow page the number goes below its country. */
  @container (inline-size < 16em) {
    .country {
      flex: 1 0 100%;
      border-inline-end: 0;
    }
  }
`;
