import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import '../../test/support/fixed-seed.ts';
import { blockName, topOfScale, usageDataOf, withEmptyDays } from './usage-data.ts';

const day = (start: string, channel: string, count: unknown, end = start) => ({
  channel,
  startTime: start,
  endTime: end,
  count,
});

describe('the bars of usage', () => {
  it('are one a block of time, in order, stacked by channel', () => {
    const { bars, channels, total } = usageDataOf([
      day('2026-11-02', 'call', '3'),
      day('2026-11-01', 'sms', '10'),
      day('2026-11-02', 'sms', 4),
      day('2026-11-02', 'sms', '1'),
    ]);
    expect(bars.map(({ start, counts, total }) => [start, [...counts], total])).to.deep.equal([
      ['2026-11-01', [['sms', 10]], 10],
      [
        '2026-11-02',
        [
          ['call', 3],
          ['sms', 5],
        ],
        8,
      ],
    ]);
    expect(channels).to.deep.equal(['sms', 'call']);
    expect(total).to.equal(18);
  });

  it('keep apart what is no count, and a channel that nobody knows', () => {
    const odd = day('2026-11-01', 'sms', 'many');
    const { uncounted, channels } = usageDataOf([
      odd,
      day('2026-11-01', 'pigeon', 1),
      day('2026-11-01', 'email', 1),
      { countNumber: 2 },
    ]);
    expect(uncounted).to.deep.equal([odd]);
    expect(channels).to.deep.equal(['email', 'pigeon', 'unnamed']);
  });

  it('have an empty one for each day without a record, from the first that was asked for to the last', () => {
    const data = usageDataOf([day('2026-02-27', 'sms', 1), day('2026-03-02', 'sms', 2)]);
    const range = { startDate: '2026-02-26', endDate: '2026-03-03' };
    expect(
      withEmptyDays(data, range).bars.map(({ start, total }) => `${start} ${total}`),
    ).to.deep.equal([
      '2026-02-26 0',
      '2026-02-27 1',
      '2026-02-28 0',
      '2026-03-01 0',
      '2026-03-02 2',
      '2026-03-03 0',
    ]);
  });

  it('stay as they are where they are not days, or far too many', () => {
    const months = usageDataOf([day('2026-01-01', 'sms', 1, '2026-01-31')]);
    expect(withEmptyDays(months, { startDate: '', endDate: '' })).to.equal(months);
    const days = usageDataOf([day('2026-01-01', 'sms', 1)]);
    expect(withEmptyDays(days, { startDate: '1970-01-01', endDate: '' })).to.equal(days);
  });

  it('lose no count, whatever the records are', () => {
    const record = fc.record(
      {
        channel: fc.oneof(fc.constantFrom('sms', 'call', '__proto__'), fc.anything()),
        startTime: fc.oneof(
          fc.constantFrom('2026-11-01', '2026-11-03T10:00:00Z', ''),
          fc.anything(),
        ),
        endTime: fc.anything(),
        count: fc.oneof(fc.nat(), fc.nat().map(String), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(record), (records) => {
        // As they come: over JSON.
        const came = JSON.parse(JSON.stringify(records)) as Record<string, unknown>[];
        const data = usageDataOf(came);
        const filled = withEmptyDays(data, { startDate: '', endDate: '' });
        const inBars = filled.bars.reduce((sum, { total }) => sum + total, 0);
        expect(inBars).to.be.closeTo(data.total, data.total * 1e-9);
        expect(data.uncounted.length).to.be.at.most(came.length);
      }),
    );
  });

  it('end under a round figure whose half is whole', () => {
    expect([0, 1, 2, 3, 9, 11, 20, 101, 999].map(topOfScale)).to.deep.equal([
      2, 2, 2, 4, 10, 20, 20, 200, 1000,
    ]);
  });

  it('are named by their time', () => {
    expect(blockName({ start: '2026-11-01', end: '2026-11-01' })).to.equal('2026-11-01');
    expect(blockName({ start: '2026-11-01', end: '2026-11-30' })).to.equal(
      '2026-11-01 to 2026-11-30',
    );
    expect(blockName({ start: '', end: '' })).to.equal('No dates given');
  });
});
