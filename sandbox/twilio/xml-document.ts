/**
 * Reads a small XML document, and demands that it is well-formed (XML 1.0, 2.1): what a caller forgot to escape must
 * not pass here when it would not pass at Twilio. There are no document types, as in TwiML.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
}

/** A text is unescaped. */
export type XmlNode = XmlElement | string;

export class NotWellFormed extends Error {
  override readonly name = 'NotWellFormed';
}

const DECLARATION = /^<\?xml\s[^?<]*\?>/;
const COMMENT = /<!--(?:(?!--).)*-->/sy;
const INSTRUCTION = /<\?(?!xml\s)[A-Za-z_].*?\?>/isy;
const CDATA = /<!\[CDATA\[(.*?)\]\]>/sy;
const TEXT = /[^<]+/y;
const START_TAG =
  /<([A-Za-z_:][\w:.-]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const END_TAG = /<\/([A-Za-z_:][\w:.-]*)\s*>/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
}

/** @throws NotWellFormed */
export function parseXml(document: string): XmlElement {
  requireCharacters(document);
  const text = document.replace(/\r\n?/g, '\n').replace(DECLARATION, '');
  const root: OpenElement = { name: '', attributes: new Map(), children: [] };
  const open = [root];
  let position = 0;
  while (position < text.length) position = readNode(text, position, open);

  if (open.length > 1) throw new NotWellFormed(`<${open.at(-1)?.name}> is not closed`);
  const [element, ...others] = root.children.filter(
    (node) => typeof node !== 'string' || node.trim() !== '',
  );
  if (element === undefined || typeof element === 'string' || others.length > 0)
    throw new NotWellFormed('There has to be one root element, and nothing beside it');
  return element;
}

/** Reads one tag, text, comment or the like, and returns where the next begins. */
function readNode(text: string, position: number, open: OpenElement[]): number {
  const parent = open.at(-1);
  if (!parent) throw new NotWellFormed('An element is closed that was never opened');
  const take = (pattern: RegExp) => {
    pattern.lastIndex = position;
    return pattern.exec(text);
  };
  const ignored = take(COMMENT) ?? take(INSTRUCTION);
  if (ignored) return position + ignored[0].length;

  const plain = take(TEXT);
  if (plain) {
    if (plain[0].includes(']]>')) throw new NotWellFormed(']]> outside of CDATA');
    parent.children.push(resolveReferences(plain[0]));
    return position + plain[0].length;
  }
  const verbatim = take(CDATA);
  if (verbatim) {
    if (open.length === 1) throw new NotWellFormed('CDATA outside of the root element');
    parent.children.push(verbatim[1] ?? '');
    return position + verbatim[0].length;
  }
  const start = take(START_TAG);
  if (start) {
    const [tag, name = '', attributes = '', slash] = start;
    const element: OpenElement = { name, attributes: readAttributes(attributes), children: [] };
    parent.children.push(element);
    if (slash === '') open.push(element);
    return position + tag.length;
  }
  const end = take(END_TAG);
  if (end) {
    if (end[1] !== parent.name) throw new NotWellFormed(`</${end[1]}> closes <${parent.name}>`);
    open.pop();
    return position + end[0].length;
  }
  throw new NotWellFormed(`Cannot be read from ${text.slice(position, position + 20)}`);
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) throw new NotWellFormed(`${name} is there twice`);
    attributes.set(name, resolveReferences(double ?? single ?? ''));
  }
  return attributes;
}

function resolveReferences(text: string): string {
  return text.replace(/&([^;&\s]*;?)/g, (_whole, reference: string) => {
    const name = reference.endsWith(';') ? reference.slice(0, -1) : '';
    const character = ENTITIES.get(name) ?? characterOf(name);
    if (character === undefined) throw new NotWellFormed(`&${reference} is no entity`);
    return character;
  });
}

/** `#38` or `#x26` */
function characterOf(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const codePoint = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
  if (!(codePoint <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(codePoint);
  requireCharacters(character);
  return character;
}

/** What no document may contain, escaped or not (2.2). */
function requireCharacters(text: string): void {
  if (!text.isWellFormed() || [...text].some(isForbidden))
    throw new NotWellFormed('A character that no document may contain');
}

function isForbidden(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 0x20 && !'\t\n\r'.includes(character)) || code === 0xfffe || code === 0xffff;
}
