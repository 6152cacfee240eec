/** Bodies after a JSON Schema: what fits it, and what nearly does. For the schemas of our own OpenAPI document. */
import * as fc from 'fast-check';

export interface JsonSchema {
  type?: string;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: string;
  enum?: string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  minLength?: number;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
}

/** What a member may well hold in life, by its name: a fuzzer would never come upon a session. */
export type Plausible = (member: string) => string[];

export function fitting(
  schema: JsonSchema,
  plausible: Plausible,
  member = '',
): fc.Arbitrary<unknown> {
  const { anyOf, oneOf = anyOf, enum: choices, properties, required = [], pattern } = schema;
  if (oneOf) return fc.oneof(...oneOf.map((one) => fitting(one, plausible, member)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (choices) return fc.constantFrom(...choices);
  if (properties)
    return fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, fitting(one, plausible, name)]),
      ),
      { requiredKeys: required, noNullPrototype: true },
    );
  if (schema.type === 'object')
    return fc.dictionary(
      fc.oneof(fc.constantFrom('name', 'to', 'now'), fc.stringMatching(/^[a-zA-Z]\w{0,8}$/)),
      fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.jsonValue({ maxDepth: 2 })),
      { maxKeys: 4, noNullPrototype: true },
    );
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') {
    const { minimum = -10, maximum = 10 } = schema;
    // The bounds, and one step past each.
    return fc.oneof(
      fc.integer({ min: minimum - 1, max: Math.min(maximum, Number.MAX_SAFE_INTEGER - 1) + 1 }),
      fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1),
    );
  }
  if (schema.type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (schema.type !== 'string') throw new Error(`No arbitrary for ${JSON.stringify(schema)}`);
  const { minLength = 0, maxLength = 64 } = schema;
  const text = pattern
    ? fc.stringMatching(new RegExp(pattern)).filter(({ length }) => length <= maxLength)
    : fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 80) });
  const known = plausible(member);
  return known.length > 0 ? fc.oneof(fc.constantFrom(...known), text) : text;
}

/** A value of any kind, among them those that trip up a careless reader. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown[]>(null, true, 0, -1, 1e308, '', [], {}, [[]], '\u0000', '\ud800', '💥'),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom(100, 2_049, 4_000, 5_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(10, 500, 1_900).map((depth) => nested(depth)),
  fc.jsonValue({ maxDepth: 3 }),
);

const oddName = fc.constantFrom(
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length'],
  ...['', ' phone', 'Phone', 'to', 'session ', 'admin', '$where', '0'],
);

/** The text of a body that was good until one thing was done to it. */
export function nearlyFitting(schema: JsonSchema, plausible: Plausible): fc.Arbitrary<string> {
  const good = fitting(schema, plausible) as fc.Arbitrary<Record<string, unknown>>;
  return fc.oneof(
    // A member more, of which the name is written as it is: an object literal would swallow `__proto__`.
    fc.tuple(good, oddName, oddValue).map(([body, name, value]) => {
      const members = [...Object.entries(body), [name, value] as const];
      return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join(',')}}`;
    }),
    // A member of another value, or less.
    fc.tuple(good, fc.nat(5), fc.option(oddValue)).map(([body, nth, value]) => {
      const names = Object.keys(body);
      const name = names[nth % Math.max(1, names.length)] ?? 'phone';
      const { [name]: _gone, ...rest } = body;
      return JSON.stringify(value === null ? rest : { ...rest, [name]: value });
    }),
    // Something done to its text.
    fc
      .tuple(good, fc.nat(200), fc.constantFrom('', '"', '{', '\u0000', ',', '\\u', '1'))
      .map(([body, at, character]) => {
        const text = JSON.stringify(body);
        return text.slice(0, at) + character + text.slice(at + 1);
      }),
    // No object at all.
    oddValue.map((value) => JSON.stringify(value)),
  );
}

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
