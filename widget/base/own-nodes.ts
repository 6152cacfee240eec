/**
 * Marks what the element itself puts among its children. In a clone, a snapshot or parsed HTML there is nothing else to
 * tell such a copy from what the page has written.
 */
export const OWN = 'data-mitto-otp';

/** On an input of the page's: what of it is the element's doing, and means nothing in a copy. */
export const SET = 'data-mitto-otp-set';

/** By name, because the inputs of another document are of another class. */
export function isInput(node: Node | null): node is HTMLInputElement {
  return node?.nodeName === 'INPUT';
}

/** The element's inputs, and other children that carry the mark. */
export function ownChildren(host: Element): HTMLElement[] {
  return [...host.children].filter((child): child is HTMLElement => child.hasAttribute(OWN));
}

/**
 * In front of the page's children, where whoever walks from `firstChild` does not come by, and behind those that are there
 * already: the label of the number stays the first, as scripts of a page look for it.
 */
export function place(host: Element, node: HTMLElement): void {
  setAttribute(node, OWN, '');
  if (node.parentNode === host) return;
  let next = host.firstChild;
  while (next instanceof Element && next.hasAttribute(OWN)) next = next.nextSibling;
  host.insertBefore(node, next);
}

/** Takes out what an element that is gone has left behind in all but the slots that a field looks after by itself. */
export function clearLeftovers(host: Element, keptSlot: string): void {
  for (const child of ownChildren(host)) if (!isOfSlot(child, keptSlot)) child.remove();
  for (const child of host.children)
    if (isInput(child) && child.getAttribute(SET) === 'proof') {
      // A copy of a confirmed element has confirmed nothing.
      child.value = '';
      child.disabled = true;
      child.removeAttribute(SET);
    }
}

export function isOfSlot({ slot }: Element, name: string): boolean {
  return slot === name || slot.startsWith(`${name}-`);
}

export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
