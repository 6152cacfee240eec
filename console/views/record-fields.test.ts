import { expect } from '@open-wc/testing';
import { headingOf, newestFirst } from './record-fields.ts';

describe('the heading of a member', () => {
  for (const [name, heading] of [
    ['dateCreated', 'Created'],
    ['dateExpires', 'Expires'],
    ['from', 'Sender'],
    ['to', 'To'],
    ['status', 'Status'],
    ['accountSid', 'Account ID'],
    ['numberOfTries', 'Number of tries'],
    ['requestID', 'Request ID'],
    ['error_code', 'Error code'],
    ['mccMnc', 'Mcc mnc'],
    ['constructor', 'Constructor'],
    ['', ''],
  ] as const)
    it(`${name || 'without a name'} is ${heading || 'empty'}`, () => {
      expect(headingOf(name)).to.equal(heading);
    });
});

describe('records', () => {
  it('are put newest first, whatever their zone, and the others stay behind in their order', () => {
    const at = (dateCreated: unknown) => ({ dateCreated });
    const records = [
      at('2026-01-01T00:00:00Z'),
      {},
      at('2026-01-01T00:30:00+01:00'),
      at(7),
      at('2026-01-02'),
    ];
    expect(newestFirst(records)).to.deep.equal([
      records[4],
      records[0],
      records[2],
      records[1],
      records[3],
    ]);
    expect(records[1]).to.deep.equal({});
  });
});
