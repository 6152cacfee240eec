import { expect } from '@open-wc/testing';
import { readPhoneNumber } from '../parts/phone-number.ts';
import { columnsOf, parseRecord, recordsWith, withMember } from './records.ts';
import { channelsIn, readChannels, readCount, summaryOf } from './resource-kinds.ts';

describe('records', () => {
  const records = [
    { odd: { a: 1 }, to: '+4915123456789', status: 'Approved' },
    { to: '+4915123456780', status: 'expired', late: null },
  ];

  it('have the known columns first, and each other one as it came', () => {
    expect(columnsOf(records, ['status', 'channel', 'to'])).to.deep.equal([
      'status',
      'to',
      'odd',
      'late',
    ]);
  });

  it('are found by words anywhere in them, in any case', () => {
    expect(recordsWith(records, 'approved 6789')).to.deep.equal([records[0]]);
    expect(recordsWith(records, '{"A":1}')).to.deep.equal([records[0]]);
    expect(recordsWith(records, 'approved 6780')).to.deep.equal([]);
    expect(recordsWith(records, ' ')).to.equal(records);
  });

  it('keep what is not known when a member is changed', () => {
    const record = { extra: [1], name: 'one' };
    expect(withMember(record, 'name', 'two')).to.deep.equal({ extra: [1], name: 'two' });
    expect(withMember(record, 'name', undefined)).to.deep.equal({ extra: [1] });
  });

  it('are objects, when they are typed', () => {
    expect(parseRecord('{"a":1}')).to.deep.equal({ kind: 'record', record: { a: 1 } });
    for (const text of ['', '[]', 'null', '1', '{"a":'])
      expect(parseRecord(text).kind).to.equal('invalid');
  });
});

describe('the known members', () => {
  it('of a workflow are typed as names with commas', () => {
    expect(readChannels(' sms,call , email')).to.deep.equal(['sms', 'call', 'email']);
    expect(channelsIn({ channels: ['sms', 'call'] })).to.equal('sms, call');
    expect(channelsIn({ channels: [{ type: 'sms' }] })).to.equal(undefined);
    expect(channelsIn({ channels: ['a b'] })).to.equal(undefined);
  });

  it('of a limit are counts where they are typed as such', () => {
    expect(readCount(' 60 ')).to.equal(60);
    expect(readCount('1h')).to.equal('1h');
  });

  it('are summed up in a line', () => {
    const buckets = [
      { name: 'hour', max: 5, interval: 3600 },
      { name: 'day', max: 9, interval: '1d' },
    ];
    expect(summaryOf('limits', { buckets })).to.equal('hour: 5 in 3600 s; day: 9 in 1d');
    expect(summaryOf('limits', { buckets: [null] })).to.equal('[null]');
    expect(summaryOf('workflows', { channels: ['sms', 'call'] })).to.equal('sms → call');
  });
});

describe('a phone number', () => {
  for (const [text, number] of [
    ['+49 151 2345-6789', '+4915123456789'],
    ['0049 (151) 23456789', '+4915123456789'],
    ['0151 23456789', undefined],
    ['+0151', undefined],
    ['+49 151 x', undefined],
    ['', undefined],
  ] as const)
    it(`typed as "${text}" is ${number ?? 'not whole'}`, () => {
      expect(readPhoneNumber(text)).to.equal(number);
    });
});
