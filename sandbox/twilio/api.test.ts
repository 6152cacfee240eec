import { describe, expect, it } from 'vitest';
import { Harness, MESSAGE } from '../testing.ts';

function basic(user: string, password: string): Record<string, string> {
  return { Authorization: `Basic ${btoa(`${user}:${password}`)}` };
}

describe('who may call', () => {
  it('is the account with its token, and an API key with its secret', async () => {
    const harness = new Harness();
    const { accountSid, authToken, apiKeySid, apiKeySecret } = harness.sandbox.twilio;
    for (const headers of [basic(accountSid, authToken), basic(apiKeySid, apiKeySecret)])
      expect((await harness.twilio('/Messages', MESSAGE, headers)).status).toBe(201);
  });

  it('is nobody else: 401 and 20003', async () => {
    const harness = new Harness();
    const { accountSid, authToken, apiKeySid, apiKeySecret } = harness.sandbox.twilio;
    for (const headers of [
      { Authorization: '' },
      basic(accountSid, 'wrong'),
      basic(accountSid, apiKeySecret),
      basic(apiKeySid, authToken),
      basic('', ''),
      { Authorization: `Bearer ${authToken}` },
    ]) {
      expect(await harness.twilio('/Messages', MESSAGE, headers)).toMatchObject({
        status: 401,
        json: {
          code: 20003,
          message: 'Authenticate',
          more_info: 'https://www.twilio.com/docs/errors/20003',
          status: 401,
        },
      });
    }
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });
});

describe('paths', () => {
  it('tell of the account', async () => {
    const harness = new Harness();
    const { accountSid, authToken } = harness.sandbox.twilio;
    const path = `/2010-04-01/Accounts/${accountSid}.json`;
    const answered = await harness.call('GET', path, undefined, basic(accountSid, authToken));
    expect(answered).toMatchObject({ status: 200, json: { sid: accountSid, status: 'active' } });
  });

  it('tell nothing of the account to an API key', async () => {
    const harness = new Harness();
    const { accountSid, apiKeySid, apiKeySecret } = harness.sandbox.twilio;
    const path = `/2010-04-01/Accounts/${accountSid}.json`;
    const answered = await harness.call('GET', path, undefined, basic(apiKeySid, apiKeySecret));
    expect(answered).toMatchObject({ status: 401, json: { code: 20003 } });
  });

  it.each([
    ['POST', '/2010-04-01/Accounts/AC0/Messages.json', 404, 20404],
    ['POST', '/2010-04-01/Accounts/{sid}/Messages', 404, 20404],
    ['POST', '/2010-04-01/Accounts/{sid}/Faxes.json', 404, 20404],
    ['POST', '/2010-04-01/', 404, 20404],
    ['GET', '/2010-04-01/Accounts/{sid}/Messages.json', 405, 20004],
    ['POST', '/2010-04-01/Accounts/{sid}.json', 405, 20004],
  ])('answer %s %s with %i and %i', async (method, pattern, status, code) => {
    const harness = new Harness();
    const { accountSid, authToken } = harness.sandbox.twilio;
    const path = pattern.replace('{sid}', accountSid);
    const headers = basic(accountSid, authToken);
    const answered = await harness.call(method, path, undefined, headers);
    expect(answered).toMatchObject({ status, json: { code, status } });
  });
});

describe('a body', () => {
  it('of another notation has no parameters', async () => {
    const harness = new Harness();
    const headers = { 'Content-Type': 'application/json' };
    expect((await harness.twilio('/Messages', MESSAGE, headers)).json).toMatchObject({
      code: 21604,
    });
  });

  it('that is too large is refused', async () => {
    const harness = new Harness();
    const answered = await harness.message({ Body: 'x'.repeat(70_000) });
    expect(answered).toMatchObject({ status: 413, json: { status: 413 } });
  });
});
