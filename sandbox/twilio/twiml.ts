/** What is heard of a TwiML document: its `<Say>` elements, with what SSML they hold. */
import { TwilioRefusal } from './errors.ts';
import { NotWellFormed, parseXml, type XmlElement, type XmlNode } from './xml-document.ts';

export interface Spoken {
  /** One line for each `<Say>`. */
  readonly text: string;
  readonly voice: string;
  readonly language: string;
  /** How often all of it is read. */
  readonly repeat: number;
}

/**
 * Twilio refuses a document that cannot be parsed with 12100 when it comes to read it. Here it is refused at once:
 * assumed, so that a test sees it.
 *
 * @throws TwilioRefusal
 */
export function readTwiml(twiml: string): Spoken {
  const response = parse(twiml);
  const says = response.children
    .filter((child) => isElement(child))
    .filter(({ name }) => name === 'Say');
  const attribute = (name: string) =>
    says.map(({ attributes }) => attributes.get(name)).find(Boolean);
  const loops = new Set(says.map(({ attributes }) => Number(attributes.get('loop') ?? 1)));
  const [loop = 1] = loops;
  return {
    text: says.map(textOf).join('\n'),
    voice: attribute('voice') ?? 'man',
    language: attribute('language') ?? 'en-US',
    // 0 is documented as without end.
    repeat: loops.size === 1 && loop >= 0 ? loop : 1,
  };
}

function parse(twiml: string): XmlElement {
  try {
    const root = parseXml(twiml);
    if (root.name === 'Response') return root;
  } catch (error) {
    if (!(error instanceof NotWellFormed)) throw error;
    throw new TwilioRefusal(12100, `Document parse failure: ${error.message}`);
  }
  throw new TwilioRefusal(12100, 'Document parse failure: the root element is not Response');
}

function textOf(say: XmlElement): string {
  return spoken(say).replace(/\s+/g, ' ').trim();
}

function spoken(node: XmlNode): string {
  if (!isElement(node)) return node;
  if (node.name === 'break') return ', ';
  const inner = node.children.map(spoken).join('');
  // A voice would read "123456" as a number of six digits.
  const isSpelt = /^(?:digits|characters|spell-out|telephone)$/.test(
    node.attributes.get('interpret-as') ?? '',
  );
  return node.name === 'say-as' && isSpelt ? [...inner.replace(/\s/g, '')].join(', ') : inner;
}

function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string';
}
