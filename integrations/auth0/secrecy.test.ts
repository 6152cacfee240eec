/**
 * What an Action says of a failure stands in Auth0's log. Whatever comes back from the other end, be it all that was
 * sent to it, no reason has the number, the code, the words or a secret in it.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hookCall,
  phoneProviderEvent,
  type Secrets,
  sendPhoneMessageEvent,
} from './auth0-events.ts';
import { runHook, runPhoneProvider, runSendPhoneMessage, type Verdict } from './auth0-runtime.ts';
import { listenAsOtherEnd, type OtherEnd } from './other-end.ts';

const SECRET = 'a-secret-of-the-site';

let end: OtherEnd;

beforeAll(async () => {
  end = await listenAsOtherEnd();
});

afterAll(() => end?.close());

const secrets = (): Secrets => ({
  OTP_WORKER_URL: end.url,
  OTP_SITE_SECRET: SECRET,
  MITTO_BASE_URL: end.url,
  MITTO_API_KEY: SECRET,
  MITTO_SENDER: 'Example',
});

interface Message {
  recipient: string;
  code: string;
}

const ALL: readonly [string, (message: Message) => Promise<Verdict>][] = [
  ...['custom-phone-provider.js', 'custom-phone-provider-mitto.js'].map(
    (file) =>
      [
        file,
        (message: Message) => runPhoneProvider(file, phoneProviderEvent(secrets(), message)),
      ] as const,
  ),
  ...['send-phone-message.js', 'send-phone-message-mitto.js'].map(
    (file) =>
      [
        file,
        (message: Message) => runSendPhoneMessage(file, sendPhoneMessageEvent(secrets(), message)),
      ] as const,
  ),
  [
    'legacy-hook-mitto.js',
    (message) => runHook('legacy-hook-mitto.js', hookCall(secrets(), message)),
  ],
] as [string, (message: Message) => Promise<Verdict>][];

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

const messages = fc.record({
  recipient: fc.oneof(
    digits(6, 12).map((number) => `+49${number}`),
    // Not E.164: refused here, and not quoted either.
    digits(6, 12),
    digits(6, 12).map((number) => `tel:+49${number}`),
  ),
  code: digits(6, 10),
});

/** Everything that was sent, said back in each place that is read. */
const echoes = fc.record({
  status: fc.constantFrom(200, 202, 302, 400, 401, 422, 429, 500, 502, 503, 504),
  type: fc.constantFrom('application/problem+json', 'application/json', 'text/html'),
  code: fc.constantFrom('malformed_request', 'upstream_error', 'something_new', 'ECHO'),
});

describe.each(ALL)('%s', (_file, run) => {
  it('tells nobody what it sent to whom', async () => {
    await fc.assert(
      fc.asyncProperty(messages, echoes, async (message, echo) => {
        end.answer = (request, body, response) => {
          const all = `${body} ${JSON.stringify(request.headers)}`;
          response.writeHead(echo.status, {
            'Content-Type': echo.type,
            'Retry-After': '5',
            Location: `/elsewhere?${encodeURIComponent(body)}`,
          });
          response.end(
            JSON.stringify({
              code: echo.code === 'ECHO' ? all : echo.code,
              title: all,
              detail: body,
              responseCode: body,
              responseText: all,
            }),
          );
        };
        const verdict = await run(message);
        expect(verdict.kind).not.toBe('accepted');
        const { reason } = verdict as { reason: string };
        expect(reason).not.toContain(message.recipient);
        expect(reason).not.toContain(message.recipient.replace(/^.*\+/, ''));
        expect(reason).not.toContain(message.code);
        expect(reason).not.toContain(SECRET);
      }),
      { numRuns: 60 },
    );
  });

  it('never follows a redirect with its secret', async () => {
    end.seen.length = 0;
    end.answer = (_request, _body, response) =>
      response.writeHead(307, { Location: '/elsewhere' }).end();
    expect((await run({ recipient: '+4915123456789', code: '123456' })).kind).not.toBe('accepted');
    expect(end.seen).toHaveLength(1);
  });

  it('takes the digits out of what it is told to mend', async () => {
    end.answer = (_request, body, response) =>
      response
        .writeHead(400, { 'Content-Type': 'application/problem+json' })
        .end(JSON.stringify({ code: 'malformed_request', detail: body }));
    const verdict = await run({ recipient: '+4915123456789', code: '654321' });
    expect(verdict.kind).not.toBe('accepted');
    expect((verdict as { reason: string }).reason).not.toMatch(/15123456789|654321/);
  });

  it('says no more than Auth0 keeps', async () => {
    end.answer = (_request, _body, response) =>
      response
        .writeHead(400, { 'Content-Type': 'application/problem+json' })
        .end(JSON.stringify({ code: 'malformed_request', detail: 'x'.repeat(5000) }));
    const verdict = await run({ recipient: '+4915123456789', code: '123456' });
    const [line = ''] = (verdict as { reason: string }).reason.split('\n');
    expect(line.length).toBeLessThanOrEqual(1024);
  });
});

describe('the Idempotency-Key of the custom phone provider', () => {
  const keyOf = async (message: Message) => {
    end.seen.length = 0;
    end.answer = (_request, _body, response) => response.writeHead(202).end('{"id":"1"}');
    const event = phoneProviderEvent(secrets(), message);
    expect(await runPhoneProvider('custom-phone-provider.js', event)).toEqual({ kind: 'accepted' });
    return end.seen[0]?.key ?? '';
  };

  it('is the same for the same message, another for any other, and tells nothing of it', async () => {
    const numbers = digits(8, 11).map((number) => `+49${number}`);
    const pairs = fc.record({ recipient: numbers, code: digits(6, 8) });
    await fc.assert(
      fc.asyncProperty(pairs, pairs, async (one, other) => {
        const key = await keyOf(one);
        expect(key).toMatch(/^[\w-]{43}$/);
        expect(await keyOf({ ...one })).toBe(key);
        const isSame = one.recipient === other.recipient && one.code === other.code;
        expect((await keyOf(other)) === key).toBe(isSame);
        expect(key).not.toContain(one.code);
      }),
      { numRuns: 30 },
    );
  });
});
