import { layout, tokens } from './styles/base.ts';
import { buttonStyles } from './styles/buttons.ts';
import { challengeStyles } from './styles/challenge.ts';
import { codeStyles } from './styles/code.ts';
import { inputStyles } from './styles/inputs.ts';
import { phoneStyles } from './styles/phone.ts';

/** In the order in which they override each other. */
export const mittoOtpStyles = [
  tokens,
  layout,
  inputStyles,
  phoneStyles,
  codeStyles,
  challengeStyles,
  buttonStyles,
];
