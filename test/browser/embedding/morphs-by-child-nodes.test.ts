import { describeMorph } from '../../support/widget/morph-tests.ts';

/** By the lists of children, as libraries do that do not go by `firstChild`. */
function morphByHand(from: Element, to: Element): void {
  for (const name of from.getAttributeNames())
    if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const name of to.getAttributeNames()) from.setAttribute(name, to.getAttribute(name) ?? '');
  const wanted = [...to.childNodes];
  for (const [index, child] of [...from.childNodes].entries()) {
    const other = wanted[index];
    if (!other) child.remove();
    else if (
      child instanceof Element &&
      other instanceof Element &&
      child.localName === other.localName
    )
      morphByHand(child, other);
    else child.replaceWith(other);
  }
  from.append(...wanted.slice(from.childNodes.length));
}

function parsed(html: string): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild as Element;
}

describeMorph('a morph by child nodes', (box, html) =>
  morphByHand(box.querySelector('mitto-otp') as Element, parsed(html)),
);
