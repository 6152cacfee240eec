import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OperatorProblemSchema } from '../../shared/admin-answers.ts';
import { IdempotencyKeySchema } from '../../shared/requests.ts';
import { EVERY_OPERATION } from '../openapi.ts';
import { schemaOf } from './json-schema.ts';

const SCHEMAS = Object.entries(EVERY_OPERATION).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { request, answer }]) =>
    [request, answer.schema].flatMap((schema) =>
      schema ? [[`${method} ${path}`, schema] as const] : [],
    ),
  ),
);

function byLibrary(schema: v.GenericSchema): object {
  const { $schema: _dialect, ...jsonSchema } = toJsonSchema(schema, { errorMode: 'ignore' });
  return jsonSchema;
}

describe('the JSON Schema of a call', () => {
  it.each([
    ...SCHEMAS,
    ['a problem', OperatorProblemSchema],
    ['a key', IdempotencyKeySchema],
  ] as const)('(%s) is what valibot’s own converter makes of it', (_what, schema) => {
    expect(schemaOf(schema)).toEqual(byLibrary(schema));
  });

  it('is not made up where a part is not known', () => {
    expect(() => schemaOf({ type: 'bigint' } as v.GenericSchema)).toThrow('bigint');
  });
});
