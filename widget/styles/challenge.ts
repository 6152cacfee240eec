import { css } from 'lit';

export const challengeStyles = css`
  .challenge-hint {
    margin-block: var(--_space) calc(var(--_space) / 2);
  }

  /* The height of what will be drawn, so that it is scrolled into view whole. */
  .shown ::slotted([slot='challenge']) {
    min-block-size: 65px;
  }
`;
