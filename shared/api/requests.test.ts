import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  CancelRequestSchema,
  IdempotencyKeySchema,
  SendRequestSchema,
  SiteverifyRequestSchema,
  VerifyRequestSchema,
} from './requests.ts';

const takes = (schema: v.GenericSchema, value: unknown) => v.safeParse(schema, value).success;
const SESSION = 'kid.c2VhbGVk';

/** Names that every object answers to without having a member of that name. */
const INHERITED = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];

const REQUESTS = [
  ['send', SendRequestSchema, { phone: '+4915123456789' }],
  ['send again', SendRequestSchema, { session: SESSION }],
  ['verify', VerifyRequestSchema, { session: SESSION, code: '123456' }],
  ['cancel', CancelRequestSchema, { session: SESSION }],
  ['siteverify', SiteverifyRequestSchema, { secret: 's', response: 'p' }],
] as const;

describe.each(REQUESTS)('a request to %s', (_name, schema, request) => {
  it('is taken as it should be', () => {
    expect(v.parse(schema, request)).toEqual(request);
  });

  it.each([...INHERITED, 'to', 'Phone', 'requestID', ''])('is refused with a member %j', (name) => {
    const text = `${JSON.stringify(request).slice(0, -1)},${JSON.stringify(name)}:"x"}`;
    expect(takes(schema, JSON.parse(text))).toBe(false);
  });

  it('is refused when it is anything but an object', () => {
    for (const value of [null, undefined, 1, true, '', 'phone', [request], ['phone']])
      expect(takes(schema, value)).toBe(false);
  });

  it('is refused when a member is of another type', () => {
    for (const name of Object.keys(request))
      for (const value of [null, 1, true, [], ['x'], {}, { toString: 'x' }])
        expect(
          takes(schema, { ...request, [name]: value }),
          `${name}: ${JSON.stringify(value)}`,
        ).toBe(false);
  });
});

describe('a request to send', () => {
  it('takes every member that it knows', () => {
    const request = {
      phone: '0151 23456789',
      country: 'DE',
      channel: 'voice',
      flow: 'sign-up_2',
      locale: 'de-AT',
      nonce: 'page-1',
      challenge: 'x'.repeat(2048),
    };
    expect(v.parse(SendRequestSchema, request)).toEqual(request);
  });

  it('is for a phone or for a session, never for both and never for neither', () => {
    expect(takes(SendRequestSchema, { phone: '+4915123456789', session: SESSION })).toBe(false);
    expect(takes(SendRequestSchema, {})).toBe(false);
    expect(takes(SendRequestSchema, { channel: 'sms' })).toBe(false);
  });

  it('cannot move a session to another flow, language, nonce or country', () => {
    for (const [name, value] of Object.entries({
      flow: 'a',
      locale: 'de',
      nonce: 'n',
      country: 'DE',
    }))
      expect(takes(SendRequestSchema, { session: SESSION, [name]: value }), name).toBe(false);
  });

  it.each([
    ['phone', 'x'.repeat(65)],
    ['country', 'de'],
    ['country', 'DEU'],
    ['country', 'D'],
    ['country', '__'],
    ['channel', 'call'],
    ['channel', 'SMS'],
    ['channel', ''],
    ['flow', ''],
    ['flow', 'Sign up'],
    ['flow', '__proto__'],
    ['flow', 'x'.repeat(33)],
    ['locale', ''],
    ['locale', 'd'],
    ['locale', 'de_DE'],
    ['locale', 'de-'],
    ['locale', '*'],
    ['locale', '../../en'],
    ['nonce', ''],
    ['nonce', 'with space'],
    ['nonce', 'ünicode'],
    ['nonce', 'line\n'],
    ['nonce', 'x'.repeat(129)],
    ['challenge', ''],
    ['challenge', 'x'.repeat(2049)],
  ])('is refused with %s %j', (name, value) => {
    expect(takes(SendRequestSchema, { phone: '+4915123456789', [name]: value })).toBe(false);
  });
});

describe('the bounds of a request', () => {
  it('holds a session to 2048 characters', () => {
    for (const { schema, more } of [
      { schema: SendRequestSchema, more: {} },
      { schema: CancelRequestSchema, more: {} },
      { schema: VerifyRequestSchema, more: { code: '1' } },
    ]) {
      expect(takes(schema, { session: 'x'.repeat(2048), ...more })).toBe(true);
      expect(takes(schema, { session: 'x'.repeat(2049), ...more })).toBe(false);
      expect(takes(schema, { session: '', ...more })).toBe(false);
    }
  });

  it('leaves the form of a code to its own check, but not its length', () => {
    expect(takes(VerifyRequestSchema, { session: SESSION, code: 'not a code' })).toBe(true);
    expect(takes(VerifyRequestSchema, { session: SESSION, code: '1'.repeat(65) })).toBe(false);
  });

  it('lets a site leave out what siteverify then misses', () => {
    expect(takes(SiteverifyRequestSchema, {})).toBe(true);
    expect(takes(SiteverifyRequestSchema, { response: 'x'.repeat(4097) })).toBe(false);
  });

  it('takes an Idempotency-Key of 1 to 128 visible ASCII characters', () => {
    for (const key of ['x', '!~', 'x'.repeat(128)])
      expect(takes(IdempotencyKeySchema, key)).toBe(true);
    for (const key of ['', 'a b', 'a\tb', 'ä', 'x'.repeat(129), 'a\n'])
      expect(takes(IdempotencyKeySchema, key)).toBe(false);
  });
});
