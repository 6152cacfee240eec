import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';

export function schemaOf(schema: v.GenericSchema): object {
  const { $schema: _dialect, ...jsonSchema } = toJsonSchema(schema, { errorMode: 'ignore' });
  return jsonSchema;
}
