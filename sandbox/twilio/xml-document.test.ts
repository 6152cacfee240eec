import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotWellFormed, parseXml } from './xml-document.ts';

describe('a well-formed document', () => {
  it('is read, with its attributes, entities and CDATA', () => {
    const document = `<?xml version="1.0" encoding="UTF-8"?>
      <!-- <Say>not this</Say> -->
      <Response><Say voice="w&amp;m" language='de'>a &lt; b &#38; &#x1F600;<![CDATA[<c> & ]]></Say><Pause/></Response>
      <?after all?>`;
    expect(parseXml(document)).toEqual({
      name: 'Response',
      attributes: new Map(),
      children: [
        {
          name: 'Say',
          attributes: new Map([
            ['voice', 'w&m'],
            ['language', 'de'],
          ]),
          children: ['a < b & 😀', '<c> & '],
        },
        { name: 'Pause', attributes: new Map(), children: [] },
      ],
    });
  });

  it.each(['<a></a >', '<a\n/>', '<a b = "c"/>', '<a.b-c/>', '<a:b/>', '\n<a/>\n', '<a>></a>'])(
    'may be %j',
    (document) => {
      expect(() => parseXml(document)).not.toThrow();
    },
  );

  it('gives back any text that was escaped, and refuses the same text where it was not', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '&', '<', '>', '"', "'", 'é', '1', ';') });
    fc.assert(
      fc.property(text, (said) => {
        const escaped = said.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
        const { children, attributes } = parseXml(`<a b="${escaped}">${escaped}</a>`);
        expect(children.join('')).toBe(said);
        expect(attributes.get('b')).toBe(said);
        if (/[&<]/.test(said)) expect(() => parseXml(`<a>${said}</a>`)).toThrow(NotWellFormed);
      }),
    );
  });
});

describe('what is not well-formed', () => {
  it.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a/><b/>',
    '<a/>text',
    'text<a/>',
    '<a/><![CDATA[x]]>',
    '<a b></a>',
    '<a b=c></a>',
    '<a b="1" b="2"/>',
    '<a b="1"c="2"/>',
    '<a b="<"/>',
    '<a>&</a>',
    '<a>&amp</a>',
    '<a>&nbsp;</a>',
    '<a>&#0;</a>',
    '<a>&#x110000;</a>',
    '<a>&#xD800;</a>',
    '<a>\u0001</a>',
    '<a>\ud83d</a>',
    '<a>]]></a>',
    '<a><!-- -- --></a>',
    '<a><![CDATA[</a>',
    '< a/>',
    '<1a/>',
    '<a',
    '<!DOCTYPE a><a/>',
    ' <?xml version="1.0"?><a/>',
  ])('is refused: %j', (document) => {
    expect(() => parseXml(document)).toThrow(NotWellFormed);
  });

  it('is anything that lost a sign of its markup', () => {
    const document = '<Response><Say voice="man">Your code</Say></Response>';
    const signs = [...document].flatMap((sign, index) => (/[<>/"=]/.test(sign) ? [index] : []));
    for (const index of signs) {
      const broken = document.slice(0, index) + document.slice(index + 1);
      expect(() => parseXml(broken), broken).toThrow(NotWellFormed);
    }
  });

  it('ends in a refusal and nothing else, whatever it is', () => {
    const document = fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '&', ';', '!', '-') });
    fc.assert(
      fc.property(document, (any) => {
        try {
          parseXml(any);
        } catch (error) {
          expect(error).toBeInstanceOf(NotWellFormed);
        }
      }),
    );
  });
});
