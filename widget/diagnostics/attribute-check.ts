import type { ConfigAnswer } from '../../shared/api/responses.ts';
import type { ReviewedElement } from '../base/reviewed-element.ts';

/** The element's own attributes, those of every element, and those of frameworks, which are written in other ways. */
const EXPECTED =
  /^(?:endpoint|name|required|disabled|country|channel|flow|lang|nonce-value|code-length|autofocus|no-auto-submit|proof-input|form|value|id|class|style|slot|part|exportparts|dir|title|hidden|inert|tabindex|role|translate|is|popover|draggable|spellcheck|defer-hydration)$|^(?:aria|data|on)|[^a-z_-]/;

/** Warns the page's developer of invalid or misspelt attributes. Runs in the background. */
export function checkAttributes(element: ReviewedElement, config: ConfigAnswer): void {
  if (!hasOddAttributes(element, config)) return;
  import('./developer-notes.ts')
    .then(({ reviewAttributes }) => reviewAttributes(element, config))
    .catch(() => undefined);
}

/**
 * Whether something of the element's attributes wants a word to the page's developer. It is short, because every
 * visitor loads it; the words come in a file of their own.
 */
function hasOddAttributes(element: ReviewedElement, config: ConfigAnswer): boolean {
  const attribute = (name: string) => element.getAttribute(name);
  const country = attribute('country');
  const channel = attribute('channel');
  return (
    element.getAttributeNames().some((name) => !EXPECTED.test(name)) ||
    (country && !config.countries.includes(country.toUpperCase())) ||
    (channel && !config.channels.some((offered) => offered === channel)) ||
    !/^(?:[4-9]|10)?$/.test(attribute('code-length') ?? '') ||
    attribute('nonce-value') === '' ||
    (!attribute('name') && element.form !== null)
  );
}
