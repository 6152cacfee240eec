import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyProof } from '../../../shared/verify-proof.ts';
import { faultyStores } from '../../../test/support/worker/faulty-stores.ts';
import {
  codeOf,
  OTHER_SITE,
  PHONE,
  proofOf,
  SITE,
  startService,
  WORKER,
} from '../../../test/support/worker/harness.ts';

describe('POST /v1/verify', () => {
  it('gives a proof that the site checks by itself', async () => {
    const service = startService();
    const { session } = await service.send({ phone: PHONE, nonce: 'page-1' });
    const { proof, expiresIn } = await proofOf(await service.verify(session, service.codeOf()));

    expect(expiresIn).toBe(300);
    const keys = await (await service.get('/.well-known/jwks.json')).json();
    const options = {
      issuer: WORKER,
      audience: SITE,
      nonce: 'page-1',
      keys: keys as never,
      now: service.now(),
    };
    const nowSeconds = service.now() / 1000;
    expect(await verifyProof(proof, options)).toEqual({
      iss: WORKER,
      aud: SITE,
      sub: expect.stringMatching(/^[\w-]{22}$/),
      phone_number: PHONE,
      phone_number_verified: true,
      amr: ['sms'],
      auth_time: nowSeconds,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      jti: expect.any(String),
      nonce: 'page-1',
      first_verified_at: Math.floor(nowSeconds / 86_400) * 86_400,
    });
  });

  it('names the call as the way, after a call', async () => {
    const service = startService();
    const { session } = await service.send({ phone: PHONE, channel: 'voice' });
    const { proof } = await proofOf(await service.verify(session, service.codeOf()));
    expect(JSON.parse(atob(proof.split('.')[1] ?? '')).amr).toEqual(['tel']);
  });

  it('names a phone differently to each site, and alike to the same one', async () => {
    const service = startService({ settings: { LIMITS: { cooldown: '1' } } });
    const subjects: string[] = [];
    for (const origin of [SITE, SITE, OTHER_SITE]) {
      const { session } = await service.send(undefined, { origin });
      const { proof } = await proofOf(await service.verify(session, service.codeOf(), { origin }));
      subjects.push(JSON.parse(atob(proof.split('.')[1] ?? '')).sub);
      service.advance(1_000);
    }
    expect(subjects[0]).toBe(subjects[1]);
    expect(subjects[0]).not.toBe(subjects[2]);
  });

  it('asks Mitto with the keys that the setting names', async () => {
    const service = startService({ settings: { MITTO_VERIFY_KEYS: 'requestID,code' } });
    const { session } = await service.send();
    await proofOf(await service.verify(session, service.codeOf()));
    expect(service.sandbox.calls.list({ operation: 'verify' })[0]?.body).toEqual({
      requestID: service.sandbox.inbox.last()?.requestID,
      code: service.codeOf(),
    });
  });

  it.each([
    ['a number', { code: 123456 }, 'malformed_request'],
    ['no string', { code: null }, 'malformed_request'],
    ['absent', {}, 'malformed_request'],
    ['too short', { code: '12345' }, 'invalid_code_format'],
    ['too long', { code: '1234567' }, 'invalid_code_format'],
    ['in letters', { code: 'abcdef' }, 'invalid_code_format'],
    ['in another script', { code: '١٢٣٤٥٦' }, 'invalid_code_format'],
    ['in full-width digits', { code: '１２３４５６' }, 'invalid_code_format'],
    ['signed', { code: '-12345' }, 'invalid_code_format'],
    ['with a space', { code: '12345 ' }, 'invalid_code_format'],
    ['with a line break', { code: '123456\n' }, 'invalid_code_format'],
    ['beside an unknown member', { code: '123456', phone: PHONE }, 'malformed_request'],
  ])(
    'refuses a code that is %s, counts nothing, and Mitto hears nothing',
    async (_what, member, code) => {
      const service = startService();
      const { session } = await service.send();
      for (let tries = 0; tries < 6; tries++)
        expect(await codeOf(await service.post('/v1/verify', { session, ...member }))).toBe(code);
      expect(service.upstream('verify')).toBe(0);
      expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
    },
  );

  it('refuses a session in which one bit was changed, wherever it is', async () => {
    const service = startService();
    const { session } = await service.send();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const [index, character] of [...session].entries()) {
      const bit = 1 << (index % 6);
      const changed = alphabet[alphabet.indexOf(character) ^ bit] ?? 'A';
      const forged = session.slice(0, index) + changed + session.slice(index + 1);
      expect(
        await codeOf(
          await service.verify(forged, service.codeOf(), { ip: `203.0.113.${index % 200}` }),
        ),
      ).toBe('invalid_session');
    }
    expect(service.upstream('verify')).toBe(0);
  });

  it('refuses a session on another site', async () => {
    const service = startService();
    const { session } = await service.send();
    const response = await service.verify(session, service.codeOf(), { origin: OTHER_SITE });
    expect(await codeOf(response)).toBe('invalid_session');
    expect(service.upstream('verify')).toBe(0);
  });

  it('refuses the code of one number in the session of another', async () => {
    const service = startService();
    const mine = await service.send({ phone: PHONE });
    const theirs = '+4915223456780';
    await service.send({ phone: theirs });
    expect(await codeOf(await service.verify(mine.session, service.codeOf(theirs)))).toBe(
      'incorrect_code',
    );
  });

  it('lets a code die at 600 seconds sharp', async () => {
    const service = startService({ settings: { LIMITS: { cooldown: '1' } } });
    const early = await service.send();
    service.advance(599_900);
    expect(await codeOf(await service.verify(early.session, service.codeOf()))).toBe('ok');

    const late = await service.send();
    service.advance(600_000);
    const before = service.upstream();
    expect(await codeOf(await service.verify(late.session, service.codeOf()))).toBe(
      'session_expired',
    );
    expect(service.upstream()).toBe(before);
  });

  it.each(['OTP_KV.get', 'PHONE_GATE.admitCheck', 'OTP_KV.put'])(
    'lets it die so, though the request came in time and waited for %s',
    async (slow) => {
      const stores = faultyStores();
      const service = startService({ bindings: stores.bindings });
      const { session } = await service.send();
      service.advance(599_900);
      stores.before = (operation) => {
        if (operation === slow) service.advance(1_000);
      };
      expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('session_expired');
      expect(service.upstream('verify')).toBe(0);
    },
  );

  describe('attempts', () => {
    it('says how many are left, and after the fifth that it was the last', async () => {
      const service = startService();
      const { session } = await service.send();
      for (const attemptsLeft of [4, 3, 2, 1]) {
        const response = await service.verify(session, service.wrongCodeOf());
        expect(response.status).toBe(422);
        expect(await response.json()).toMatchObject({ code: 'incorrect_code', attemptsLeft });
      }
      const fifth = await service.verify(session, service.wrongCodeOf());
      expect(fifth.status).toBe(429);
      expect(await codeOf(fifth)).toBe('too_many_attempts');
      expect(await codeOf(await service.verify(session, service.codeOf()))).toBe(
        'too_many_attempts',
      );
      expect(service.upstream('verify')).toBe(5);
    });

    it.each([10, 50, 200])('evaluates at most five of %i at once', async (count) => {
      const service = startService({
        bindings: noBurst,
        settings: { LIMITS: { verify_per_ip: '100/1m' } },
      });
      const { session } = await service.send();
      const codes = Array.from({ length: count }, (_, n) => service.wrongCodeOf(PHONE, n + 1));
      await Promise.all(
        codes.map((code, n) => service.verify(session, code, { ip: `203.0.113.${n}` })),
      );
      expect(service.upstream('verify')).toBeLessThanOrEqual(5);
      expect(await codeOf(await service.verify(session, service.codeOf()))).toBe(
        'too_many_attempts',
      );
    });

    it('gives proofs of one verification alone for twenty right codes at once', async () => {
      const service = startService({ bindings: noBurst });
      service.sandbox.knobs.patch({ faults: [{ on: 'verify', kind: 'delay', ms: 20 }] });
      const { session } = await service.send();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          service.verify(session, service.codeOf(), { ip: `203.0.113.${n}` }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array(19).fill(409)]);
      expect(service.upstream('verify')).toBe(1);
      const first = answers.find(({ status }) => status === 200) as Response;
      service.advance(1_000);
      const again = await service.verify(session, service.codeOf());
      const of = async (answer: Response) => {
        const { iat, exp, jti, ...rest } = decodeJwt((await proofOf(answer)).proof);
        return rest;
      };
      expect(await of(again)).toEqual(await of(first));
      expect(service.upstream('verify')).toBe(1);
    });

    it('go on over a resend', async () => {
      const service = startService();
      const { session } = await service.send();
      for (let n = 0; n < 3; n++) await service.verify(session, service.wrongCodeOf());
      service.advance(30_000);
      const again = await service.send({ session });
      expect(
        await (await service.verify(again.session, service.wrongCodeOf())).json(),
      ).toMatchObject({
        attemptsLeft: 1,
      });
    });

    it('of ten wrong codes on a phone, wherever from, stop new ones for an hour and no longer', async () => {
      const service = startService({
        settings: { LIMITS: { cooldown: '1', send_per_phone: '20/1h' } },
      });
      for (let sessions = 0; sessions < 2; sessions++) {
        const { session } = await service.send(undefined, { ip: `203.0.113.${sessions}` });
        for (let n = 0; n < 5; n++) await service.verify(session, service.wrongCodeOf());
        service.advance(1_000);
      }
      const response = await service.post('/v1/send', { phone: PHONE }, { ip: '203.0.113.99' });
      expect(await codeOf(response)).toBe('rate_limited');
      const seconds = Number(response.headers.get('Retry-After'));
      expect(seconds).toBeLessThanOrEqual(3_600);
      service.advance(seconds * 1000);
      await service.send();
    });

    it.each([
      // Whether Mitto counts a guess against every open code of a number is not known. Where it does, naming the
      // request keeps a stranger's guesses off the owner's code.
      ['Mitto sets no limit of its own', {}, { attemptsPerOtp: 100 }],
      ['the setting names the request', { MITTO_VERIFY_KEYS: 'service,number,requestID,code' }, {}],
    ])(
      'of strangers leave alone a session that its owner has open, when %s',
      async (_when, setting, knobs) => {
        const limits = { LIMITS: { cooldown: '1', send_per_phone: '20/1h' } };
        const service = startService({ settings: { ...limits, ...setting } });
        service.sandbox.knobs.patch(knobs);
        const owner = await service.send();
        const ownersCode = service.codeOf();
        for (let sessions = 0; sessions < 2; sessions++) {
          service.advance(1_000);
          const { session } = await service.send(undefined, { ip: '203.0.113.7' });
          for (let n = 0; n < 5; n++) {
            const guess = service.wrongCodeOf(PHONE, 1000 + n);
            expect(guess).not.toBe(ownersCode);
            await service.verify(session, guess, { ip: '203.0.113.7' });
          }
        }
        service.advance(1_000);
        expect(await codeOf(await service.post('/v1/send', { phone: PHONE }))).toBe('rate_limited');
        expect(await codeOf(await service.verify(owner.session, ownersCode))).toBe('ok');
      },
    );
  });

  it('no longer takes the code that a resend has replaced', async () => {
    const service = startService();
    const { session } = await service.send();
    service.advance(30_000);
    await service.send({ session });
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('session_expired');
  });

  it('refuses an address past its thirty checks, for as long as it says', async () => {
    const service = startService({
      bindings: noBurst,
      settings: { LIMITS: { verify_per_ip: '2/10m' } },
    });
    const { session } = await service.send();
    await service.verify(session, service.wrongCodeOf());
    await service.verify(session, service.wrongCodeOf(PHONE, 2));
    const third = await service.verify(session, service.codeOf());
    expect(await codeOf(third)).toBe('rate_limited');
    expect(third.headers.get('RateLimit-Policy')).toBe('"verify";q=2;w=600');
    service.advance(599_000);
    expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('rate_limited');
  });

  describe('when Mitto', () => {
    it.each([
      ['breaks', { kind: 'status', status: 500 }, 502, 'upstream_error'],
      ['redirects', { kind: 'redirect' }, 502, 'upstream_error'],
      ['answers with a page', { kind: 'malformed', shape: 'html' }, 502, 'upstream_error'],
      ['answers half a JSON', { kind: 'malformed', shape: 'half_json' }, 502, 'upstream_error'],
      ['answers nothing', { kind: 'malformed', shape: 'empty' }, 502, 'upstream_error'],
      ['answers 5 MB', { kind: 'malformed', shape: 'huge' }, 502, 'upstream_error'],
      [
        'names another request',
        { kind: 'malformed', shape: 'other_request_id' },
        422,
        'incorrect_code',
      ],
      ['is too busy', { kind: 'status', status: 429 }, 503, 'temporarily_unavailable'],
      ['does not know the key', { kind: 'status', status: 401 }, 503, 'misconfigured'],
      ['does not know the address', { kind: 'ip_not_allowed' }, 503, 'misconfigured'],
    ] as const)('%s: a right code gives no proof', async (_what, fault, status, code) => {
      const service = startService();
      const { session } = await service.send();
      service.sandbox.knobs.patch({ faults: [{ on: 'verify', ...fault }] as never });
      const response = await service.verify(session, service.codeOf());
      expect(response.status).toBe(status);
      expect(await codeOf(response)).toBe(code);
    });

    it.each(['http_400', 'http_200_code_400', 'http_404', 'http_200_valid_false'] as const)(
      'says "wrong" as %s, it is wrong',
      async (wrongCodeAnswer) => {
        const service = startService();
        service.sandbox.knobs.patch({ wrongCodeAnswer });
        const { session } = await service.send();
        expect(await codeOf(await service.verify(session, service.wrongCodeOf()))).toBe(
          'incorrect_code',
        );
        expect(await codeOf(await service.verify(session, service.codeOf()))).toBe('ok');
      },
    );

    it('does not answer: it is not known whether the code was right, and the attempt counts', async () => {
      let isDown = false;
      const service = startService();
      const broken = startService({
        sandbox: service.sandbox,
        runtime: {
          now: service.now,
          fetch: ((input: string, init: RequestInit) =>
            isDown
              ? Promise.reject(new TypeError('connection reset'))
              : service.sandbox.fetch(new Request(input, init))) as typeof fetch,
        },
      });
      const { session } = await broken.send();
      isDown = true;
      for (let n = 0; n < 5; n++) {
        const response = await broken.verify(session, broken.codeOf());
        expect(response.status).toBe(504);
        expect(await codeOf(response)).toBe('upstream_timeout');
      }
      isDown = false;
      // After five failures in a row Mitto is not asked for five seconds.
      service.advance(5_000);
      expect(await codeOf(await broken.verify(session, broken.codeOf()))).toBe('too_many_attempts');
      // None of them was a wrong code: the phone is not locked for them.
      service.advance(600_000);
      await broken.send();
    });
  });
});

/** The shield of the machine would otherwise answer first. */
const noBurst = { BURST: { limit: async () => ({ success: true }) } };
