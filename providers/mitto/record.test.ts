import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboundAnswer } from '../egress/egress.ts';
import { createMittoClient, MittoApiError, MittoInputError } from './client.ts';
import { countMember, type MemberReaders, readList, readRecord, textMember } from './record.ts';

const READERS: MemberReaders<{ name: string; count: number }> = {
  name: textMember,
  count: countMember,
};
const read = (raw: unknown) => readRecord(raw, READERS);

describe('a record', () => {
  it('has its known members under one spelling, and the others as they came', () => {
    const raw = { NAME: 'a', Count: '7', Extra: [1], 'x-y': null };
    const record = read(raw);
    expect(record).toEqual({ name: 'a', count: 7, Extra: [1], 'x-y': null });
    expect(record.raw).toBe(raw);
    expect(Object.keys(record)).not.toContain('raw');
  });

  it('has a known member of another type in its raw form only', () => {
    const raw = { name: 5, count: 'many' };
    expect(read(raw)).toEqual({});
    expect(read(raw).raw).toBe(raw);
  });

  it('of two spellings takes the exact one, else the first, and keeps the other', () => {
    expect(read({ NAME: 'a', name: 'b' })).toEqual({ NAME: 'a', name: 'b' });
    expect(read({ NAME: 'a', Name: 'b' })).toEqual({ name: 'a', Name: 'b' });
  });

  it('is no trap: `__proto__` and `raw` are names like any other', () => {
    const raw: unknown = JSON.parse('{"__proto__":{"name":"x"},"raw":1,"constructor":2}');
    const record = read(raw);
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(record.name).toBeUndefined();
    expect(record.raw).toBe(raw);
    expect(record['constructor']).toBe(2);
  });

  it('may be anything', () => {
    for (const raw of [null, 5, 'text', [1], undefined]) {
      expect(read(raw)).toEqual({});
      expect(read(raw).raw).toBe(raw);
    }
  });
});

describe('a list', () => {
  const list = (raw: unknown) => readList(raw, 'records', read);

  it('is a bare array, or the one array in an object, with the whole answer beside it', () => {
    const item = { name: 'a' };
    const page = { page: 1, next: '/2', anything: [item] };
    expect(list([item])).toEqual([item]);
    expect(list(page)).toEqual([item]);
    expect(list(page)?.raw).toBe(page);
    expect(list({ anything: [] })).toEqual([]);
    expect(JSON.stringify(list(page))).toBe('[{"name":"a"}]');
  });

  it('of several arrays is the one of its name, whatever the case', () => {
    expect(list({ errors: [1], RECORDS: [{ name: 'a' }] })).toEqual([{ name: 'a' }]);
  });

  it('is not guessed', () => {
    for (const raw of [{ a: [], b: [] }, {}, { code: 200 }, null, 5, 'text', undefined])
      expect(list(raw)).toBeUndefined();
  });
});

describe('a count', () => {
  it.each([
    [0, 0],
    [14, 14],
    ['14', 14],
    ['007', 7],
  ])('%j is %i', (value, count) => {
    expect(countMember(value)).toBe(count);
  });

  it.each([-1, 1.5, Number.NaN, '', ' 1', '1e3', '0x1', '-1', 2 ** 53, '٣', null, [1], true])(
    '%j is none',
    (value) => {
      expect(countMember(value)).toBeUndefined();
    },
  );
});

describe('whatever Mitto answers', () => {
  const envelope = fc.constantFrom({}, { code: 200 }, { code: 404 }, { Code: '429' }, { code: 7 });
  const item = fc.oneof(
    fc.record(
      {
        sid: fc.jsonValue(),
        AccountSID: fc.oneof(fc.constant('AC01'), fc.jsonValue()),
        COUNT: fc.oneof(fc.constant('14'), fc.jsonValue()),
        buckets: fc.jsonValue(),
        channels: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
  );
  const value = fc.oneof(
    fc.array(item, { maxLength: 3 }),
    fc
      .tuple(envelope, fc.array(item, { maxLength: 3 }), fc.dictionary(fc.string(), item))
      .map(([head, records, rest]) => ({ ...head, ...rest, records })),
    item,
  );
  const text = fc.oneof(
    { weight: 6, arbitrary: value.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
  const answer: fc.Arbitrary<OutboundAnswer> = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('answered' as const),
        status: fc.oneof(fc.constantFrom(200, 200, 200, 204, 404), fc.nat(999)),
        retryAfter: fc.option(fc.string()),
        text,
      }),
    },
    fc.constantFrom<OutboundAnswer>(
      { kind: 'oversized', status: 200 },
      { kind: 'unanswered', why: 'late' },
      { kind: 'refused_by_relay', why: 'busy', detail: 'busy' },
    ),
  );

  it('a call gives records in which nothing is lost, or throws a MittoApiError', async () => {
    let lists = 0;
    await fc.assert(
      fc.asyncProperty(answer, async (heard) => {
        const egress = { call: async () => heard };
        const mitto = createMittoClient({ accountId: 'AC01', apiKey: 'key', egress });
        const calls = [
          mitto.search.list(),
          mitto.search.get('OTP1'),
          mitto.usage.list({ startDate: '2026-11-01' }),
          mitto.usage.subresource('Daily'),
          mitto.limits.create({ name: 'a' }),
          mitto.limits.update('LI1', {}),
          mitto.limits.list(),
          mitto.limits.get('LI1'),
          mitto.workflows.create({ name: 'a' }),
          mitto.workflows.update('WF1', {}),
          mitto.workflows.list(),
          mitto.workflows.get('WF1'),
        ];
        for (const outcome of await Promise.allSettled(calls)) {
          if (outcome.status === 'rejected') {
            expect(outcome.reason).toBeInstanceOf(MittoApiError);
            continue;
          }
          if (heard.kind !== 'answered') throw new Error('a result of nothing');
          expect(heard.status >= 200 && heard.status <= 299).toBe(true);
          const came: unknown = heard.text.trim() === '' ? undefined : JSON.parse(heard.text);
          expect(outcome.value.raw).toEqual(came);
          if (!Array.isArray(outcome.value)) continue;
          lists += 1;
          for (const one of outcome.value) {
            expect(['string', 'undefined']).toContain(typeof one.accountSid);
            expect(['number', 'undefined']).toContain(typeof one.countNumber);
          }
        }
      }),
      { numRuns: 2_000 },
    );
    // Or the answers were too wild to prove anything.
    expect(lists).toBeGreaterThan(1_000);
  }, 60_000);

  it('a text of a megabyte is read like any other', async () => {
    const raw = [{ sid: 'x'.repeat(1_000_000) }];
    const egress = {
      call: async (): Promise<OutboundAnswer> => ({
        kind: 'answered',
        status: 200,
        retryAfter: null,
        text: JSON.stringify(raw),
      }),
    };
    const mitto = createMittoClient({ accountId: 'AC01', apiKey: 'key', egress });
    expect(await mitto.search.list()).toEqual(raw);
  });
});

describe('what is handed in', () => {
  /** A client whose egress fails the test. */
  const mitto = createMittoClient({
    accountId: 'AC01',
    apiKey: 'key',
    egress: {
      call: async ({ url }) => {
        throw new Error(`called ${url}`);
      },
    },
  });

  it('never leads out of its path, nor to another call', async () => {
    const wrong = fc.oneof(
      fc.string({ unit: 'binary' }).filter((text) => !/^[A-Za-z0-9_-]{1,64}$/.test(text)),
      fc.constantFrom(
        '',
        '.',
        '..',
        '../send',
        '%2e%2e',
        'a/b',
        'a?b=c',
        'a#b',
        'a.json',
        'search',
      ),
      fc.constantFrom('SEARCH', 'a b', 'a\n', 'x'.repeat(65), '//host', 'ａ'),
    );
    await fc.assert(
      fc.asyncProperty(wrong, async (sid) => {
        for (const call of [
          () => mitto.search.get(sid),
          () => mitto.limits.get(sid),
          () => mitto.limits.update(sid, {}),
          () => mitto.limits.delete(sid),
          () => mitto.workflows.get(sid),
          () => mitto.workflows.update(sid, {}),
          () => mitto.workflows.delete(sid),
          () => mitto.usage.subresource(sid as 'Daily'),
        ])
          await expect(call()).rejects.toThrow(MittoInputError);
      }),
    );
  });

  it('as a filter is a query of one call and no more', async () => {
    const urls: string[] = [];
    const recording = createMittoClient({
      accountId: 'AC01',
      apiKey: 'key',
      egress: {
        call: async ({ url }) => {
          urls.push(url);
          return { kind: 'answered', status: 200, retryAfter: null, text: '[]' };
        },
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.string(), async (name, value) => {
        fc.pre(!/^(start|end)date$/i.test(name));
        await recording.workflows.list({ [name]: value });
        const url = new URL(urls.at(-1) ?? '');
        expect(url.pathname).toBe('/2fa/workflows/search');
        expect(url.hash).toBe('');
        expect([...url.searchParams]).toEqual([[name.toWellFormed(), value.toWellFormed()]]);
      }),
    );
  });

  it.each([
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['2026-1-1', undefined],
    ['20.11.2026', undefined],
    ['2026-11-20T00:00:00Z', undefined],
    ['today', undefined],
    ['', undefined],
    [undefined, '2025-02-29'],
    ['2026-11-20', '2026-11-19'],
  ])('has days that there are: %j to %j', async (startDate, endDate) => {
    for (const call of [
      () => mitto.usage.list({ startDate, endDate }),
      () => mitto.usage.subresource('Daily', { startDate, endDate }),
      () => mitto.search.list({ startDate, endDate }),
      () => mitto.limits.list({ startDate, endDate }),
    ])
      await expect(call()).rejects.toThrow(MittoInputError);
  });

  it('has what a call cannot do without', async () => {
    for (const call of [
      () => mitto.send({ service: '2FA', from: 'Example', to: '', body: '{code}' }),
      () => mitto.verify({ service: '2FA', number: '+49' }),
      () => mitto.cancel(''),
      () => mitto.limits.create({ name: '' }),
      () => mitto.workflows.create({ name: '' }),
      () => mitto.limits.list({ nested: {} }),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('is not repeated in what is thrown', async () => {
    const error = await mitto.limits.get('+49 151 23456789').catch((thrown: unknown) => thrown);
    expect(String(error)).not.toMatch(/\d{3}/);
  });
});
