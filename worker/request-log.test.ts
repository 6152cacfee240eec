import { expect, it } from 'vitest';
import { logLine } from './request-log.ts';

function logged(cause: unknown): { cause: string; at?: string[] } {
  const reason = { kind: 'unexpected', cause } as const;
  const times = { startedAtMs: 0, endedAtMs: 1 };
  return JSON.parse(logLine({ method: 'POST', facts: {}, reason, status: 503, ...times }));
}

it('logs the location of an unexpected error, and not its message', () => {
  const message = 'no +4915123456789\n    at +4915123456789 (here)';
  const { cause, at } = logged(new TypeError(message));
  expect(cause).toBe('TypeError');
  expect(at?.[0]).toContain('log.test.ts');
  expect(JSON.stringify(at)).not.toContain('4915123456789');
});

it('tells nothing of a stack whose message it cannot find', () => {
  const error = new Error('another message');
  error.stack = 'Error: no number\n    at +4915123456789';
  expect(logged(error).at).toBeUndefined();
  const full = Object.assign(new Error('database or disk is full'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: 13,
  });
  expect(logged(full)).toMatchObject({ cause: 'Error ERR_SQLITE_ERROR 13' });
  const telling = Object.assign(new Error(), { code: '+4915123456789', errcode: 123_456 });
  expect(logged(telling)).toMatchObject({ cause: 'Error' });
  expect(logged('thrown as text')).toMatchObject({ cause: 'unknown' });
});
