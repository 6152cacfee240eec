/** The element in every width and font that is measured, one after the other in the same state. */
import { stillness } from './element-states.ts';
import { FONTS, setFont } from './fonts.ts';
import type { Harness } from './harness.ts';

/** As narrow as the element gets, the narrowest phones, a usual phone, and wider than the element gets. */
const WIDTHS_PX = [240, 256, 288, 320, 390, 640] as const;

/** Of what reads as a broken layout: a paragraph and a half of nothing. */
const HOLE_LINES = 1.5;

export interface Measured {
  /** Of the whole element, by size. */
  heights: Record<string, number>;
  /** Where nothing stands for too long, in words. */
  holes: string[];
}

export async function measure(page: Harness): Promise<Measured> {
  const measured: Measured = { heights: {}, holes: [] };
  const { style } = page.element;
  const { inlineSize: before, display } = style;
  for (const font of FONTS) {
    await setFont(font);
    for (const width of WIDTHS_PX) {
      style.inlineSize = `${width}px`;
      // Laid out anew, as on a page of that width: WebKit keeps some lines as they were broken before.
      style.display = 'none';
      page.element.getBoundingClientRect();
      style.display = display;
      stillness(page);
      const size = `${width} px, ${font}`;
      measured.heights[size] = page.element.getBoundingClientRect().height;
      for (const hole of holesIn(page.element)) measured.holes.push(`${size}: ${hole}`);
    }
  }
  style.inlineSize = before;
  return measured;
}

/** From the upper edge of the element to the lower, between all that can be seen. */
function holesIn(element: HTMLElement): string[] {
  const line = Number.parseFloat(getComputedStyle(element).lineHeight);
  const { top, bottom } = element.getBoundingClientRect();
  const seen = boxesIn(element).sort((one, other) => one.top - other.top);
  const holes: string[] = [];
  let [reached, last] = [top, 'the upper edge'];
  for (const box of [...seen, { top: bottom, bottom, name: 'the lower edge' }]) {
    const gap = box.top - reached;
    if (gap > line * HOLE_LINES) holes.push(`${gap.toFixed(1)} px from ${last} to ${box.name}`);
    if (box.bottom > reached) [reached, last] = [box.bottom, box.name];
  }
  return holes;
}

interface Box {
  top: number;
  bottom: number;
  name: string;
}

function boxesIn(element: HTMLElement): Box[] {
  const root = element.shadowRoot;
  if (!root) throw new Error('It has no root');
  const controls = [root, element].flatMap((tree) => [
    ...tree.querySelectorAll('button, input, svg, [part~=cell], [part~=phone-field]'),
  ]);
  const panels = [...element.children].filter(
    (node) => getComputedStyle(node).backgroundColor !== 'rgba(0, 0, 0, 0)',
  );
  const boxes = [...controls, ...panels].filter(isSeen).map((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return { top, bottom, name: node.getAttribute('part') ?? node.localName };
  });
  for (const tree of [root, element]) {
    const texts = document.createTreeWalker(tree, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode } = texts;
      const parent = currentNode.parentElement;
      if (!currentNode.nodeValue?.trim() || !parent || !isSeen(parent)) continue;
      const range = document.createRange();
      range.selectNode(currentNode);
      for (const { top, bottom } of range.getClientRects())
        boxes.push({ top, bottom, name: `"${currentNode.nodeValue.trim().slice(0, 20)}…"` });
    }
  }
  return boxes;
}

function isSeen(node: Element): boolean {
  return (
    node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !node.closest('[part=status], [popover], style')
  );
}
