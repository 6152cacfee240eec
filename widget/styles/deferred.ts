import { challengeStyles } from './challenge.ts';
import { codeStyles } from './code.ts';
import { countryFaceStyles } from './country-face.ts';
import { sideButtonStyles } from './side-buttons.ts';

/** After those of the first paint, in the order in which they override each other. */
const LATER_STYLES = [countryFaceStyles, codeStyles, challengeStyles, sideButtonStyles];

/** All that a root has of this document, for another that it may come into. */
const adopted = new WeakMap<ShadowRoot, Set<CSSStyleSheet>>();

/**
 * Adds what a visitor sees only after a gesture. It comes with the code that draws it, so nothing is seen without.
 * An element that was never connected has no root yet: to be called again when it is.
 */
export function adoptDeferredStyles(
  { shadowRoot }: HTMLElement,
  first: readonly CSSStyleSheet[],
  styles = LATER_STYLES,
): void {
  if (!shadowRoot) return;
  const sheets = adopted.get(shadowRoot) ?? new Set(first);
  adopted.set(shadowRoot, sheets);
  for (const { styleSheet } of styles) if (styleSheet) sheets.add(styleSheet);
  const { ownerDocument } = shadowRoot;
  shadowRoot.adoptedStyleSheets =
    ownerDocument === document
      ? [...new Set([...shadowRoot.adoptedStyleSheets, ...sheets])]
      : copied([...sheets], ownerDocument);
}

/** A document, such as a frame's, rejects style sheets of another one, and an element that is moved into it loses its own. */
function copied(sheets: readonly CSSStyleSheet[], { defaultView }: Document): CSSStyleSheet[] {
  if (!defaultView) return [];
  return sheets.map((sheet) => {
    const copy = new defaultView.CSSStyleSheet();
    copy.replaceSync([...sheet.cssRules].map(({ cssText }) => cssText).join('\n'));
    return copy;
  });
}
