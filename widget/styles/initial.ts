import { layout, tokens } from './base.ts';
import { mainButtonStyles } from './buttons.ts';
import { inputStyles } from './inputs.ts';
import { phoneStyles } from './phone.ts';

/** What the first paint needs, in the order in which they override each other. */
export const initialStyles = [tokens, layout, inputStyles, phoneStyles, mainButtonStyles];
