import { describe, expect, it } from 'vitest';
import { RequestError } from './envelope.ts';
import { DEFAULT_OPTIONS, OptionStore, parseOptions } from './options.ts';

describe('knobs from outside', () => {
  it('may be any part of them, the defaults included', () => {
    expect(parseOptions({})).toEqual({});
    expect(parseOptions(DEFAULT_OPTIONS)).toEqual(DEFAULT_OPTIONS);
  });

  it.each([
    [{ codeLenght: 6 }, 'Unknown knob: codeLenght'],
    [{ codeLength: 3 }, /^codeLength: /],
    [{ codeLength: 11 }, /^codeLength: /],
    [{ codeLength: undefined }, /^codeLength: /],
    [{ expirySeconds: 0 }, /^expirySeconds: /],
    [{ attemptsPerOtp: 1.5 }, /^attemptsPerOtp: /],
    [{ retryAfter: 'a\r\nX-Injected: 1' }, /^retryAfter: /],
    [{ faults: [{ on: 'send', kind: 'explode' }] }, /^faults\.0\.kind: /],
    [{ faults: [{ on: 'resend', kind: 'hang' }] }, /^faults\.0\.on: /],
    [{ faults: [{ on: 'send', kind: 'hang', times: 0 }] }, /^faults\.0\.times: /],
    [{ faults: [{ on: 'send', kind: 'status', status: 200 }] }, /^faults\.0\.status: /],
    [{ faults: [{ on: 'send', kind: 'ip_not_allowed', ms: 5 }] }, /^Unknown knob: faults\.0\.ms$/],
    [{ reports: [{ on: 'sms' }] }, /^reports\.0\.status: /],
    [{ reports: [{ on: 'email', status: 'sent' }] }, /^reports\.0\.on: /],
    [{ smsCallbackUrl: 'here' }, /^smsCallbackUrl: /],
    [{ twilioSignature: 'none' }, /^twilioSignature: /],
    [{ faults: [{ on: 'twilio', kind: 'refused' }] }, /faults\.0\.code/],
    ['{}', /object/i],
  ])('are refused when they are not knobs: %j', (input, message) => {
    expect(() => parseOptions(input)).toThrow(RequestError);
    expect(() => parseOptions(input)).toThrow(message);
  });
});

describe('OptionStore', () => {
  it('stands at the defaults, but for what it was made with', () => {
    expect(new OptionStore().current).toEqual(DEFAULT_OPTIONS);
    expect(new OptionStore({ codeLength: 4 }).current).toEqual({
      ...DEFAULT_OPTIONS,
      codeLength: 4,
    });
  });

  it('patches some and leaves the rest, replaces some and turns back the rest', () => {
    const panel = new OptionStore({ codeLength: 4 });
    panel.patch({ newlines: 'folded' });
    panel.patch({ codeLength: 8 });
    expect(panel.current).toEqual({ ...DEFAULT_OPTIONS, newlines: 'folded', codeLength: 8 });
    panel.replace({ verifyMatches: 'latest' });
    expect(panel.current).toEqual({ ...DEFAULT_OPTIONS, codeLength: 4, verifyMatches: 'latest' });
    panel.reset();
    expect(panel.current).toEqual({ ...DEFAULT_OPTIONS, codeLength: 4 });
  });

  it('changes nothing when a part is refused', () => {
    const panel = new OptionStore();
    expect(() => panel.patch({ codeLength: 8, expirySeconds: -1 })).toThrow(RequestError);
    expect(panel.current).toEqual(DEFAULT_OPTIONS);
  });

  it('counts faults down and drops those that are used up', () => {
    const panel = new OptionStore({ faults: [{ on: 'send', kind: 'hang', times: 2 }] });
    expect(panel.takeFaults('verify').fault).toBeUndefined();
    expect(panel.takeFaults('send').fault).toMatchObject({ kind: 'hang' });
    expect(panel.current.faults).toEqual([{ on: 'send', kind: 'hang', times: 1 }]);
    expect(panel.takeFaults('send').fault).toMatchObject({ kind: 'hang' });
    expect(panel.current.faults).toEqual([]);
    expect(panel.takeFaults('send').fault).toBeUndefined();
  });
});
