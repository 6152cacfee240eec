import { describe, expect, it } from 'vitest';
import { Inbox, type NewMessage } from './inbox.ts';

function text(to: string, code = '123456'): NewMessage {
  return {
    provider: 'mitto-2fa',
    at: 0,
    to,
    from: 'Example',
    text: code,
    code,
    requestID: 'OTP',
    channel: 'sms',
  };
}

describe('the inbox', () => {
  it('is read by receiver, with the plus or without, and from where the reader left off', () => {
    const inbox = new Inbox();
    inbox.add(text('+491', 'a'));
    inbox.add(text('492', 'b'));
    inbox.add(text('491', 'c'));
    expect(inbox.list().map(({ id, code }) => [id, code])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(inbox.list({ to: '+491' }).map(({ code }) => code)).toEqual(['a', 'c']);
    expect(inbox.list({ to: '+491', after: 1 }).map(({ code }) => code)).toEqual(['c']);
    expect(inbox.last('+492')?.code).toBe('b');
    expect(inbox.last('+493')).toBeUndefined();
  });

  it('keeps the last thousand', () => {
    const inbox = new Inbox();
    for (let i = 0; i < 1001; i++) inbox.add(text('+491'));
    expect(inbox.list()).toHaveLength(1000);
    expect(inbox.list()[0]?.id).toBe(2);
  });
});
