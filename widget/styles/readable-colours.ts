import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { answeringStyles } from './answering.ts';
import { colourStyles } from './colours.ts';
import { adoptDeferredStyles } from './deferred.ts';
import { motionStyles } from './motion.ts';
import { pageRuleStyles } from './page-rules.ts';
import { verifiedStyles } from './verified.ts';

/** In the order in which they override each other. */
const STYLES = [answeringStyles, verifiedStyles, motionStyles, colourStyles, pageRuleStyles];

/** Red, green, blue and alpha as sRGB has them, each from 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** What has to be read or seen on the page, the page's own property for it, and the contrast that WCAG asks for. */
const ROLES = [
  ['--_muted', '--mitto-muted', 4.5],
  ['--_error', '--mitto-error', 4.5],
  ['--_success', '--mitto-success', 4.5],
  ['--_ink', '', 4.5],
  ['--_ring', '', 3],
  ['--_border', '--mitto-border', 3],
] as const;

/** Any colour of CSS in sRGB, where the browser knows how to say it. */
const RELATIVE = 'color(from red srgb r g b / alpha)';

/** The share of its colour that the ground of a field or of a sentence has at most. */
const TINT = 0.08;

/** Rounding to whole steps of a channel may cost a little. */
const MARGIN = 1.02;

/**
 * Style sheets guess from the text colour whether the page is light or dark, which is right on grounds that are nearly
 * white or black. This looks at the ground itself, and where a colour has too little contrast with it, mixes as much
 * of the text colour into it as it needs: the page has seen to the contrast of that one.
 */
export class ReadableColours implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #probe = document.createElement('i');
  readonly #changes = new MutationObserver(() => this.#look());
  #stop = new AbortController();

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#probe.hidden = true;
    host.addController(this);
    this.#look();
  }

  hostConnected(): void {
    adoptDeferredStyles(this.#host, [], STYLES);
    this.#stop = new AbortController();
    const options = { signal: this.#stop.signal, capture: true };
    // Of a style sheet, and of a page that fades to another theme.
    for (const type of ['load', 'transitionend'])
      window.addEventListener(type, this.#look, options);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.#look, options);
    for (const node of [this.#host, ...around(this.#host)])
      this.#changes.observe(node, { attributes: true });
  }

  hostUpdated(): void {
    this.#look();
  }

  hostDisconnected(): void {
    this.#stop.abort();
    this.#changes.disconnect();
  }

  readonly #look = (): void => {
    const root = this.#host.shadowRoot;
    const base = root?.querySelector<HTMLElement>('.base');
    if (!base?.parentElement || !this.#host.isConnected) return;
    if (!this.#probe.isConnected) base.parentElement.append(this.#probe);
    const text = this.#read('currentColor');
    if (!text) return;
    const page = getComputedStyle(this.#host);
    const grounds = this.#grounds();
    const tints: Colour[] = [text];
    for (const [role, own, ratio] of ROLES) {
      const colour = this.#read(`var(${role})`);
      const isOurs = !own || !page.getPropertyValue(own);
      const readable = isOurs && colour ? towards(colour, text, grounds, ratio) : colour;
      set(base, role, readable === colour ? null : readable);
      if (readable && /error|success/.test(role)) tints.push(readable);
    }
    const isReadOn = tints.every((tint) => isReadOnTint(text, tint, grounds));
    if (isReadOn) base.style.removeProperty('--_tint');
    else base.style.setProperty('--_tint', 'transparent');
    const accent = this.#read('var(--_accent)');
    const onAccent = this.#read('var(--_on-accent)');
    const isOurs = !page.getPropertyValue('--mitto-on-accent');
    if (accent && onAccent && isOurs) {
      const holds = contrast(onAccent, accent) >= 4.5;
      set(
        base,
        '--_on-accent',
        holds ? null : luminance(accent) > 0.18 ? [0, 0, 0, 1] : [1, 1, 1, 1],
      );
    }
  };

  /** The colours that may be behind the element; none where a picture is. */
  #grounds(): Colour[] {
    const layers: Colour[][] = [];
    for (const node of around(this.#host)) {
      const { backgroundColor, backgroundImage } = getComputedStyle(node);
      if (/url\(|image/.test(backgroundImage)) return [];
      const stops = backgroundImage.match(/(?:rgba?|color|(?:ok)?l(?:ab|ch))\([^()]*\)/g) ?? [];
      const colours = stops.map((stop) => this.#read(stop)).filter((stop) => stop !== null);
      const colour = this.#read(backgroundColor);
      if (colours.length > 0) layers.push(colours);
      if (colour && colour[3] > 0) layers.push([colour]);
      if ([...colours, colour].every((each) => each?.[3] === 1)) break;
    }
    const canvas = this.#read('Canvas');
    let grounds = canvas ? [canvas] : [];
    for (const layer of layers.reverse())
      grounds = grounds
        .flatMap((ground) => layer.map((colour) => over(colour, ground)))
        .slice(0, 64);
    return grounds;
  }

  /** What a colour of CSS comes out as in here; `null` where the browser says it in a way of its own. */
  #read(colour: string): Colour | null {
    const { style } = this.#probe;
    // Before 2024 a browser takes any sentence with a variable in it, and then makes nothing of it.
    const isRelative = colour !== 'currentColor' && CSS.supports('color', RELATIVE);
    style.setProperty('color', isRelative ? RELATIVE.replace('red', colour) : colour);
    const said = getComputedStyle(this.#probe).color;
    const [red, green, blue, alpha = 1] = (said.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    if (red === undefined || green === undefined || blue === undefined) return null;
    if (said.startsWith('rgb')) return [red / 255, green / 255, blue / 255, alpha];
    return said.startsWith('color(srgb ') ? [red, green, blue, alpha] : null;
  }
}

/**
 * The elements around, through shadow roots and slots. By the prototypes, because a form's field that is called
 * `parentNode` stands in its place on the form itself, and leads round in a circle.
 */
function around(element: Element): Element[] {
  const all: Element[] = [];
  let node: Node | null = element;
  while (node) {
    const slot: Element | false | null =
      node instanceof Element && Reflect.get(Element.prototype, 'assignedSlot', node);
    node = slot || (Reflect.get(Node.prototype, 'parentNode', node) as Node | null);
    if (node instanceof ShadowRoot) node = node.host;
    if (node instanceof Element) all.push(node);
  }
  return all;
}

function set({ style }: HTMLElement, property: string, colour: Colour | null): void {
  const value = colour && `rgb(${colour.slice(0, 3).map((channel) => Math.round(channel * 255))})`;
  if (!value) style.removeProperty(property);
  else if (style.getPropertyValue(property) !== value) style.setProperty(property, value);
}

/** The colour itself where it holds on all grounds; where nothing is known of these, the text colour. */
function towards(colour: Colour, text: Colour, grounds: readonly Colour[], ratio: number): Colour {
  if (grounds.length === 0) return text;
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = share === 0 ? colour : over([text[0], text[1], text[2], share], colour);
    if (
      grounds.every(
        (ground) => contrast(over(mixed, ground), ground) >= ratio * ((share && MARGIN) || 1),
      )
    )
      return share === 0 ? colour : mixed;
  }
  return text;
}

/** Grounds are painted with a little of a colour, which must not cost the text its contrast. */
function isReadOnTint(
  text: Colour,
  [red, green, blue]: Colour,
  grounds: readonly Colour[],
): boolean {
  const tint = [red, green, blue, TINT] as const;
  return grounds.every(
    (ground) =>
      contrast(text, over(tint, ground)) >= Math.min(4.5 * MARGIN, contrast(text, ground)),
  );
}

function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mix = (one: number, other: number) => one * alpha + other * (1 - alpha);
  return [
    mix(red, ground[0]),
    mix(green, ground[1]),
    mix(blue, ground[2]),
    alpha + ground[3] * (1 - alpha),
  ];
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const linear = (channel: number) => {
    const share = Math.min(1, Math.max(0, channel));
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
