import { describe, expect, it } from 'vitest';
import { Harness, SEND } from '../../testing.ts';

const PER_IP = {
  name: 'limit_on_ip',
  description: 'a burst and a day',
  buckets: [
    { name: 'burst', max: 2, interval: 60 },
    { name: 'day', max: 3, interval: 86_400 },
  ],
};

async function withLimit(fields: unknown = PER_IP) {
  const harness = new Harness();
  const { json } = await harness.call('POST', '/2fa/limits', fields);
  return { harness, sid: String(json['sid']) };
}

function sendFrom(harness: Harness, ip: string, more: Record<string, unknown> = {}) {
  const limits = { limit_on_ip: ip, ...more };
  return harness.call('POST', '/2fa/send', { ...SEND, limits });
}

describe('limits', () => {
  it('are created, found, listed, changed and deleted', async () => {
    const { harness, sid } = await withLimit();
    const path = `/2fa/limits/${sid}`;
    expect(sid).toMatch(/^LI[0-9a-f]{32}$/);
    expect((await harness.call('GET', path)).json).toMatchObject({ sid, ...PER_IP, uri: path });
    expect((await harness.call('GET', '/2fa/limits/search')).json).toMatchObject({
      limits: [{ sid }],
    });

    harness.advance(1);
    const changed = await harness.call('PUT', path, { description: 'other', name: 'limit_on_ip' });
    expect(changed.json).toMatchObject({ ...PER_IP, description: 'other' });
    expect(changed.json['dateUpdated']).not.toBe(changed.json['dateCreated']);

    expect((await harness.call('DELETE', path)).json).toEqual({ code: 200, message: 'OK' });
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await harness.call(method, path)).status).toBe(404);
  });

  it.each([
    ['name', { ...PER_IP, name: '' }],
    ['buckets', { name: 'x' }],
    ['buckets', { name: 'x', buckets: [] }],
    [
      'buckets',
      { name: 'x', buckets: [1, 2, 3].map((n) => ({ name: `${n}`, max: 1, interval: 1 })) },
    ],
    ['buckets', { name: 'x', buckets: [1, 1].map((n) => ({ name: `${n}`, max: 1, interval: 1 })) }],
    ['buckets.0.max', { name: 'x', buckets: [{ name: 'a', max: 0, interval: 1 }] }],
  ])('are refused for their %s', async (field, fields) => {
    const { status, json } = await new Harness().call('POST', '/2fa/limits', fields);
    expect(status).toBe(400);
    expect(json['message']).toMatch(new RegExp(`^${field}: `));
  });

  it('have names of their own', async () => {
    const { harness, sid } = await withLimit();
    expect((await harness.call('POST', '/2fa/limits', PER_IP)).status).toBe(409);
    await harness.call('POST', '/2fa/limits', { ...PER_IP, name: 'other' });
    expect((await harness.call('PUT', `/2fa/limits/${sid}`, { name: 'other' })).status).toBe(409);
  });
});

describe('a send that names a limit', () => {
  it('is refused when a bucket is full, and told when it has room again', async () => {
    const { harness } = await withLimit();
    expect((await sendFrom(harness, '192.0.2.1')).status).toBe(200);
    harness.advance(10);
    expect((await sendFrom(harness, '192.0.2.1')).status).toBe(200);
    harness.advance(10.5);
    const over = await sendFrom(harness, '192.0.2.1');
    expect(over).toMatchObject({
      status: 429,
      json: { code: 429, message: 'Limit exceeded: limit_on_ip' },
    });
    expect(over.headers.get('Retry-After')).toBe('40');
    expect(harness.sandbox.inbox.list()).toHaveLength(2);

    expect((await sendFrom(harness, '192.0.2.2')).status).toBe(200);
    harness.advance(39.5);
    expect((await sendFrom(harness, '192.0.2.1')).status).toBe(200);
    // The day's bucket is full now.
    harness.advance(60);
    expect((await sendFrom(harness, '192.0.2.1')).status).toBe(429);
  });

  it('costs the other limits nothing when one of them refuses it', async () => {
    const { harness } = await withLimit();
    const onPhone = { name: 'on_phone', buckets: [{ name: 'one', max: 1, interval: 600 }] };
    await harness.call('POST', '/2fa/limits', onPhone);
    expect((await sendFrom(harness, '192.0.2.1', { on_phone: '1' })).status).toBe(200);
    expect((await sendFrom(harness, '192.0.2.1', { on_phone: '1' })).status).toBe(429);
    expect((await sendFrom(harness, '192.0.2.1', { on_phone: '2' })).status).toBe(200);
  });

  it.each([
    ['120', '120'],
    ['', null],
  ])('with the knob retryAfter %j is told %j', async (retryAfter, header) => {
    const { harness } = await withLimit();
    harness.sandbox.knobs.patch({ retryAfter });
    await sendFrom(harness, '192.0.2.1');
    await sendFrom(harness, '192.0.2.1');
    const over = await sendFrom(harness, '192.0.2.1');
    expect(over.status).toBe(429);
    expect(over.headers.get('Retry-After')).toBe(header);
  });

  it('that nobody created passes, or is refused with the knob unknownLimit', async () => {
    const harness = new Harness();
    expect((await sendFrom(harness, '192.0.2.1')).status).toBe(200);
    harness.sandbox.knobs.patch({ unknownLimit: 'refused' });
    expect(await sendFrom(harness, '192.0.2.1')).toMatchObject({
      status: 400,
      json: { message: 'limits.limit_on_ip: no such limit' },
    });
  });
});
