import { expect, it } from 'vitest';
import { retryAfterSeconds } from './retry-after.ts';

it.each([
  ['1', 1],
  [' 7 ', 7],
  ['0', 1],
  ['3600', 3_600],
  ['86400', 3_600],
  ['999999999', 3_600],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 1],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 3_600],
])('Retry-After %j is a wait of %i seconds', (header, seconds) => {
  expect(retryAfterSeconds(header)).toBe(seconds);
});

it.each([null, '', '-5', '1.5', '1e3', 'soon', 'NaN GMT', '1234567890'])(
  'Retry-After %j counts as absent: 30 seconds',
  (header) => {
    expect(retryAfterSeconds(header)).toBe(30);
  },
);

it('Retry-After as a date in ten seconds is a wait of about that', () => {
  const seconds = retryAfterSeconds(new Date(Date.now() + 10_000).toUTCString());
  expect(seconds).toBeGreaterThanOrEqual(9);
  expect(seconds).toBeLessThanOrEqual(10);
});
