/**
 * What follows the first drawing of the loaded element, in a file of its own so that no gesture waits for it: colours
 * for the ground of the page, how things move and how the end looks, and what the page and its developer are told.
 */

import type { FormControl } from '../base/validation-bubble-controller.ts';
import { observePageLanguage } from '../i18n/observe-page-language.ts';
import { ReadableColours } from '../styles/readable-colours.ts';

export { checkAttributes } from '../diagnostics/attribute-check.ts';

export function finish(element: FormControl): void {
  new ReadableColours(element);
  observePageLanguage();
}
