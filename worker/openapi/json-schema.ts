/**
 * The schemas of the API as JSON Schema (2020-12). Only what these are built of: a whole library for it would be the
 * largest part of the Worker that no visitor ever needs. What JSON Schema has no words for (a check, a transformation)
 * is left out.
 */
import type * as v from 'valibot';

/** A valibot schema or action, as far as it is looked at. */
interface Part {
  type: string;
  pipe?: readonly Part[];
  entries?: Readonly<Record<string, Part>>;
  options?: readonly unknown[];
  item?: Part;
  key?: Part;
  value?: Part;
  wrapped?: Part;
  default?: unknown;
  literal?: unknown;
  requirement?: unknown;
}

export function schemaOf(schema: v.GenericSchema): object {
  return described(schema as unknown as Part);
}

function described(part: Part | undefined): object {
  if (!part) return {};
  const { type, pipe, entries = {}, options = [], wrapped, requirement } = part;
  if (pipe) return Object.assign({}, ...pipe.map(described)) as object;
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type };
    case 'unknown':
    case 'transform':
      return {};
    case 'literal':
      return { const: part.literal };
    case 'picklist':
      return { type: 'string', enum: options };
    case 'array':
      return { type, items: described(part.item) };
    case 'record':
      return {
        type: 'object',
        propertyNames: described(part.key),
        additionalProperties: described(part.value),
      };
    case 'object':
    case 'strict_object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(entries).map(([name, entry]) => [name, described(entry)]),
        ),
        required: Object.keys(entries).filter((name) => entries[name]?.type !== 'optional'),
        ...(type === 'object' ? {} : { additionalProperties: false }),
      };
    case 'union':
      return { anyOf: (options as Part[]).map(described) };
    case 'variant':
      return { oneOf: (options as Part[]).map(described) };
    case 'nullable':
      return { anyOf: [described(wrapped), { type: 'null' }] };
    case 'optional':
      return part.default === undefined
        ? described(wrapped)
        : { ...described(wrapped), default: part.default };
    case 'regex':
      return { pattern: (requirement as RegExp).source };
    case 'non_empty':
      return { minLength: 1 };
    case 'min_length':
      return { minLength: requirement };
    case 'max_length':
      return { maxLength: requirement };
    case 'min_value':
      return { minimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'integer':
      return { type };
    default:
      throw new Error(`JSON Schema for ${type} is not written yet`);
  }
}
