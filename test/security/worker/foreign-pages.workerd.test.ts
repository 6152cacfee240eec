/**
 * P17: a page that is not listed gets no message, and no answer other than the refusal `origin_not_allowed`, which it
 * can read; no simple request does anything.
 */
import { describe, expect, it } from 'vitest';
import { faultyStores } from '../../support/worker/faulty-stores.ts';
import {
  codeOf,
  NO_BURST,
  OTHER_SITE,
  PHONE,
  SITE,
  startService,
  type TestService,
  WORKER,
} from '../../support/worker/harness.ts';

/** What a page of another site may look like to a careless comparison; `isRead`: a browser writes origins like that. */
const NEAR_MISSES: [what: string, origin: string | null, isRead: boolean][] = [
  ['another scheme', 'http://www.example.com', true],
  ['another port', 'https://www.example.com:8443', true],
  ['the default port, written out', 'https://www.example.com:443', true],
  ['a subdomain', 'https://a.www.example.com', true],
  ['the parent', 'https://example.com', true],
  ['a look-alike', 'https://www.example.com.evil.test', true],
  ['a look-alike in front', 'https://evil-www.example.com', true],
  ['a user', 'https://www.example.com@evil.test', false],
  ['a prefix', 'https://www.example.co', true],
  ['upper case', 'https://WWW.EXAMPLE.COM', true],
  ['upper case throughout', 'HTTPS://WWW.EXAMPLE.COM', false],
  ['a trailing slash', `${SITE}/`, false],
  ['a trailing dot', `${SITE}.`, true],
  ['the Worker itself', WORKER, true],
  ['an address', 'https://[2001:db8::1]:8443', true],
  ['a packaged app', 'capacitor://localhost', true],
  ['an extension', 'chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb', true],
  ['null', 'null', true],
  ['every origin', '*', false],
  ['nothing', '', false],
  ['two origins', `${SITE}, ${OTHER_SITE}`, false],
  ['no origin', null, false],
];

/** Each call of a page, with a body that the Worker would otherwise act on. */
const CALLS: [method: 'GET' | 'POST', path: string][] = [
  ['GET', '/v1/config'],
  ['GET', '/v1/config?flow=none'],
  ['GET', '/v1/phone-metadata/DE'],
  ['GET', '/v1/phone-metadata/XX'],
  ['POST', '/v1/send'],
  ['POST', '/v1/verify'],
  ['POST', '/v1/renew'],
  ['POST', '/v1/cancel'],
  ['POST', '/v1/delivery'],
];

const READS = 'Access-Control-Allow-Origin';

function preflight(service: TestService, path: string, origin: string | null): Promise<Response> {
  return service.fetch(
    new Request(`${WORKER}${path}`, {
      method: 'OPTIONS',
      headers: {
        ...(origin === null ? {} : { Origin: origin }),
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    }),
  );
}

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
      expect(response.headers.get('Vary')).toBe('Origin');
    }
    expect(service.upstream()).toBe(before);
    // Nothing was counted or ended by any of it.
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
  });

  it.each(NEAR_MISSES.filter(([, origin]) => origin !== null))(
    '(%s) reads that refusal, the same for every call',
    async (_what, origin, isRead) => {
      const service = startService({ bindings: NO_BURST });
      const bodies = new Set<string>();
      for (const [method, path] of CALLS) {
        // A page of the Worker's own origin sends no `Origin` with a GET.
        if (method === 'GET' && origin === null) continue;
        const response =
          method === 'GET'
            ? await service.get(path, { Origin: origin ?? '' })
            : await service.post(path, { phone: PHONE }, { origin });
        expect(response.status).toBe(403);
        expect(response.headers.get(READS)).toBe(isRead ? origin : null);
        expect(response.headers.get('Vary')).toBe('Origin');
        expect(response.headers.get('Cache-Control')).toBe('no-store');
        expect(response.headers.get('Access-Control-Expose-Headers')).toBeNull();
        bodies.add(await response.text());
      }
      expect(bodies.size).toBe(1);
      expect([...bodies][0]).toContain('"code":"origin_not_allowed"');
    },
  );

  it('is let through by a preflight only to read that, and no answer lets credentials along', async () => {
    const service = startService();
    for (const [what, origin, isRead] of NEAR_MISSES)
      for (const [, path] of CALLS) {
        const response = await preflight(service, path, origin);
        expect(response.status, what).toBe(isRead ? 204 : 403);
        expect(response.headers.get(READS), what).toBe(isRead ? origin : null);
        expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull();
        if (isRead) expect(await response.text()).toBe('');
      }
  });
});

describe('a page that is not listed', () => {
  const origin = 'https://evil.test';

  it('reads no other refusal: not of its body, its type, its method or its path', async () => {
    const service = startService({ bindings: NO_BURST });
    const headers = { 'Content-Type': 'text/plain' };
    const { session } = await service.send();
    const asked = [
      await service.post('/v1/send', { phone: 'x'.repeat(5_000) }, { origin }),
      await service.post('/v1/send', { phone: PHONE, to: PHONE }, { origin }),
      await service.post('/v1/send', { phone: PHONE }, { origin, headers }),
      await service.post('/v1/verify', { session, code: 'abcdef' }, { origin }),
      await service.get('/v1/send', { Origin: origin }),
      await service.post('/v1/config', {}, { origin }),
    ];
    for (const response of asked) expect(await codeOf(response)).toBe('origin_not_allowed');
    for (const path of ['/v1/none', '/v1/siteverify', '/v1/messages', '/healthz', '/console'])
      for (const response of [
        await service.get(path, { Origin: origin }),
        await service.post(path, {}, { origin }),
      ])
        expect(response.headers.get(READS), path).toBeNull();
  });

  it('costs nothing: no store is asked, no shield, no provider, and its body is not read', async () => {
    const asked: string[] = [];
    const stores = faultyStores();
    stores.before = (operation) => {
      asked.push(operation);
      return undefined;
    };
    const BURST = {
      limit: async () => {
        asked.push('BURST');
        return { success: true };
      },
    };
    const service = startService({ bindings: { ...stores.bindings, BURST } });
    for (const [method, path] of CALLS) {
      await preflight(service, path, origin);
      await (method === 'GET'
        ? service.get(path, { Origin: origin })
        : service.post(path, { phone: PHONE }, { origin }));
    }
    const body = new ReadableStream(
      {
        pull() {
          asked.push('body');
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { Origin: origin, 'Content-Type': 'application/json' };
    // Node wants `duplex` with a stream; workerd does not know it.
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    };
    await service.fetch(new Request(`${WORKER}/v1/send`, init));
    expect(asked).toEqual([]);
    expect(service.upstream()).toBe(0);
  });

  it('reads nothing of a deployment whose settings are wrong, and a listed one reads that they are', async () => {
    const service = startService({ settings: { OTP_SECRET: 'short' } });
    const read = await service.get('/v1/config', { Origin: SITE });
    expect(await codeOf(read)).toBe('misconfigured');
    expect(read.headers.get(READS)).toBe(SITE);
    for (const response of [
      await service.get('/v1/config', { Origin: origin }),
      await service.get('/healthz', { Origin: SITE }),
      await preflight(service, '/v1/send', origin),
      await startService({ settings: { ALLOWED_ORIGINS: 'none' } }).get('/v1/config', {
        Origin: SITE,
      }),
    ]) {
      expect(response.status).toBe(503);
      expect(response.headers.get(READS)).toBeNull();
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
