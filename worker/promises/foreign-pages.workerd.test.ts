/** P17: a page that is not listed gets neither an answer nor a message, and no simple request does anything. */
import { describe, expect, it } from 'vitest';
import {
  codeOf,
  NO_BURST,
  OTHER_SITE,
  PHONE,
  SITE,
  startService,
  WORKER,
} from '../testing/harness.ts';

const NEAR_MISSES: [string, string | null][] = [
  ['another scheme', 'http://www.example.com'],
  ['another port', 'https://www.example.com:8443'],
  ['the default port, written out', 'https://www.example.com:443'],
  ['a subdomain', 'https://a.www.example.com'],
  ['the parent', 'https://example.com'],
  ['a look-alike', 'https://www.example.com.evil.test'],
  ['a look-alike in front', 'https://evil-www.example.com'],
  ['a user', 'https://www.example.com@evil.test'],
  ['a prefix', 'https://www.example.co'],
  ['upper case', 'https://WWW.EXAMPLE.COM'],
  ['a trailing slash', `${SITE}/`],
  ['a trailing dot', `${SITE}.`],
  ['the Worker itself', WORKER],
  ['null', 'null'],
  ['nothing', ''],
  ['two origins', `${SITE}, ${OTHER_SITE}`],
  ['no origin', null],
];

describe('a page with an origin that nearly matches', () => {
  it.each(NEAR_MISSES)('(%s) can neither send, nor check, nor cancel', async (_what, origin) => {
    const service = startService({ bindings: NO_BURST });
    const { session } = await service.send();
    const before = service.upstream();
    const asked = [
      await service.post('/v1/send', { phone: '+4915223456789' }, { origin }),
      await service.post('/v1/send', { session }, { origin }),
      await service.verify(session, service.codeOf(), { origin }),
      await service.post('/v1/renew', { session }, { origin }),
      await service.post('/v1/cancel', { session }, { origin }),
    ];
    for (const response of asked) {
      expect(await codeOf(response)).toBe('origin_not_allowed');
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
      expect(response.headers.get('Vary')).toBe('Origin');
    }
    expect(service.upstream()).toBe(before);
    // Nothing was counted or ended by any of it.
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });

  it('gets no leave from a preflight, and no answer lets credentials along', async () => {
    const service = startService();
    for (const [, origin] of NEAR_MISSES)
      for (const path of ['/v1/send', '/v1/verify', '/v1/renew', '/v1/cancel', '/v1/config']) {
        const response = await service.fetch(
          new Request(`${WORKER}${path}`, {
            method: 'OPTIONS',
            headers: {
              ...(origin === null ? {} : { Origin: origin }),
              'Access-Control-Request-Method': 'POST',
              'Access-Control-Request-Headers': 'content-type',
            },
          }),
        );
        expect(response.status).toBe(403);
        for (const name of response.headers.keys()) expect(name).not.toMatch(/^access-control-/);
      }
  });
});

/** What a form, an image, a beacon or `fetch` without leave can send to any site. */
const SIMPLE_TYPES: [string, string][] = [
  ['text', 'text/plain'],
  ['text that says it is JSON', 'text/plain; application/json'],
  ['text with a charset', 'text/plain;charset=UTF-8'],
  ['a form', 'application/x-www-form-urlencoded'],
  ['a form with parts', 'multipart/form-data; boundary=x'],
  ['a form that says it is JSON', 'application/x-www-form-urlencoded; application/json'],
  ['JSON after a list', 'text/plain, application/json'],
  ['no type', ''],
];

describe('a simple request', () => {
  it.each(SIMPLE_TYPES)('as %s does nothing, though its page is listed', async (_what, type) => {
    const service = startService({ bindings: NO_BURST });
    const { session } = await service.send();
    const before = service.upstream();
    const headers = { 'Content-Type': type };
    const asked = [
      await service.post('/v1/send', { phone: '+4915223456789' }, { headers }),
      await service.post('/v1/verify', { session, code: service.codeOf() }, { headers }),
      await service.post('/v1/renew', { session }, { headers }),
      await service.post('/v1/cancel', { session }, { headers }),
    ];
    for (const response of asked) expect(await codeOf(response)).toBe('unsupported_media_type');
    expect(service.upstream()).toBe(before);
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });

  it.each(['GET', 'HEAD'])('by %s does nothing either', async (method) => {
    const service = startService();
    for (const path of ['/v1/send', '/v1/verify', '/v1/renew', '/v1/cancel', '/v1/siteverify']) {
      const url = `${WORKER}${path}?phone=${encodeURIComponent(PHONE)}`;
      const response = await service.fetch(new Request(url, { method, headers: { Origin: SITE } }));
      expect(response.status).toBe(405);
    }
    expect(service.upstream()).toBe(0);
  });

  it('with an override of its method or type stays what it is', async () => {
    const service = startService();
    const headers = { 'Content-Type': 'text/plain', 'X-HTTP-Method-Override': 'POST' };
    const response = await service.post('/v1/send?_method=POST', { phone: PHONE }, { headers });
    expect(response.status).toBe(415);
    expect(service.upstream()).toBe(0);
  });
});
