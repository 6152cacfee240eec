import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDuplicateKeys } from './duplicate-keys.ts';

describe('a member that stands twice is found', () => {
  it.each([
    '{"phone":"1","phone":"2"}',
    '{"phone":"1","phone":"1"}',
    '{"phone":"1","channel":"sms","phone":"2"}',
    '{ "phone" : "1" ,\n\t"phone"\r\n:"2" }',
    '{"phone":"1","\\u0070hone":"2"}',
    '{"\\u0070\\u0068one":"1","p\\u0068one":"2"}',
    '{"a\\/b":1,"a/b":2}',
    '{"a\\"b":1,"a\\"b":2}',
    '{"\\\\":1,"\\\\":2}',
    '{"😀":1,"\\ud83d\\ude00":2}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"a":{"b":1,"b":2}}',
    '{"a":[{"b":1},{"b":1,"b":2}]}',
    '[[{"a":1,"a":2}]]',
    '{"a":{"b":1},"a":2}',
    '{"a":[1,{"x":"}"}],"a":2}',
  ])('in %s', (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(hasDuplicateKeys(text)).toBe(true);
  });
});

describe('no member stands twice', () => {
  it.each([
    '{}',
    '[]',
    'null',
    '"phone"',
    '{"phone":"1","Phone":"2"}',
    '{"phone":"phone","channel":"phone"}',
    '{"a":"b","b":"a"}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":2}]',
    '{"x":{"a":1},"y":{"a":2}}',
    '{"a":["a","a","a"]}',
    '{"a":"\\"a\\":1","b":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"}{","b":"]["}',
    '{"a":"\\\\","b":"\\\\\\""}',
    '{"a":":","b":": :"}',
    '["a:","a:"]',
    '{"toString":1,"constructor":2}',
    '{"phone":"1","ph\\u00f6ne":"2"}',
  ])('in %s', (text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(hasDuplicateKeys(text)).toBe(false);
  });
});

describe('whatever the text', () => {
  type Value = string | number | boolean | null | Value[] | { members: [string, Value][] };

  const name = fc.oneof(
    fc.constantFrom('a', 'b', '"', '\\', '{', '}', ':', ',', '[', '__proto__', ''),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(name, fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(name, tie('value')), { maxLength: 4 })
        .map((members): Value => ({ members })),
    ),
  }));

  /** Written so that one name may be spelt in two ways. */
  function write(node: Value, space: string): string {
    if (Array.isArray(node)) return `[${node.map((item) => write(item, space)).join(`,${space}`)}]`;
    if (typeof node !== 'object' || node === null) return JSON.stringify(node);
    const members = node.members.map(([key, item], index) => {
      const escaped = [...key.split('')]
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
      const text = index % 2 === 0 ? JSON.stringify(key) : `"${escaped}"`;
      return `${text}${space}:${space}${write(item, space)}`;
    });
    return `{${space}${members.join(`,${space}`)}}`;
  }

  function repeats(node: Value): boolean {
    if (Array.isArray(node)) return node.some(repeats);
    if (typeof node !== 'object' || node === null) return false;
    const names = node.members.map(([key]) => key);
    return new Set(names).size < names.length || node.members.some(([, item]) => repeats(item));
  }

  it('agrees with the tree that the text was written from', () => {
    fc.assert(
      fc.property(value, fc.constantFrom('', ' ', '\n\t '), (node, space) => {
        const text = write(node, space);
        expect(() => JSON.parse(text)).not.toThrow();
        expect(hasDuplicateKeys(text)).toBe(repeats(node));
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds nothing in what JSON.stringify has written', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(hasDuplicateKeys(JSON.stringify(JSON.parse(text)))).toBe(false);
      }),
    );
  });
});
