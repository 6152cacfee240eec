/** The OpenAPI document, generated from the schemas that validate requests and from the table of error codes. */
import type * as v from 'valibot';
import { OperatorProblemSchema } from '../../shared/api/admin-responses.ts';
import { ERROR_CODES } from '../../shared/api/error-codes.ts';
import { ProblemSchema } from '../../shared/api/problem-details.ts';
import { ADMIN_OPERATIONS } from './admin-operations.ts';
import { schemaOf } from './json-schema.ts';
import type { Operation, Operations } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { SERVER_OPERATIONS } from './server-operations.ts';

export const EVERY_OPERATION: Operations = {
  ...OPERATIONS,
  ...SERVER_OPERATIONS,
  ...ADMIN_OPERATIONS,
};

const COUNTED = ['Retry-After', 'RateLimit', 'RateLimit-Policy'];
/** The headers of each status, by their names in `components`. */
const HEADERS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  429: COUNTED,
  503: COUNTED,
};

export function describeApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'mitto-otp',
      version: '1',
      description:
        'Phone verification by SMS or voice code. A method that a path does not list gets `method_not_allowed`. A page of an origin that is not in `ALLOWED_ORIGINS` can read one response only, the error `origin_not_allowed`.',
    },
    paths: Object.fromEntries(
      Object.entries(EVERY_OPERATION).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [
            method,
            { operationId: nameOf(method, path), ...describe(operation) },
          ]),
        ),
      ]),
    ),
    components: {
      schemas: {
        Problem: schemaOf(ProblemSchema),
        OperatorProblem: schemaOf(OperatorProblemSchema),
      },
      headers: {
        Allow: { required: true, schema: { type: 'string' } },
        'WWW-Authenticate': { required: true, schema: { const: 'Bearer' } },
        'Retry-After': { required: true, schema: { type: 'integer', minimum: 1 } },
        // Only when a limit rejected the request.
        RateLimit: { schema: { type: 'string' } },
        'RateLimit-Policy': { schema: { type: 'string' } },
      },
      responses: {
        method_not_allowed: describeErrors({ errors: ['method_not_allowed'] })[405],
      },
      securitySchemes: {
        SITE_SECRET: { type: 'http', scheme: 'bearer' },
        ADMIN_TOKEN: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

/** `postV1AdminConnectorsNameTest`: as stable as the path. */
function nameOf(method: string, path: string): string {
  return method + path.replace(/\W+(\w?)/g, (_between, letter: string) => letter.toUpperCase());
}

function describe(operation: Operation): object {
  const { summary, bearer, request, alsoForm, answer, parameters, isOwnForm } = operation;
  const types = ['application/json', ...(alsoForm ? ['application/x-www-form-urlencoded'] : [])];
  return {
    summary,
    ...(bearer ? { security: [{ [bearer]: [] }] } : {}),
    ...(parameters ? { parameters } : {}),
    ...(request ? { requestBody: { required: true, content: contentOf(types, request) } } : {}),
    responses: {
      [answer.status]: describeAnswer(answer, answer.status),
      ...(isOwnForm ? { [isOwnForm]: describeAnswer(answer, isOwnForm) } : {}),
      ...describeErrors(operation),
    },
  };
}

function describeAnswer(
  { schema, type = 'application/json' }: Operation['answer'],
  status: number,
): object {
  return schema
    ? { description: 'OK', ...headersOf(status), content: contentOf([type], schema) }
    : { description: 'Done' };
}

function contentOf(types: readonly string[], schema: v.GenericSchema): object {
  return Object.fromEntries(types.map((type) => [type, { schema: schemaOf(schema) }]));
}

function headersOf(status: number): { headers?: object } {
  const names = HEADERS[status];
  if (!names) return {};
  const headers = names.map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  return { headers: Object.fromEntries(headers) };
}

/** One response per status; its schema lists the possible codes. */
function describeErrors({
  errors,
  bearer,
}: Pick<Operation, 'errors' | 'bearer'>): Record<number, object> {
  const statuses = [...new Set(errors.map((code) => ERROR_CODES[code].status))].sort();
  const problem = bearer === 'ADMIN_TOKEN' ? 'OperatorProblem' : 'Problem';
  return Object.fromEntries(
    statuses.map((status) => {
      const here = errors.filter((code) => ERROR_CODES[code].status === status);
      const schema = {
        allOf: [
          { $ref: `#/components/schemas/${problem}` },
          { properties: { code: { enum: here } } },
        ],
      };
      const content = { 'application/problem+json': { schema } };
      return [status, { description: here.join(', '), ...headersOf(status), content }];
    }),
  );
}
