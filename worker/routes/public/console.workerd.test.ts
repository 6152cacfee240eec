/** The page of the operators, as it is served. */
import { describe, expect, it } from 'vitest';
import { codeOf, startService } from '../../../test/support/worker/harness.ts';

const settings = { ADMIN_TOKEN: 'the token of the operators, long enough' };

function serve(options: { settings?: Record<string, unknown> } = { settings }) {
  const asked: string[] = [];
  const ASSETS = {
    fetch: async (request: Request) => {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      return pathname === '/console/'
        ? new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html', ETag: '"1"' } })
        : new Response('nothing', { status: 404 });
    },
  };
  return { asked, service: startService({ ...options, bindings: { ASSETS } }) };
}

describe('GET /console/', () => {
  it('serves the page under a policy that lets in its own files alone', async () => {
    const { service } = serve();
    const response = await service.get('/console/');
    expect(await response.text()).toBe('<!doctype html>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/html',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      etag: '"1"',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
    });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('is where the address without the slash leads', async () => {
    const response = await serve().service.get('/console');
    expect(response.status).toBe(308);
    expect(response.headers.get('Location')).toBe('/console/');
  });

  it('is not there where no token is set, nor are its files', async () => {
    const { service, asked } = serve({});
    for (const path of ['/console', '/console/', '/console/console.js'])
      expect(await codeOf(await service.get(path))).toBe('not_found');
    expect(asked).toEqual([]);
  });

  it('has no other file, and takes no other method', async () => {
    const { service } = serve();
    for (const path of ['/console/other.js', '/console/a/b'])
      expect(await codeOf(await service.get(path))).toBe('not_found');
    expect(await codeOf(await service.post('/console/', {}))).toBe('method_not_allowed');
  });
});
