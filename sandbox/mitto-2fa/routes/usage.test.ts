import { describe, expect, it } from 'vitest';
import { Harness } from '../../testing.ts';

const DAY = 86_400;

/** Two texts and a call on 15 January 2026, a text on the 16th, one on 16 February; it is 17 February now. */
async function sendOverWeeks(): Promise<Harness> {
  const harness = new Harness();
  await harness.send();
  await harness.send();
  await harness.send({ channel: 'call' });
  harness.advance(DAY);
  await harness.send();
  harness.advance(31 * DAY);
  await harness.send();
  harness.advance(DAY);
  return harness;
}

async function usage(harness: Harness, rest = '') {
  const { json } = await harness.call('GET', `/2fa/usage/records${rest}`);
  const records = json['usageRecords'] as Record<string, string>[];
  return records.map((record) => [
    record['channel'],
    record['startTime'],
    record['endTime'],
    record['count'],
  ]);
}

describe('usage records', () => {
  it('have the members of the documented sample, the count as text', async () => {
    const harness = new Harness();
    await harness.send();
    const { json } = await harness.call('GET', '/2fa/usage/records');
    expect(json).toEqual({
      usageRecords: [
        {
          channel: 'sms',
          description: 'OTPs by sms',
          accountSid: harness.sandbox.accountId,
          startTime: '2026-01-15',
          endTime: '2026-01-15',
          count: '1',
          unit: 'OTP',
          uri: '/2fa/usage/records?startDate=2026-01-15&endDate=2026-01-15',
        },
      ],
    });
  });

  it('are cut by day, both ends included, by query and by body', async () => {
    const harness = await sendOverWeeks();
    expect(await usage(harness)).toEqual([
      ['call', '2026-01-15', '2026-02-17', '1'],
      ['sms', '2026-01-15', '2026-02-17', '4'],
    ]);
    const filter = { startDate: '2026-01-16', endDate: '2026-02-16' };
    const expected = [['sms', '2026-01-16', '2026-02-16', '2']];
    expect(await usage(harness, `?${new URLSearchParams(filter)}`)).toEqual(expected);
    const { json } = await harness.call('POST', '/2fa/usage/records', filter);
    expect(json).toMatchObject({ usageRecords: [{ startTime: '2026-01-16', count: '2' }] });
  });

  it('can be of one channel, or of one account', async () => {
    const harness = new Harness();
    const accountSid = `AC${'b'.repeat(32)}`;
    await harness.send({ channel: 'call' });
    await harness.send({ accountSid });
    const counts = async (query: string) =>
      (await usage(harness, query)).map(([channel]) => channel);
    expect(await counts('')).toEqual(['call', 'sms']);
    expect(await counts('?channel=call')).toEqual(['call']);
    expect(await counts(`/Daily?accountSid=${accountSid}`)).toEqual(['sms']);
    expect(await counts('?channel=email')).toEqual([]);
  });

  it('add up by account', async () => {
    const harness = new Harness();
    await harness.send();
    await harness.send({ accountSid: `AC${'b'.repeat(32)}` });
    expect(await usage(harness)).toHaveLength(2);
  });

  it.each([
    ['AllTime', ['call 2026-01-15…2026-02-17 1', 'sms 2026-01-15…2026-02-17 4']],
    [
      'daily',
      [
        'call 2026-01-15…2026-01-15 1',
        'sms 2026-01-15…2026-01-15 2',
        'sms 2026-01-16…2026-01-16 1',
        'sms 2026-02-16…2026-02-16 1',
      ],
    ],
    [
      'MONTHLY',
      [
        'call 2026-01-01…2026-01-31 1',
        'sms 2026-01-01…2026-01-31 3',
        'sms 2026-02-01…2026-02-28 1',
      ],
    ],
    ['Yearly', ['call 2026-01-01…2026-12-31 1', 'sms 2026-01-01…2026-12-31 4']],
    ['Today', []],
    ['Yesterday', ['sms 2026-02-16…2026-02-16 1']],
    ['ThisMonth', ['sms 2026-02-01…2026-02-28 1']],
    ['LastMonth.json', ['call 2026-01-01…2026-01-31 1', 'sms 2026-01-01…2026-01-31 3']],
  ])('of the sub-resource %s', async (subresource, expected) => {
    const rows = await usage(await sendOverWeeks(), `/${subresource}`);
    const lines = rows.map(([channel, start, end, count]) => `${channel} ${start}…${end} ${count}`);
    expect(lines).toEqual(expected);
  });

  it('of a sub-resource are filtered as well', async () => {
    const harness = await sendOverWeeks();
    expect(await usage(harness, '/Daily?startDate=2026-01-16&endDate=2026-01-31')).toEqual([
      ['sms', '2026-01-16', '2026-01-16', '1'],
    ]);
    expect(await usage(harness, '/LastMonth?startDate=2026-01-16')).toMatchObject([
      ['sms', '2026-01-01', '2026-01-31', '1'],
    ]);
  });

  it('of an unknown sub-resource are 404, of an impossible day 400', async () => {
    const harness = new Harness();
    expect((await harness.call('GET', '/2fa/usage/records/Weekly')).status).toBe(404);
    expect((await harness.call('GET', '/2fa/usage/records?endDate=2026-13-01')).status).toBe(400);
    expect((await harness.call('GET', '/2fa/usage/records?endDate=today')).status).toBe(400);
  });
});
