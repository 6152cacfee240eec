/** What becomes of each answer that the Worker, or what stands in front of it, may give. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../shared/api/error-codes.ts';
import { phoneProviderEvent, type Secrets, sendPhoneMessageEvent } from './auth0-events.ts';
import { closedUrl, runPhoneProvider, runSendPhoneMessage } from './auth0-runtime.ts';
import { listenAsOtherEnd, type OtherEnd } from './other-end.ts';
import { PROMISED_OF_WORKER } from './promised.ts';

let end: OtherEnd;

beforeAll(async () => {
  end = await listenAsOtherEnd();
});

afterAll(() => end?.close());

const secrets = (): Secrets => ({ OTP_WORKER_URL: end.url, OTP_SITE_SECRET: 'secret' });

function problem(code: string, status: number, retryAfter?: number): void {
  end.answer = (_request, _body, response) =>
    response
      .writeHead(status, {
        'Content-Type': 'application/problem+json',
        ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
      })
      .end(JSON.stringify({ code, status, title: 'A problem' }));
}

describe('a problem of the Worker', () => {
  const run = () =>
    runPhoneProvider(
      'custom-phone-provider.js',
      phoneProviderEvent(secrets(), { recipient: '+4915123456789' }),
    );
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];

  it.each(codes)('with the code %s has the verdict of the README', async (code) => {
    problem(code, ERROR_CODES[code].status, 5);
    const kind = PROMISED_OF_WORKER.get(code) ?? 'drop';
    expect(await run()).toMatchObject({ kind });
  });

  it('has no code in the README that is not one', () => {
    expect(PROMISED_OF_WORKER.size).toBeGreaterThan(0);
    for (const code of PROMISED_OF_WORKER.keys()) expect(codes).toContain(code);
  });

  it.each(['rate_limited', 'capacity'] as const)(
    'with the code %s is retried for two minutes and no longer',
    async (code) => {
      const { status } = ERROR_CODES[code];
      for (const [retryAfter, kind] of [
        [1, 'retry'],
        [120, 'retry'],
        [121, 'drop'],
        [undefined, 'drop'],
      ] as const) {
        problem(code, status, retryAfter);
        expect(await run()).toMatchObject({ kind });
      }
    },
  );

  it.each(['something_new', '__proto__', 'constructor', 'toString'])(
    'with the code %s, which nobody knows, is dropped',
    async (code) => {
      problem(code, 418);
      expect(await run()).toMatchObject({ kind: 'drop' });
      const event = sendPhoneMessageEvent(secrets(), { recipient: '+4915123456789' });
      expect(await runSendPhoneMessage('send-phone-message.js', event)).toMatchObject({
        kind: 'thrown',
        reason: expect.stringContaining('HTTP 418') as string,
      });
    },
  );

  it('that never comes is given up before Auth0 gives up', async () => {
    end.answer = () => undefined;
    const event = sendPhoneMessageEvent(secrets(), { recipient: '+4915123456789' });
    const [verdict, thrown] = await Promise.all([
      run(),
      runSendPhoneMessage('send-phone-message.js', event),
    ]);
    const reason = 'mitto-otp: no answer from OTP_WORKER_URL (TimeoutError)';
    expect(verdict).toEqual({ kind: 'retry', reason });
    expect(thrown).toHaveProperty('reason', expect.stringContaining(reason));
  }, 20_000);
});

describe('what stands in front of the Worker', () => {
  const run = (retryAfter?: string) =>
    runPhoneProvider(
      'custom-phone-provider.js',
      phoneProviderEvent(secrets(), { recipient: '+4915123456789' }),
    ).then(({ kind }) => ({ kind, retryAfter }));
  const page = (status: number, retryAfter?: string) => {
    end.answer = (_request, _body, response) =>
      response
        .writeHead(status, {
          'Content-Type': 'text/html',
          ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
        })
        .end('<h1>Sorry</h1>');
  };

  it.each([500, 502, 503, 520, 522, 530])('is tried again after HTTP %i', async (status) => {
    page(status);
    expect(await run()).toMatchObject({ kind: 'retry' });
  });

  it.each([200, 202, 204, 302, 400, 403, 404, 405, 429])(
    'is not tried again after HTTP %i',
    async (status) => {
      page(status);
      expect(await run()).toMatchObject({ kind: 'drop' });
    },
  );

  it.each([
    ['5', 'retry'],
    ['3600', 'drop'],
    ['soon', 'drop'],
  ])('with Retry-After %s after HTTP 429: %s', async (retryAfter, kind) => {
    page(429, retryAfter);
    expect(await run()).toMatchObject({ kind });
  });

  it.each([
    ['http://otp.example.com', 'drop'],
    ['otp.example.com', 'drop'],
    ['', 'drop'],
  ])('with OTP_WORKER_URL %j: %s', async (OTP_WORKER_URL, kind) => {
    const event = phoneProviderEvent(
      { ...secrets(), OTP_WORKER_URL },
      { recipient: '+4915123456789' },
    );
    const verdict = await runPhoneProvider('custom-phone-provider.js', event);
    expect(verdict).toMatchObject({ kind });
    expect(verdict).toHaveProperty('reason', expect.stringContaining('OTP_WORKER_URL'));
  });

  it('is tried again where nobody listens', async () => {
    const event = phoneProviderEvent(
      { ...secrets(), OTP_WORKER_URL: await closedUrl() },
      { recipient: '+4915123456789' },
    );
    expect(await runPhoneProvider('custom-phone-provider.js', event)).toEqual({
      kind: 'retry',
      reason: 'mitto-otp: no answer from OTP_WORKER_URL (ECONNREFUSED)',
    });
  });

  it.each([undefined, '', 'naïve', 'line\nbreak'])(
    'is never asked with the secret %j, which no error quotes',
    async (OTP_SITE_SECRET) => {
      end.seen.length = 0;
      const event = phoneProviderEvent(
        { ...secrets(), OTP_SITE_SECRET },
        { recipient: '+4915123456789' },
      );
      const verdict = await runPhoneProvider('custom-phone-provider.js', event);
      expect(verdict).toEqual({
        kind: 'drop',
        reason: 'mitto-otp: OTP_SITE_SECRET is missing or not plain ASCII',
      });
      expect(end.seen).toEqual([]);
    },
  );
});
