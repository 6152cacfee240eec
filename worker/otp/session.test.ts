import { beforeAll, describe, expect, it } from 'vitest';
import type { E164 } from '../../shared/phone-number/e164.ts';
import { deriveKeyring, type Keyring } from '../crypto/keyring.ts';
import { seal } from '../crypto/seal.ts';
import { RequestError } from '../errors.ts';
import { openSession, type Session, sealSession } from './session.ts';

const SITE = 'https://www.example.com';
const SENT_AT_MS = Date.parse('2026-11-20T12:00:00Z');
const SESSION: Session = {
  id: 'session-1',
  site: SITE,
  phone: '+4915123456789' as E164,
  country: 'DE',
  callingCode: '49',
  connector: 'mitto-2fa',
  service: '2FA',
  requestId: `OTP${'0123456789abcdef'.repeat(2)}`,
  gateKeysId: 'key-id-1234',
  send: 3,
  channel: 'voice',
  codeLength: 6,
  flow: 'sign-up',
  locale: 'de-AT',
  nonce: 'page-1',
  expiresAtMs: SENT_AT_MS + 600_000,
};

let keyring: Keyring;

beforeAll(async () => {
  keyring = await deriveKeyring('a secret of at least thirty-two bytes', undefined);
});

async function outcome(token: string, options: { site?: string; nowMs?: number } = {}) {
  try {
    return await openSession(token, { keyring, site: SITE, nowMs: SENT_AT_MS, ...options });
  } catch (refusal) {
    if (!(refusal instanceof RequestError)) throw refusal;
    return refusal.reason.kind;
  }
}

describe('a sealed session', () => {
  it('is what it was when it is opened', async () => {
    expect(await outcome(await sealSession(SESSION, keyring))).toEqual(SESSION);
  });

  it('may go without flow, language and nonce', async () => {
    const { flow: _f, locale: _l, nonce: _n, ...rest } = SESSION;
    expect(await outcome(await sealSession(rest, keyring))).toEqual(rest);
    const undefineds = { ...rest, flow: undefined, locale: undefined, nonce: undefined };
    expect(await outcome(await sealSession(undefineds, keyring))).toEqual(rest);
  });

  it('shows the browser neither number nor request', async () => {
    const token = await sealSession(SESSION, keyring);
    const readable = `${token} ${atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))}`;
    for (const secret of ['15123456789', 'OTP', 'page-1', 'example.com'])
      expect(readable).not.toContain(secret);
  });

  it('is carried by the longest request, at its largest', async () => {
    const largest = await sealSession(
      {
        ...SESSION,
        id: 'x'.repeat(32),
        site: `https://${'x'.repeat(253)}:65535`,
        phone: '+123456789012345' as E164,
        service: 'x'.repeat(64),
        requestId: 'x'.repeat(128),
        flow: 'x'.repeat(32),
        locale: `abcdefgh${'-abcdefgh'.repeat(4)}`,
        nonce: '"'.repeat(128),
      },
      keyring,
    );
    expect(largest.length).toBeLessThanOrEqual(2048);
  });

  it('lives to the last millisecond of ten minutes and not into the next', async () => {
    const token = await sealSession(SESSION, keyring);
    expect(await outcome(token, { nowMs: SENT_AT_MS + 599_900 })).toMatchObject({
      id: 'session-1',
    });
    expect(await outcome(token, { nowMs: SENT_AT_MS + 599_999 })).toMatchObject({
      id: 'session-1',
    });
    expect(await outcome(token, { nowMs: SENT_AT_MS + 600_000 })).toBe('session_expired');
  });

  it('is worth nothing on another site, and does not say there that it has expired', async () => {
    const token = await sealSession(SESSION, keyring);
    for (const site of ['https://shop.example.org', 'http://www.example.com', `${SITE}:8443`, ''])
      for (const nowMs of [SENT_AT_MS, SENT_AT_MS + 600_000])
        expect(await outcome(token, { site, nowMs })).toBe('session_of_other_site');
  });

  it('is unreadable once it is changed', async () => {
    const token = await sealSession(SESSION, keyring);
    for (const at of [0, 11, 12, 40, token.length - 1]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(await outcome(changed), `character ${at}`).toBe('session_unreadable');
    }
    expect(await outcome('')).toBe('session_unreadable');
  });

  it('is unreadable when it is something else that we sealed', async () => {
    expect(await outcome(await seal(JSON.stringify(SESSION), 'answer', keyring))).toBe(
      'session_unreadable',
    );
    for (const value of [
      null,
      [],
      'x',
      {},
      { ...SESSION, phone: '15123456789' },
      { ...SESSION, expiresAtMs: '9' },
    ])
      expect(await outcome(await seal(JSON.stringify(value), 'session', keyring))).toBe(
        'session_unreadable',
      );
  });

  it('opens under the keys before, until they are forgotten', async () => {
    const token = await sealSession(SESSION, keyring);
    const next = 'another secret of at least thirty-two bytes';
    const open = (keys: Keyring) =>
      openSession(token, { keyring: keys, site: SITE, nowMs: SENT_AT_MS });
    const during = await deriveKeyring(next, 'a secret of at least thirty-two bytes');
    expect(await open(during)).toEqual(SESSION);
    const after = await deriveKeyring(next, undefined);
    await expect(open(after)).rejects.toMatchObject({ reason: { kind: 'session_unreadable' } });
  });
});
