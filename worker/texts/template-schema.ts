import * as v from 'valibot';
import { NonEmptySchema } from '../util/setting-schemas.ts';

const TextsByLanguageSchema = v.record(
  v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, 'must be a language')),
  NonEmptySchema,
  'must be a table of texts by language, so that the voice knows which language to read',
);

export const TemplateSchema = v.strictObject({
  /** One for every language, or a table by language. */
  sms: v.optional(
    v.union(
      [NonEmptySchema, TextsByLanguageSchema],
      'must be a text, or a table of texts by language',
    ),
  ),
  voice: v.optional(TextsByLanguageSchema),
});

export type TemplateSettings = v.InferOutput<typeof TemplateSchema>;
