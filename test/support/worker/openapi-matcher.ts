/** That an answer is one that /openapi.json tells of, so that every test of a call is a test of its description too. */
import * as v from 'valibot';
import type { Problem } from '../../../shared/api/problem-details.ts';
import { describeApi, EVERY_OPERATION } from '../../../worker/openapi/document.ts';

interface Described {
  responses: Record<string, { headers?: Record<string, object> }>;
}

const { paths, components } = describeApi() as {
  paths: Record<string, Record<string, Described>>;
  components: { headers: Record<string, { required?: boolean }> };
};

const CALLS = Object.entries(EVERY_OPERATION).map(([path, operations]) => ({
  path,
  operations,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** @throws where the description is wrong or silent */
export async function requireDocumented(request: Request, response: Response): Promise<void> {
  const { pathname } = new URL(request.url);
  const call = CALLS.find(({ pattern }) => pattern.test(pathname));
  const method = request.method.toLowerCase();
  const operation = call?.operations[method];
  if (!call || !operation) return;
  const { status } = response;
  const wrong = (what: string) =>
    new Error(`${method} ${call.path} answered ${status} ${what}, which is not in its description`);

  const described = paths[call.path]?.[method]?.responses[status];
  if (!described) throw wrong(await response.clone().text());
  for (const name of ['Allow', 'Retry-After', 'RateLimit', 'RateLimit-Policy']) {
    const isTold = described.headers?.[name] !== undefined;
    const isThere = response.headers.has(name);
    if (isThere && !isTold) throw wrong(`with ${name}`);
    if (isTold && !isThere && components.headers[name]?.required) throw wrong(`without ${name}`);
  }
  if (status === 204) return;
  const body = (await response.clone().json()) as object;
  const { answer, errors, isOwnForm } = operation;
  if (status === answer.status || status === isOwnForm) {
    // A member that the schema does not have is gone after it.
    const known = answer.schema && v.parse(answer.schema, body);
    if (canonical(known) !== canonical(body)) throw wrong(JSON.stringify(body));
  } else if (!errors.includes((body as Problem).code)) throw wrong((body as Problem).code);
}

/** Whatever the order of members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
