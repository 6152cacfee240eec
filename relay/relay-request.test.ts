import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isAllowedTarget, readRelayRequest } from './relay-request.ts';

vi.setConfig({ testTimeout: 30_000 });

const HEAD = {
  method: 'POST',
  url: 'https://cpaas.mittoapi.com/2fa/send?a=b',
  headers: { Authorization: 'Basic eA==', 'Content-Type': 'application/json' },
  maxAnswerBytes: 1024,
};
const order = (changes: object, body = '{}') =>
  readRelayRequest(`${JSON.stringify({ ...HEAD, ...changes })}\n${body}`);

describe('an order', () => {
  it('is read', () => {
    expect(order({}, 'a\nb')).toEqual({ ...HEAD, url: new URL(HEAD.url), body: 'a\nb' });
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
      expect(order({ method })).toMatchObject({ method });
  });

  it.each<object>([
    { method: 'PATCH' },
    { method: 'CONNECT' },
    { method: 'get' },
    { method: undefined },
    { url: '/2fa/send' },
    { url: 5 },
    { url: undefined },
    { headers: undefined },
    { headers: [] },
    { headers: { Host: 'evil.example' } },
    { headers: { 'content-LENGTH': '1' } },
    { headers: { 'Transfer-Encoding': 'chunked' } },
    { headers: { Upgrade: 'h2c' } },
    { headers: { 'Proxy-Authorization': 'x' } },
    { headers: { 'X-Relay-Signature': 'x' } },
    { headers: { 'X Y': 'x' } },
    { headers: { 'X-Y': 'a\r\nHost: evil.example' } },
    { headers: { 'X-Y': 'ü' } },
    { headers: { 'X-Y': 1 } },
    { headers: Object.fromEntries(Array.from({ length: 17 }, (_, nth) => [`x-${nth}`, ''])) },
    { maxAnswerBytes: 0 },
    { maxAnswerBytes: 1.5 },
    { maxAnswerBytes: 1024 * 1024 + 1 },
    { maxAnswerBytes: '1' },
    { maxAnswerBytes: undefined },
    { redirect: 'follow' },
  ])('is none with %j', (changes) => {
    expect(order(changes)).toBeUndefined();
  });

  it('is not made of anything else, and nothing throws', () => {
    for (const frame of ['', 'null\n', '[]\n', '5\n', '{}\n', JSON.stringify(HEAD)])
      expect(readRelayRequest(frame)).toBeUndefined();
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (head, body) => {
        expect(readRelayRequest(`${JSON.stringify(head)}\n${body}`)).toBeUndefined();
      }),
    );
  });
});

describe('a target', () => {
  const isAllowed = (url: string, isLoopbackAllowed = false) =>
    isAllowedTarget(new URL(url), {
      hosts: new Set(['cpaas.mittoapi.com', 'api.twilio.com']),
      isLoopbackAllowed,
    });

  it.each([
    'https://cpaas.mittoapi.com/2fa/send',
    'https://api.twilio.com/2010-04-01/Accounts.json?x=y',
    'https://CPAAS.mittoapi.com:443/',
  ])('is %s', (url) => {
    expect(isAllowed(url)).toBe(true);
  });

  it.each([
    'http://cpaas.mittoapi.com/',
    'https://cpaas.mittoapi.com:8443/',
    'https://cpaas.mittoapi.com.evil.example/',
    'https://evil.example/cpaas.mittoapi.com',
    'https://evil.example#cpaas.mittoapi.com',
    'https://cpaas.mittoapi.com@evil.example/',
    'https://user@cpaas.mittoapi.com/',
    'https://:password@cpaas.mittoapi.com/',
    'https://x.cpaas.mittoapi.com/',
    'https://cpaas.mittoapi.com./',
    'https://mittoapi.com/',
    'ftp://cpaas.mittoapi.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'https://127.0.0.1/',
    'http://localhost:8788/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'https://[::ffff:127.0.0.1]/',
  ])('is not %s', (url) => {
    expect(isAllowed(url)).toBe(false);
  });

  it('is this machine with the switch for tests, and nothing more', () => {
    for (const url of ['http://127.0.0.1:1234/', 'http://localhost/', 'http://[::1]:1/'])
      expect(isAllowed(url, true)).toBe(true);
    for (const url of [
      'http://192.168.0.1/',
      'http://user@127.0.0.1/',
      'http://127.0.0.1.example/',
    ])
      expect(isAllowed(url, true)).toBe(false);
  });
});
