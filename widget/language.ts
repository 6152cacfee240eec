/** The language that stands around an element: its own `lang`, the page's, or the visitor's. */
export function languageOf(element: Element): string {
  let scope: Element | null = element;
  while (scope) {
    const lang = scope.closest('[lang]')?.getAttribute('lang');
    if (lang) return lang;
    const root: Node = scope.getRootNode();
    scope = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}

/** A tag that the API takes as the language of the message. */
export function localeOf(lang: string): string | undefined {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(lang) ? lang : undefined;
}
