import { css } from 'lit';

/** What moves says something: a step has come, the code was refused, the number is confirmed. */
export const motionStyles = css`
  @media (prefers-reduced-motion: no-preference) {
    .field,
    .cell,
    button {
      transition-duration: 0.12s;
      transition-property: border-color, background-color, text-decoration-color, box-shadow;
    }

    .at-code [part='code-step'],
    .at-verified [part='phone-step'] {
      animation: come 0.18s ease-out;
    }

    .code.wrong .row {
      animation: refuse 0.3s ease-in-out;
    }

    .check path {
      stroke-dasharray: 16;
      animation: draw 0.3s 0.08s ease-out backwards;
    }
  }

  @keyframes come {
    from {
      opacity: 0;
      translate: 0 0.25rem;
    }
  }

  @keyframes refuse {
    20%,
    60% {
      translate: -0.25rem;
    }

    40%,
    80% {
      translate: 0.25rem;
    }
  }

  @keyframes draw {
    from {
      stroke-dashoffset: 16;
    }
  }
`;
