import { expect } from '@open-wc/testing';
import { fakeAdminApi, problem } from '../test/support/console/fake-admin-api.ts';
import { ConsoleProblem } from './errors.ts';

async function failure(work: Promise<unknown>): Promise<ConsoleProblem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConsoleProblem)) throw new Error(`It did not fail: ${String(error)}`);
  return error;
}

describe('a call of operators', () => {
  it('carries the token in its header, and no number in its URL', async () => {
    const { api, asked } = fakeAdminApi({ 'POST messages/search': { messages: [] } });
    await api.messagesTo('+4915123456789');
    expect(asked).to.deep.equal([
      {
        call: 'POST messages/search',
        body: { to: '+4915123456789' },
        authorization: 'Bearer the token',
      },
    ]);
  });

  it('asks for usage by block and days, and leaves open what is not given', async () => {
    const { api, asked } = fakeAdminApi({
      'GET mitto/usage/Daily?startDate=2026-11-01': [],
      'GET mitto/usage/AllTime': [],
    });
    await api.usage('Daily', { startDate: '2026-11-01', endDate: '' });
    await api.usage('AllTime', { startDate: '', endDate: '' });
    expect(asked).to.have.length(2);
  });

  it('that is refused with 401 asks for the token again', async () => {
    const { api, unauthorized } = fakeAdminApi({
      'GET figures': problem(401, { code: 'unauthorized' }),
    });
    expect((await failure(api.figures())).status).to.equal(401);
    expect(unauthorized()).to.equal(1);
  });

  it('brings back what the provider said', async () => {
    const upstream = { kind: 'refused', status: 404, code: 404, body: '{"message":"gone"}' };
    const { api } = fakeAdminApi({ 'GET mitto/limits': problem(502, { detail: 'why', upstream }) });
    const { detail, upstream: said } = await failure(api.resources('limits'));
    expect(detail).to.equal('why');
    expect(said).to.deep.equal(upstream);
  });

  it('says when to come again', async () => {
    const late = problem(429, { code: 'rate_limited' });
    late.headers.set('Retry-After', '7');
    const { api } = fakeAdminApi({ 'GET figures': late });
    expect((await failure(api.figures())).retryAfterSeconds).to.equal(7);
  });

  it('without an answer, or with one of another form, is a problem in words', async () => {
    const { api } = fakeAdminApi({
      'GET figures': { at: 1 },
      'GET connectors': new Response('<html>', { status: 200 }),
      'GET mitto/search': new Response('<html>', { status: 500 }),
    });
    expect((await failure(api.figures())).detail).to.match(/^at: /);
    expect((await failure(api.connectors())).code).to.equal('unintelligible');
    expect((await failure(api.sessions({}))).detail).to.match(/HTTP 500/);
    expect((await failure(api.resources('workflows'))).code).to.equal('no_answer');
  });

  it('that is called off throws what the one who waits expects', async () => {
    const { api } = fakeAdminApi({});
    const signal = AbortSignal.abort();
    const error = await api.figures(signal).catch((thrown: unknown) => thrown);
    expect((error as DOMException).name).to.equal('AbortError');
  });
});
