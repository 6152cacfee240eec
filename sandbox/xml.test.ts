import { expect, it } from 'vitest';
import { toXml } from './xml.ts';

it('writes members as elements, lists by their singular, and text escaped', () => {
  const content = {
    message: '<a> & "b"',
    nothing: null,
    usageRecords: [{ count: '14' }, { count: '15' }],
    data: [1, true],
  };
  expect(toXml('Response', content)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><message>&lt;a&gt; &amp; "b"</message>' +
      '<nothing></nothing><usageRecords><usageRecord><count>14</count></usageRecord>' +
      '<usageRecord><count>15</count></usageRecord></usageRecords>' +
      '<data><item>1</item><item>true</item></data></Response>',
  );
});
