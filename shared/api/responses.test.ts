import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  ConfigAnswerSchema,
  SendAnswerSchema,
  SiteverifyAnswerSchema,
  VerifyAnswerSchema,
} from './responses.ts';

const CONFIG = {
  country: 'DE',
  countries: ['DE', 'AT'],
  callingCodes: { DE: '49', AT: '43' },
  channels: ['sms'],
  codeLength: 6,
  challenge: null,
} as const;

const SENT = {
  session: 'sealed',
  channel: 'sms',
  channels: ['sms', 'voice'],
  to: '+49 •••••••••89',
  codeLength: 6,
  expiresIn: 600,
  resendIn: 30,
  reports: true,
} as const;

const ANSWERS = [
  ['config', ConfigAnswerSchema, CONFIG],
  ['send', SendAnswerSchema, SENT],
  ['verify', VerifyAnswerSchema, { proof: 'a.b.c', expiresIn: 300 }],
  ['siteverify', SiteverifyAnswerSchema, { success: false, 'error-codes': ['expired'] }],
] as const;

describe.each(ANSWERS)('an answer of %s', (_name, schema, answer) => {
  it('is read', () => {
    expect(v.parse(schema, answer)).toEqual(answer);
  });

  it('may say more than this client knows', () => {
    expect(v.parse(schema, { ...answer, fromTheFuture: { deep: [1] } })).toEqual(answer);
  });

  it('is not understood when a member is missing or of another type', () => {
    // An older Worker does not report whether it gets delivery reports.
    for (const name of Object.keys(answer).filter((member) => member !== 'reports')) {
      const { [name as keyof typeof answer]: _left, ...rest } = answer;
      expect(v.is(schema, rest), `without ${name}`).toBe(false);
      expect(v.is(schema, { ...answer, [name]: { odd: true } }), `odd ${name}`).toBe(false);
    }
  });
});

describe('the answers', () => {
  it('name the challenge that a send asks for', () => {
    const challenge = {
      provider: 'turnstile',
      script: 'https://challenges.cloudflare.com/turnstile/v0/api.js',
      siteKey: 'key',
      action: 'send',
    };
    expect(v.is(ConfigAnswerSchema, { ...CONFIG, challenge })).toBe(true);
    expect(v.is(ConfigAnswerSchema, { ...CONFIG, challenge: { provider: 'other' } })).toBe(false);
  });

  it('count seconds whole and never below zero, and codes from four to ten digits', () => {
    for (const resendIn of [-1, 0.5, '30', Number.NaN])
      expect(v.is(SendAnswerSchema, { ...SENT, resendIn }), `resendIn ${resendIn}`).toBe(false);
    for (const codeLength of [3, 11, 4.5, '6'])
      expect(v.is(SendAnswerSchema, { ...SENT, codeLength }), `${codeLength} digits`).toBe(false);
  });
});
