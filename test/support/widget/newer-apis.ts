/**
 * What is newer than the oldest browsers that are served, Chrome 100, Safari 16.4 and Firefox 113: where it is missing,
 * the element must do without. The versions are the first that have it; `never` is none yet.
 */
interface NewerApi {
  /** Where it hangs, for a test that takes it away. */
  path: string;
  /** How it stands in built code, where its name alone would be found in something else. */
  pattern?: RegExp;
  since: { chrome: number | 'never'; safari: number | 'never'; firefox: number | 'never' };
  /** Why the element may name it nevertheless: what it does where this is missing. */
  without?: string;
}

const api = (
  path: string,
  chrome: number | 'never',
  safari: number | 'never',
  firefox: number | 'never',
  more: Pick<NewerApi, 'pattern' | 'without'> = {},
): NewerApi => ({ path, since: { chrome, safari, firefox }, ...more });

const method = (name: string) => new RegExp(`\\.${name}\\(`);

export const NEWER_APIS: readonly NewerApi[] = [
  api('ElementInternals.prototype.states', 125, 17.4, 126, {
    pattern: /\bstates\b/,
    without: 'pages cannot style by state',
  }),
  ...['role', 'ariaLabel', 'ariaInvalid'].map((name) =>
    api(`ElementInternals.prototype.${name}`, 81, 16.4, 119, {
      pattern: new RegExp(`\\.${name}\\b`),
      without: 'role and name are attributes',
    }),
  ),
  ...['showPopover', 'hidePopover', 'togglePopover', 'popover'].map((name) =>
    api(`HTMLElement.prototype.${name}`, 114, 17, 125, {
      pattern: new RegExp(`\\.${name}\\b`),
      without: 'the list of countries lies over the page by its z-index',
    }),
  ),
  api('AbortSignal.any', 116, 17.4, 124),
  api('AbortSignal.timeout', 103, 16, 100),
  api('Promise.withResolvers', 119, 17.4, 121),
  api('Promise.try', 128, 18.2, 134),
  api('Array.fromAsync', 121, 16.4, 115),
  ...['toSorted', 'toReversed', 'toSpliced', 'with'].map((name) =>
    api(`Array.prototype.${name}`, 110, 16, 115, { pattern: method(name) }),
  ),
  api('Object.groupBy', 117, 17.4, 119),
  api('Map.groupBy', 117, 17.4, 119),
  ...[
    'union',
    'intersection',
    'difference',
    'symmetricDifference',
    'isSubsetOf',
    'isSupersetOf',
  ].map((name) => api(`Set.prototype.${name}`, 122, 17, 127, { pattern: method(name) })),
  api('Iterator', 122, 18.4, 131, { pattern: /\bIterator\.|\.toArray\(/ }),
  api('Element.prototype.checkVisibility', 105, 17.4, 106),
  api('Element.prototype.moveBefore', 133, 'never', 144),
  api('Element.prototype.setHTMLUnsafe', 124, 17.4, 123),
  api('Element.prototype.getHTML', 125, 18, 128),
  api('Element.prototype.computedStyleMap', 66, 16.4, 'never'),
  api('HTMLElement.prototype.inert', 102, 15.5, 112, { pattern: /\.inert\b/ }),
  api('HTMLSelectElement.prototype.showPicker', 121, 'never', 122, {
    pattern: method('showPicker'),
  }),
  api('URL.canParse', 120, 17, 115),
  api('URL.parse', 126, 18, 126),
  api('URLPattern', 95, 26, 142),
  api('String.prototype.isWellFormed', 111, 16.4, 119),
  api('String.prototype.toWellFormed', 111, 16.4, 119),
  api('Intl.DurationFormat', 129, 16.4, 136),
  api('Intl.Segmenter', 87, 14.1, 125),
  api('Intl.Locale.prototype.getTextInfo', 130, 17.4, 'never'),
  api('Intl.Locale.prototype.textInfo', 99, 15.4, 'never'),
  api('requestIdleCallback', 47, 'never', 55),
  api('scheduler', 94, 'never', 142, { pattern: /\bscheduler\./ }),
  api('Navigator.prototype.userActivation', 72, 16.4, 120),
  api('Navigator.prototype.connection', 61, 'never', 'never', { pattern: /navigator\.connection/ }),
  api('CSS.registerProperty', 78, 16.4, 128),
  api('CSS.highlights', 105, 17.2, 140),
  api('Document.prototype.startViewTransition', 111, 18, 144),
  api('Response.json', 105, 17, 115),
  api('RegExp.escape', 136, 18.2, 134),
  api('Uint8Array.fromBase64', 140, 18.2, 133),
  api('Uint8Array.prototype.toBase64', 140, 18.2, 133),
  api('Math.sumPrecise', 147, 26.2, 137),
  api('Symbol.dispose', 134, 'never', 141),
  api('CloseWatcher', 126, 'never', 149),
  api('ToggleEvent', 114, 17, 114),
  api('Temporal', 144, 'never', 139, { pattern: /\bTemporal\./ }),
  api('OTPCredential', 93, 'never', 'never', {
    without: 'the code is typed, or filled in by the keyboard',
  }),
];

/**
 * Takes members away, as in a browser that never had them. It is whole in itself, so that it can be handed to a browser
 * as text.
 *
 * @returns what puts them back
 */
export function takeAway(paths: readonly string[]): () => void {
  const taken: [owner: object, name: string, descriptor: PropertyDescriptor][] = [];
  for (const path of paths) {
    const names = path.split('.');
    const name = names.pop() ?? '';
    let owner: unknown = globalThis;
    for (const each of names) owner = (owner as Record<string, unknown> | undefined)?.[each];
    const descriptor = owner ? Object.getOwnPropertyDescriptor(owner, name) : undefined;
    if (!descriptor?.configurable) continue;
    taken.push([owner as object, name, descriptor]);
    Reflect.deleteProperty(owner as object, name);
  }
  return () => {
    for (const [owner, name, descriptor] of taken) Object.defineProperty(owner, name, descriptor);
  };
}
