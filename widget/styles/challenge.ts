import { css } from 'lit';

export const challengeStyles = css`
  .challenge-hint {
    margin-block: calc(var(--_space) * 1.5) var(--_space);
    color: var(--_muted);
    font-size: var(--_small-text);
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  /* The height of what will be drawn, so that it is scrolled into view whole. */
  .shown ::slotted([slot='challenge']) {
    min-block-size: 65px;
  }
`;
