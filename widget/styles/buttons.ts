import { css } from 'lit';

export const buttonStyles = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.625em;
    min-block-size: var(--_control);
    margin: 0;
    padding: 0.375rem calc(var(--_space) * 2);
    border: 1px solid transparent;
    border-radius: var(--_radius);
    font: inherit;
    cursor: pointer;
  }

  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .main {
    margin-block-start: calc(var(--_space) / 2);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }

  .main:hover {
    background: color-mix(in srgb, var(--_accent) 90%, currentColor);
  }

  .side {
    padding-inline: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }

  .side:hover {
    text-decoration-thickness: 2px;
  }

  [aria-disabled='true'],
  button:disabled {
    cursor: default;
  }

  /* Still to be read: the label may be a countdown. */
  .main:is([aria-disabled='true'], :disabled):not([part~='busy']) {
    background: color-mix(in srgb, var(--_accent) 16%, transparent);
    color: inherit;
  }

  .side[aria-disabled='true'],
  .side:disabled {
    color: var(--_muted);
    text-decoration: none;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    column-gap: calc(var(--_space) * 3);
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }

  .spinner {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
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

    [aria-disabled='true'],
    button:disabled {
      color: GrayText;
      border-color: GrayText;
    }

    button:focus-visible {
      outline-color: Highlight;
    }
  }
`;
