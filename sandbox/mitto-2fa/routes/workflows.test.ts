import { describe, expect, it } from 'vitest';
import { Harness } from '../../testing.ts';

describe('workflows', () => {
  it('are created, found, listed, changed and deleted', async () => {
    const harness = new Harness();
    const fields = { name: 'text first', channels: ['sms', 'call'] };
    const { json } = await harness.call('POST', '/2fa/workflows', fields);
    const sid = String(json['sid']);
    expect(sid).toMatch(/^WF[0-9a-f]{32}$/);
    expect((await harness.call('GET', `/2fa/workflows/search/${sid}`)).json).toMatchObject(fields);
    expect((await harness.call('GET', '/2fa/workflows/search')).json).toMatchObject({
      workflows: [{ sid }],
    });

    const changes = { channels: ['call', 'sms', 'email'], description: 'call first' };
    expect((await harness.call('PUT', `/2fa/workflows/${sid}`, changes)).json).toMatchObject({
      name: 'text first',
      ...changes,
    });

    const deleted = await harness.call('DELETE', `/2fa/workflows/${sid}`);
    expect(deleted.json).toEqual({ code: 200, message: 'OK' });
    expect((await harness.call('GET', `/2fa/workflows/search/${sid}`)).status).toBe(404);
    expect((await harness.call('PUT', `/2fa/workflows/${sid}`, changes)).status).toBe(404);
    expect((await harness.call('DELETE', `/2fa/workflows/${sid}`)).status).toBe(404);
  });

  it.each([
    ['name', { channels: ['sms'] }],
    ['channels', { name: 'x' }],
    ['channels', { name: 'x', channels: [] }],
    ['channels', { name: 'x', channels: ['sms', 'sms'] }],
    ['channels.0', { name: 'x', channels: ['fax'] }],
  ])('are refused for their %s', async (field, fields) => {
    const { status, json } = await new Harness().call('POST', '/2fa/workflows', fields);
    expect(status).toBe(400);
    expect(json['message']).toMatch(new RegExp(`^${field}: `));
  });
});
