import { sideButtonStyles } from './styles/buttons.ts';
import { challengeStyles } from './styles/challenge.ts';
import { codeStyles } from './styles/code.ts';
import { countryFaceStyles } from './styles/country-face.ts';
import { motionStyles } from './styles/motion.ts';
import { verifiedStyles } from './styles/verified.ts';

/** After those of the first paint, in the order in which they override each other. */
const LATER_STYLES = [
  countryFaceStyles,
  codeStyles,
  challengeStyles,
  sideButtonStyles,
  verifiedStyles,
  motionStyles,
];

/**
 * Adds what a visitor sees only after a gesture. It comes with the code that draws it, so nothing is seen without.
 * An element that was never connected has no root yet: to be called again when it is.
 */
export function adoptLaterStyles({ shadowRoot }: HTMLElement, styles = LATER_STYLES): void {
  if (!shadowRoot) return;
  const sheets = new Set(shadowRoot.adoptedStyleSheets);
  for (const { styleSheet } of styles) if (styleSheet) sheets.add(styleSheet);
  shadowRoot.adoptedStyleSheets = [...sheets];
}
