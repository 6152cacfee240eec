/** The OpenAPI document, made from the schemas that check the requests and the table of codes that answers come from. */
import { ERROR_CODES, type ErrorCode } from '../shared/error-codes.ts';
import { ProblemSchema } from '../shared/problem.ts';
import { ADMIN_OPERATIONS } from './openapi/admin-operations.ts';
import { schemaOf } from './openapi/json-schema.ts';
import type { Operation, Operations } from './openapi/operation.ts';
import { OPERATIONS } from './openapi/operations.ts';
import { SERVER_OPERATIONS } from './openapi/server-operations.ts';

const EVERY_OPERATION: Operations = { ...OPERATIONS, ...SERVER_OPERATIONS, ...ADMIN_OPERATIONS };

export function describeApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'mitto-otp',
      version: '1',
      description: 'Proves that a visitor holds a phone number.',
    },
    paths: Object.fromEntries(
      Object.entries(EVERY_OPERATION).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [method, describe(operation)]),
        ),
      ]),
    ),
    components: {
      schemas: { Problem: schemaOf(ProblemSchema) },
      securitySchemes: {
        SITE_SECRET: { type: 'http', scheme: 'bearer' },
        ADMIN_TOKEN: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function describe(operation: Operation): object {
  const { summary, bearer, request, takesRecord, alsoForm, answer } = operation;
  const { parameters, errors, isOwnForm } = operation;
  const body = request ? schemaOf(request) : takesRecord ? { type: 'object' } : undefined;
  return {
    summary,
    ...(bearer ? { security: [{ [bearer]: [] }] } : {}),
    ...(parameters ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              ['application/json', ...(alsoForm ? ['application/x-www-form-urlencoded'] : [])].map(
                (type) => [type, { schema: body }],
              ),
            ),
          },
        }
      : {}),
    responses: {
      [answer.status]: describeAnswer(answer),
      ...(isOwnForm ? { [isOwnForm]: describeAnswer(answer) } : {}),
      ...describeErrors(errors),
    },
  };
}

function describeAnswer({
  status,
  schema,
  type = 'application/json',
}: Operation['answer']): object {
  if (status === 204) return { description: 'Done' };
  return {
    description: 'OK',
    content: { [type]: { schema: schema ? schemaOf(schema) : { type: 'object' } } },
  };
}

/** One response a status; the codes that it can carry stand in its schema. */
function describeErrors(codes: readonly ErrorCode[]): object {
  const statuses = [...new Set(codes.map((code) => ERROR_CODES[code].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => ERROR_CODES[code].status === status);
      const schema = {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: here } } }],
      };
      return [
        status,
        { description: here.join(', '), content: { 'application/problem+json': { schema } } },
      ];
    }),
  );
}
