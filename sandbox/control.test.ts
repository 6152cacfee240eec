import { describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from './options.ts';
import { Harness, PHONE, SEND } from './testing.ts';

/** No key is asked for here. */
const NO_KEY = { Authorization: '' };

describe('the control surface', () => {
  it('reads the inbox, by receiver and from where the reader left off', async () => {
    const harness = new Harness();
    await harness.send();
    const { code } = await harness.send();
    await harness.send({ to: '+4915100000000' });
    for (const to of [PHONE, encodeURIComponent(PHONE), PHONE.slice(1)]) {
      const path = `/_sandbox/inbox?to=${to}&after=1`;
      const { status, json, headers } = await harness.call('GET', path, undefined, NO_KEY);
      expect(status).toBe(200);
      expect(json).toMatchObject({ messages: [{ id: 2, to: PHONE, code }] });
      expect(headers.get('Cache-Control')).toBe('no-store');
    }
    expect((await harness.call('GET', '/_sandbox/inbox?after=x')).status).toBe(400);
  });

  it('reads the record of calls, and is not in it', async () => {
    const harness = new Harness();
    await harness.send();
    await harness.verify('000000');
    const all = await harness.call('GET', '/_sandbox/calls');
    expect(all.json).toMatchObject({ calls: [{ operation: 'send', body: SEND }, { id: 2 }] });
    const after = await harness.call('GET', '/_sandbox/calls?after=1');
    expect(after.json).toMatchObject({ calls: [{ operation: 'verify' }] });
    const sends = await harness.call('GET', '/_sandbox/calls?operation=send');
    expect(sends.json['calls']).toHaveLength(1);
    expect((await harness.call('GET', '/_sandbox/calls?operation=resend')).status).toBe(400);

    await harness.message();
    const twilio = await harness.call('GET', '/_sandbox/calls?provider=twilio');
    expect(twilio.json).toMatchObject({ calls: [{ operation: 'twilio_message' }] });
    expect((await harness.call('GET', '/_sandbox/calls?provider=sinch')).status).toBe(400);
  });

  it('sends delivery reports, and tells of those that went out', async () => {
    const harness = new Harness();
    const { json } = await harness.sms({ callback: 'https://example.com/' });
    const report = { message: json['id'], status: 'failed', errorCode: '28' };
    const sent = await harness.call('POST', '/_sandbox/reports', report, NO_KEY);
    expect(sent).toMatchObject({
      status: 200,
      json: { reports: [{ id: 1, message: json['id'], status: 'failed', answered: 204 }] },
    });
    await harness.call('POST', '/_sandbox/reports', { status: 'delivered' });
    const { json: after } = await harness.call('GET', '/_sandbox/reports?after=1');
    expect(after).toMatchObject({ reports: [{ id: 2, status: 'delivered' }] });
    expect(harness.received).toHaveLength(2);
  });

  it.each([
    [{ status: 'delivered', message: 'x' }, 404],
    [{ status: 'delivered' }, 409],
    [{ status: '' }, 400],
    [{}, 400],
    [{ status: 'delivered', errorcode: '28' }, 400],
    [{ status: 'delivered', times: 101 }, 400],
  ])('refuses to report %j with %i', async (report, status) => {
    const harness = new Harness();
    await harness.sms();
    expect((await harness.call('POST', '/_sandbox/reports', report)).status).toBe(status);
  });

  it('reads and turns the knobs', async () => {
    const harness = new Harness();
    const read = () => harness.call('GET', '/_sandbox/knobs');
    expect((await read()).json).toEqual(DEFAULT_OPTIONS);

    await harness.call('PATCH', '/_sandbox/knobs', { codeLength: 8 });
    const patched = await harness.call('PATCH', '/_sandbox/knobs', { newlines: 'folded' });
    expect(patched.json).toEqual({ ...DEFAULT_OPTIONS, codeLength: 8, newlines: 'folded' });
    expect(harness.sandbox.knobs.current).toEqual(patched.json);

    const faults = [{ on: 'send', kind: 'status', status: 503, times: 1 }];
    const put = await harness.call('PUT', '/_sandbox/knobs', { faults });
    expect(put.json).toEqual({ ...DEFAULT_OPTIONS, faults });
    expect((await harness.call('PUT', '/_sandbox/knobs', put.json)).json).toEqual(put.json);
    expect((await harness.call('POST', '/2fa/send', SEND)).status).toBe(503);
    expect((await read()).json).toEqual(DEFAULT_OPTIONS);
  });

  it('refuses a knob that it does not know', async () => {
    const answered = await new Harness().call('PATCH', '/_sandbox/knobs', { codeLenght: 8 });
    expect(answered).toMatchObject({
      status: 400,
      json: { code: 400, message: 'Unknown knob: codeLenght' },
    });
  });

  it('resets', async () => {
    const harness = new Harness();
    await harness.send();
    expect((await harness.call('POST', '/_sandbox/reset')).status).toBe(200);
    expect(harness.sandbox.inbox.list()).toEqual([]);
  });

  it('is beyond the reach of faults', async () => {
    const harness = new Harness({ knobs: { faults: [{ on: 'any', kind: 'ip_not_allowed' }] } });
    expect((await harness.call('PUT', '/_sandbox/knobs', {})).status).toBe(200);
  });

  it.each([
    ['GET', '/_sandbox/', 404],
    ['GET', '/_sandbox/nothing', 404],
    ['GET', '/_sandbox/reset', 405],
    ['DELETE', '/_sandbox/inbox', 405],
    ['PUT', '/_sandbox/reports', 405],
  ])('answers %s %s with %i', async (method, path, status) => {
    const answered = await new Harness().call(method, path);
    expect(answered).toMatchObject({ status, json: { code: status } });
  });

  it.each([
    ['http://localhost:8787', true],
    ['http://127.0.0.1:8787', true],
    ['http://[::1]:8787', true],
    ['https://example.com', false],
    ['http://localhost.example.com', false],
    ['null', false],
  ])('answers a page of %s: %s', async (Origin, isTrusted) => {
    const harness = new Harness();
    await harness.send();
    const answered = await harness.call('GET', '/_sandbox/inbox', undefined, { Origin });
    expect(answered.status).toBe(isTrusted ? 200 : 403);
    expect(answered.headers.get('Access-Control-Allow-Origin')).toBe(isTrusted ? Origin : null);

    await harness.call('POST', '/_sandbox/reset', undefined, { Origin });
    expect(harness.sandbox.inbox.list()).toHaveLength(isTrusted ? 0 : 1);
  });

  it('answers the preflight of a page of loopback', async () => {
    const headers = { Origin: 'http://localhost:8787' };
    const answered = await new Harness().call('OPTIONS', '/_sandbox/knobs', undefined, headers);
    expect(answered.status).toBe(204);
    expect(answered.headers.get('Access-Control-Allow-Methods')).toBe('GET, PATCH, PUT');
    expect(answered.headers.get('Access-Control-Allow-Headers')).toBe('Content-Type');
  });
});
