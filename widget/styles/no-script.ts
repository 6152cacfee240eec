import { css } from 'lit';

/** For what a server draws, where no script will come: nothing is shown that could only be pressed in vain. */
export const noScriptStyles = css`
  @media (scripting: none) {
    .country,
    button {
      display: none;
    }
  }
`;
