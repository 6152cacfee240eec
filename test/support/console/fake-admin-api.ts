/** A Worker's `/v1/admin/` in the page of a test: its answers by call, and what it was asked. */
import { AdminApi } from '../../../console/admin-client.ts';

export interface Asked {
  call: string;
  body: unknown;
  authorization: string;
}

export interface FakeAdminApi {
  api: AdminApi;
  asked: Asked[];
  unauthorized(): number;
}

/** By method and path: `POST mitto/limits`. A `Response` is given as it is, anything else as JSON. */
export type Answers = Readonly<Record<string, unknown>>;

export function fakeAdminApi(answers: Answers): FakeAdminApi {
  const asked: Asked[] = [];
  let refusals = 0;
  const fetcher: typeof fetch = async (input, init = {}) => {
    const call = `${init.method} ${String(input).replace('/v1/admin/', '')}`;
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({
      call,
      body,
      authorization: new Headers(init.headers).get('Authorization') ?? '',
    });
    if (!Object.hasOwn(answers, call)) throw new TypeError('no network');
    const answer = answers[call];
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  };
  return {
    api: new AdminApi('the token', () => refusals++, fetcher),
    asked,
    unauthorized: () => refusals,
  };
}

export function problem(status: number, members: object): Response {
  return Response.json(
    { title: 'It could not be done', status, code: 'upstream_error', ...members },
    { status },
  );
}
