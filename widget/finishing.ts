/**
 * What follows the first drawing of the loaded element, in a file of its own so that no gesture waits for it: colours
 * for the ground of the page, how things move and how the end looks, and what the page and its developer are told.
 */
import { followPageLanguage } from './page-language.ts';
import { ReadableColours } from './readable-colours.ts';
import type { FormControl } from './submit-watch.ts';

export { checkAttributes } from './attribute-check.ts';

export function finish(element: FormControl): void {
  new ReadableColours(element);
  followPageLanguage();
}
