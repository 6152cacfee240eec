import { layout, tokens } from './styles/base.ts';
import { mainButtonStyles } from './styles/buttons.ts';
import { inputStyles } from './styles/inputs.ts';
import { phoneStyles } from './styles/phone.ts';

/** What the first paint needs, in the order in which they override each other. */
export const mittoOtpStyles = [tokens, layout, inputStyles, phoneStyles, mainButtonStyles];
