/** What `init` reads of what a person types or pastes. */
import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import {
  plainList,
  plainValue,
  readAccountId,
  readBaseUrl,
  readOrigin,
  readSender,
  suggestOrigin,
  suggestSender,
} from '../../../cli/answers.ts';
import { readCountries, suggestCountry } from '../../../cli/country-names.ts';

describe('an origin', () => {
  it.each([
    ['otp.example.com', 'https://otp.example.com'],
    ['https://otp.example.com/', 'https://otp.example.com'],
    ['HTTPS://OTP.Example.COM', 'https://otp.example.com'],
    ['https://otp.example.com:443', 'https://otp.example.com'],
    ['otp.example.com:8443', 'https://otp.example.com:8443'],
    ['//otp.example.com', 'https://otp.example.com'],
    ['otp.example.com.', 'https://otp.example.com'],
    ['http://localhost', 'http://localhost'],
    ['localhost:8787', 'http://localhost:8787'],
    ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s › is read as %s', (text, origin) => {
    expect(readOrigin(text)).toBe(origin);
  });

  it.each([
    ['http://otp.example.com', 'https://otp.example.com'],
    ['https://otp.example.com/otp', 'https://otp.example.com'],
    ['otp.example.com/otp?x#y', 'https://otp.example.com'],
    ['https://user:pass@otp.example.com', 'https://otp.example.com'],
  ])('%s › is not taken, and %s is suggested', (text, origin) => {
    expect(readOrigin(text)).toBe(text);
    expect(suggestOrigin(text)).toBe(origin);
  });

  it.each(['https://*.example.com', '*', 'null', '', 'ftp://a.example', 'otp example com'])(
    '%j › stays as it is, without a suggestion',
    (text) => {
      expect(readOrigin(text)).toBe(text);
      expect(suggestOrigin(text)).toBeUndefined();
    },
  );

  it('of a relay keeps its path', () => {
    expect(readBaseUrl('relay.example.com/mitto/')).toBe('https://relay.example.com/mitto');
  });

  it('of any text › is one that a browser sends, or the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (text) => {
        const origin = readOrigin(text);
        if (origin !== text.trim()) expect(new URL(origin).origin).toBe(origin);
        expect(readOrigin(origin)).toBe(origin);
      }),
    );
  });
});

describe('a value', () => {
  it.each([
    'the-key',
    ' the-key\n',
    '"the-key"',
    "'the-key'",
    '“the-key”',
    '„the-key“',
    '`the-key`',
    'MITTO_API_KEY=the-key',
    'export MITTO_API_KEY="the-key"',
    'MITTO_API_KEY = "the-key"',
    '"MITTO_API_KEY": "the-key",',
    '﻿the-key',
    'the​-key⁠',
    'the-key\r',
  ])('%j › is the-key', (text) => {
    expect(plainValue(text, 'MITTO_API_KEY')).toBe('the-key');
  });

  it('with quotes or an equals sign inside › keeps them', () => {
    for (const key of ['a"b', "it's", 'abc==', 'OTHER=value', 'a=b'])
      expect(plainValue(key, 'MITTO_API_KEY')).toBe(key);
  });

  it('drawn at random › stays as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (bytes) => {
        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          const key = Buffer.from(bytes).toString(encoding);
          expect(plainValue(key, 'MITTO_API_KEY')).toBe(key);
        }
      }),
    );
  });
});

it.each([
  'a,b',
  'a;b',
  'a | b',
  'a\nb',
  '["a", "b"]',
  "['a','b']",
  '"a", "b"',
  'LIST = ["a", "b"]',
  ',a,,b,',
])('a list › %j has two items', (text) => {
  expect(plainList(text, 'LIST')).toEqual(['a', 'b']);
});

describe('a country', () => {
  it.each([
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['germany', 'DE'],
    ['Allemagne', 'DE'],
    ['Alemania', 'DE'],
    ['ドイツ', 'DE'],
    ['de', 'DE'],
    ['ＤＥ', 'DE'],
    ['DEU', 'DE'],
    ['de-DE', 'DE'],
    ['.de', 'DE'],
    ['+49', 'DE'],
    ['0049', 'DE'],
    ['🇩🇪', 'DE'],
    ['UK', 'GB'],
    ['the United Kingdom', 'GB'],
    ['England', 'GB'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['Österreich', 'AT'],
    ['Oesterreich', 'AT'],
    ['Schweiz', 'CH'],
    ['Côte d’Ivoire', 'CI'],
    ['Czech Republic', 'CZ'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['Trinidad and Tobago', 'TT'],
  ])('%s › is %s', (text, code) => {
    expect(readCountries([text])).toEqual([code]);
  });

  it('beside others › is read, once each', () => {
    expect(readCountries(['DE AT', 'germany and the United Kingdom', 'at'])).toEqual([
      'DE',
      'AT',
      'GB',
    ]);
  });

  it.each([
    ['Germny', 'Did you mean DE?'],
    ['Autria', 'Did you mean AT?'],
    ['+44', '+44 is shared by GB, GG, IM, JE.'],
    ['Europe', 'List each country: DE, AT, CH.'],
    ['XX', undefined],
  ])('%s › is not taken, and %s is said', (text, words) => {
    expect(readCountries([text])).toEqual([text.toUpperCase()]);
    expect(suggestCountry(text)).toBe(words);
  });

  it('of every code, and of every English and German name › is itself', () => {
    for (const language of ['en', 'de']) {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      for (const code of getCountries()) {
        expect(readCountries([code.toLowerCase()])).toEqual([code]);
        const name = names.of(code);
        if (name !== undefined) expect(readCountries([name]), name).toEqual([code]);
      }
    }
  });
});

describe('a sender', () => {
  it.each([
    ['+49 (1512) 345-6789', '+4915123456789'],
    ['0049 1512 3456789', '+4915123456789'],
    ['77777', '77777'],
    ['My Shop', 'My Shop'],
    ['A1b', 'A1b'],
  ])('%s › is read as %s', (text, sender) => {
    expect(readSender(text)).toBe(sender);
  });

  it.each([
    ['Größe', 'Groesse'],
    ['A sender that is too long', 'Asenderthat'],
    ['Acme!', 'Acme'],
    ['Acme', undefined],
    ['!', undefined],
  ])('%s › suggests %s', (text, sender) => {
    expect(suggestSender(text)).toBe(sender);
  });
});

it('an account id › has its AC in capitals and no blanks', () => {
  const id = 'a1'.repeat(16);
  expect(readAccountId(` ac${id} `)).toBe(`AC${id}`);
  expect(readAccountId(`AC ${id}`)).toBe(`AC${id}`);
  expect(readAccountId(' acme prod ')).toBe('acme prod');
});
