import * as fc from 'fast-check';
import { base64url } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveKeyring, type Keyring } from './keyring.ts';
import { seal, unseal } from './seal.ts';

const SECRET = 'a secret of at least thirty-two bytes';
const NEW_SECRET = 'another secret of at least thirty-two bytes';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

let keyring: Keyring;
let rotated: Keyring;
let sealed: string;

beforeAll(async () => {
  keyring = await deriveKeyring(SECRET, undefined);
  rotated = await deriveKeyring(NEW_SECRET, SECRET);
  sealed = await seal('what only we may read', 'session', keyring);
});

const opened = (text: string, keys = keyring) => unseal(text, 'session', keys);

describe('sealed text', () => {
  it('comes out as it went in, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        expect(await opened(await seal(text, 'session', keyring))).toBe(text);
      }),
    );
  });

  it('shows nothing of itself, and looks different each time', async () => {
    const again = await seal('what only we may read', 'session', keyring);
    expect(again).not.toBe(sealed);
    for (const text of [sealed, again]) {
      expect(text).toMatch(/^[\w-]{11}\.[\w-]+$/);
      expect(new TextDecoder().decode(base64url.decode(text.split('.')[1] ?? ''))).not.toContain(
        'only we',
      );
    }
  });

  it('is for one purpose', async () => {
    expect(await unseal(sealed, 'answer', keyring)).toBeUndefined();
    const answer = await seal('{}', 'answer', keyring);
    expect(await unseal(answer, 'answer', keyring)).toBe('{}');
    expect(await opened(answer)).toBeUndefined();
  });

  it('is worth nothing once any character of it is another one', async () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const index = BASE64URL.indexOf(sealed[at] ?? '');
      // The neighbour may stand for the same bytes at the end; a far one never does.
      for (const other of [
        BASE64URL[index ^ 1],
        BASE64URL[(index + 32) % 64],
        '.',
        '=',
        ' ',
        'ä',
      ]) {
        if (other === sealed[at]) continue;
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        expect(await opened(changed), `${at}: ${other}`).toBeUndefined();
      }
    }
  });

  it('is worth nothing cut, lengthened, doubled or spelt in another way', async () => {
    const [id, body = ''] = sealed.split('.');
    const base64 = body.replaceAll('-', '+').replaceAll('_', '/');
    for (let length = 0; length < sealed.length; length += 1)
      expect(await opened(sealed.slice(0, length)), `${length} characters`).toBeUndefined();
    for (const text of [
      `${sealed}A`,
      `${sealed}AAAA`,
      `${sealed}=`,
      `${sealed}.`,
      `${sealed}.${body}`,
      `.${sealed}`,
      `${sealed}\n`,
      ` ${sealed}`,
      `${id}. ${body}`,
      `${id}.${base64}=`,
      `${id}.${body.slice(0, 8)}\n${body.slice(8)}`,
      body,
      `${id}.`,
      `.${body}`,
    ])
      expect(await opened(text), JSON.stringify(text)).toBeUndefined();
  });

  it('is worth nothing when its last character is another spelling of the same bits', async () => {
    // 20 bytes of text and 28 of IV and tag leave two spare bits in the last character.
    const text = await seal('x'.repeat(20 - 1), 'session', keyring);
    const [, body = ''] = text.split('.');
    const last = BASE64URL.indexOf(body.at(-1) ?? '');
    const twin = body.slice(0, -1) + BASE64URL[last ^ 1];
    expect(base64url.decode(twin)).toEqual(base64url.decode(body));
    expect(await opened(text)).toBe('x'.repeat(19));
    expect(await opened(text.slice(0, -1) + BASE64URL[last ^ 1])).toBeUndefined();
  });

  it('never throws, whatever somebody sends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await opened(text)).toBeUndefined();
        expect(await opened(`${keyring.current.id}.${text}`)).toBeUndefined();
      }),
    );
  });
});

describe('during a rotation of the secret', () => {
  it('previous keys decrypt but never encrypt', async () => {
    expect(await opened(sealed, rotated)).toBe('what only we may read');
    const now = await seal('now', 'session', rotated);
    expect(now.startsWith(`${rotated.current.id}.`)).toBe(true);
    expect(await opened(now, rotated)).toBe('now');
    expect(await opened(now, keyring)).toBeUndefined();
  });

  it('what was sealed under one key does not open under the name of the other', async () => {
    const [, body] = sealed.split('.');
    expect(await opened(`${rotated.current.id}.${body}`, rotated)).toBeUndefined();
  });

  it('the end of it ends what the keys before have sealed', async () => {
    const after = await deriveKeyring(NEW_SECRET, undefined);
    expect(await opened(sealed, after)).toBeUndefined();
  });
});
