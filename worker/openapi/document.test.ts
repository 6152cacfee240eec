import { describe, expect, it } from 'vitest';
import { describeApi, EVERY_OPERATION } from './document.ts';

interface Schema {
  type?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: object;
  additionalProperties?: unknown;
  items?: Schema;
}
interface Body {
  content?: Record<string, { schema: Schema }>;
}
interface Described {
  operationId: string;
  requestBody?: Body;
  responses: Record<string, Body & { headers?: Record<string, { $ref: string }> }>;
}

const document = describeApi() as {
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, Described['responses'][string]>>;
};
const OPERATIONS = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ path, method, ...described })),
);
/** What is passed through is Mitto's to describe. */
const OURS = OPERATIONS.filter(({ path }) => !path.startsWith('/v1/admin/mitto/'));

const schemasOf = ({ content = {} }: Body) => Object.values(content).map(({ schema }) => schema);
const isTyped = ({ items, properties }: Schema): boolean =>
  items ? isTyped(items) : properties !== undefined;

describe('the description of the API', () => {
  it('gives each call a name of its own, that may stand in any language', () => {
    const names = OPERATIONS.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(get|post|put|delete)[A-Z][A-Za-z0-9]+$/);
    expect(names).toContain('postV1AdminConnectorsNameTest');
    expect(names).toContain('getWellKnownJwksJson');
  });

  it.each(OURS)('$method $path has no body of any members', ({ requestBody, responses }) => {
    const isStrict = ({ anyOf, oneOf = anyOf, additionalProperties }: Schema): boolean =>
      oneOf?.every(isStrict) ?? additionalProperties === false;
    for (const schema of schemasOf(requestBody ?? {})) expect(isStrict(schema)).toBe(true);
    for (const [status, response] of Object.entries(responses))
      if (Number(status) < 300)
        for (const schema of schemasOf(response)) expect(isTyped(schema)).toBe(true);
  });

  it.each(OPERATIONS)('$method $path answers a body, or 204', ({ responses }) => {
    for (const [status, response] of Object.entries(responses))
      expect(schemasOf(response)).toHaveLength(status === '204' ? 0 : 1);
  });

  it('tells the headers that go with a status, and each of them once', () => {
    const waits = ['Retry-After', 'RateLimit', 'RateLimit-Policy'];
    const named: Record<string, string[]> = { 401: ['WWW-Authenticate'], 429: waits, 503: waits };
    for (const { responses } of OPERATIONS)
      for (const [status, { headers = {} }] of Object.entries(responses)) {
        expect(Object.keys(headers)).toEqual(named[status] ?? []);
        for (const [name, { $ref }] of Object.entries(headers)) {
          expect($ref).toBe(`#/components/headers/${name}`);
          expect(document.components['headers']).toHaveProperty(name);
        }
      }
    expect(document.components['responses']?.['method_not_allowed']?.headers).toHaveProperty(
      'Allow',
    );
  });

  it('names no code twice', () => {
    for (const methods of Object.values(EVERY_OPERATION))
      for (const { errors } of Object.values(methods))
        expect(new Set(errors).size).toBe(errors.length);
  });
});
