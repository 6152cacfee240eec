/** What the analyzer makes of the element's source, as far as it is used here: unknown until it has passed this. */
import * as v from 'valibot';

const Text = v.pipe(
  v.string(),
  v.transform((text) => text.replaceAll(/\s+/g, ' ').trim()),
);

const Named = { name: v.string(), description: v.optional(Text, '') };
const Typed = { ...Named, type: v.optional(v.object({ text: Text })) };

const Parameter = v.object({ ...Typed, optional: v.optional(v.boolean()) });

const Member = v.object({
  ...Typed,
  kind: v.picklist(['field', 'method']),
  privacy: v.optional(v.picklist(['public', 'protected', 'private'])),
  static: v.optional(v.boolean()),
  readonly: v.optional(v.boolean()),
  default: v.optional(v.string()),
  attribute: v.optional(v.string()),
  reflects: v.optional(v.boolean()),
  parameters: v.optional(v.array(Parameter)),
  return: v.optional(v.object({ type: v.object({ text: Text }) })),
});

const Attribute = v.object({
  ...Typed,
  default: v.optional(v.string()),
  fieldName: v.optional(v.string()),
});

const Class = v.object({
  ...Named,
  kind: v.literal('class'),
  summary: v.optional(Text),
  tagName: v.optional(v.string()),
  members: v.optional(v.array(Member), []),
  attributes: v.optional(v.array(Attribute), []),
  events: v.optional(v.array(v.object({ ...Typed, name: v.optional(v.string()) })), []),
  slots: v.optional(v.array(v.object(Named)), []),
  cssParts: v.optional(v.array(v.object(Named)), []),
  cssProperties: v.optional(v.array(v.object(Named)), []),
  cssStates: v.optional(v.array(v.object(Named)), []),
});

export const AnalyzedSchema = v.object({
  modules: v.array(
    v.object({
      path: v.string(),
      declarations: v.array(v.union([Class, v.looseObject({ kind: v.string() })])),
    }),
  ),
});

export type Analyzed = v.InferOutput<typeof AnalyzedSchema>;
export type AnalyzedClass = v.InferOutput<typeof Class>;
export type AnalyzedMember = v.InferOutput<typeof Member>;

/** @throws where the class is not in the source */
export function classNamed(name: string, { modules }: Analyzed): AnalyzedClass {
  for (const { declarations } of modules)
    for (const declaration of declarations)
      if (v.is(Class, declaration) && declaration.name === name) return v.parse(Class, declaration);
  throw new Error(`There is no class ${name}`);
}
