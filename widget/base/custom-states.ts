/**
 * What a page can style the element by, and how assistive technology knows it, over `ElementInternals`. Its later
 * members are younger than the oldest browsers that are served: there a page has no states to style by, and the group
 * is named by attributes.
 */

/** Chromium 90 to 124 accepts only names that begin with `--`, which a page matches with `:--code`. */
export function toggleState({ states }: ElementInternals, name: string, isOn: boolean): void {
  // Absent before Safari 17.4 and Firefox 126.
  const set: CustomStateSet | undefined = states;
  try {
    if (isOn) set?.add(name);
    else set?.delete(name);
  } catch {
    set?.add(`--${name}`);
  }
  if (!isOn) set?.delete(`--${name}`);
}

/** The name that was given by an attribute, and not by the page. */
const given = new WeakMap<Element, string>();

/** Firefox has no ARIA on `ElementInternals` before 119. Attributes may only be written once the element is made. */
export function nameGroup(element: Element, internals: ElementInternals, name: string): void {
  internals.ariaLabel = name;
  if ('ariaLabel' in ElementInternals.prototype) return;
  if (!element.hasAttribute('role')) element.setAttribute('role', 'group');
  if ((element.getAttribute('aria-label') ?? given.get(element)) !== given.get(element)) return;
  given.set(element, name);
  element.setAttribute('aria-label', name);
}
