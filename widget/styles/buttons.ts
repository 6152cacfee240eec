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
`;
