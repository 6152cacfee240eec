import { expect, it, vi } from 'vitest';
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

it('Retry-After as a date is a wait of the whole seconds until then', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-20T12:00:00.400Z') });
  try {
    expect(retryAfterSeconds('Fri, 20 Nov 2026 12:00:10 GMT')).toBe(10);
  } finally {
    vi.useRealTimers();
  }
});
