import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboundAnswer, OutboundRequest } from '../egress/egress.ts';
import { createMittoOutcomes, type MittoSendRequest } from './client.ts';

const SEND: MittoSendRequest = {
  service: '2FA',
  from: 'Example',
  to: '+4915123456789',
  body: '{code} is your code',
  channel: 'sms',
};
const VERIFY = { service: '2FA', number: '+4915123456789', code: '123456' };
const REQUEST_ID = `OTP${'0123456789abcdef'.repeat(2)}`;

/** A client whose calls all get this answer, and the calls that it made. */
function clientThatHears(answer: OutboundAnswer) {
  const calls: OutboundRequest[] = [];
  const client = createMittoOutcomes({
    baseUrl: 'https://mitto.test',
    accountId: 'AC01',
    apiKey: 'key',
    egress: {
      async call(request) {
        calls.push(request);
        return answer;
      },
    },
  });
  return { client, calls };
}

function answered(body: unknown, { status = 200, retryAfter = null as string | null } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return clientThatHears({ kind: 'answered', status, retryAfter, text });
}

describe('what Mitto is asked', () => {
  it.each([
    ['send', '/2fa/send', SEND],
    ['verify', '/2fa/verify', VERIFY],
    ['cancel', '/2fa/cancel', { requestID: REQUEST_ID }],
  ] as const)('%s is one POST of JSON with Basic auth', async (operation, path, body) => {
    const { client, calls } = answered({ code: 200, requestID: REQUEST_ID });
    if (operation === 'send') await client.send(SEND);
    if (operation === 'verify') await client.verify(VERIFY);
    if (operation === 'cancel') await client.cancel(REQUEST_ID);
    expect(calls).toHaveLength(1);
    const [call] = calls;
    expect(call).toMatchObject({
      url: `https://mitto.test${path}`,
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa('AC01:key')}`,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
    });
    expect(JSON.parse(call?.body ?? '')).toEqual(body);
  });

  it('passes members on that the operator adds', async () => {
    const { client, calls } = answered({ code: 200, requestID: REQUEST_ID });
    await client.send({ ...SEND, channel: 'call', voice: 'man', expiry: 600 });
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ channel: 'call', expiry: 600 });
  });

  it('encodes a key that is not ASCII in UTF-8', async () => {
    const calls: OutboundRequest[] = [];
    const client = createMittoOutcomes({
      baseUrl: 'https://mitto.test',
      accountId: 'AC01',
      apiKey: 'schlüssel',
      egress: {
        async call(request) {
          calls.push(request);
          return { kind: 'unanswered', why: 'broken' };
        },
      },
    });
    await client.cancel(REQUEST_ID);
    const [, credentials = ''] = calls[0]?.headers['Authorization']?.split(' ') ?? [];
    const bytes = Uint8Array.from(atob(credentials), (character) => character.charCodeAt(0));
    expect(new TextDecoder().decode(bytes)).toBe('AC01:schlüssel');
  });
});

describe('a send is accepted', () => {
  it.each<[string, unknown, number]>([
    ['the documented answer', { code: 200, message: 'OK', requestID: REQUEST_ID }, 200],
    ['no code in the envelope', { requestID: REQUEST_ID }, 200],
    ['another 2xx', { code: 202, requestID: REQUEST_ID }, 202],
    ['names in another case', { CODE: 200, RequestId: REQUEST_ID }, 200],
    ['more members than are known', { requestID: REQUEST_ID, new: [{ deep: true }] }, 200],
    ['an id of another form', { code: 299, requestID: 'abc-1' }, 200],
  ])('by %s', async (_what, body, status) => {
    const { client } = answered(body, { status });
    const { requestID, RequestId } = body as Record<string, string>;
    expect(await client.send(SEND)).toEqual({
      kind: 'accepted',
      requestId: requestID ?? RequestId,
    });
  });

  it.each<[string, unknown]>([
    ['no requestID', { code: 200 }],
    ['an empty one', { code: 200, requestID: '' }],
    ['one that is a number', { code: 200, requestID: 17 }],
    ['one that is null', { code: 200, requestID: null }],
    ['a list of them', { code: 200, requestID: [REQUEST_ID] }],
    ['one with a space', { code: 200, requestID: 'OTP 1' }],
    ['one with a line end', { code: 200, requestID: 'OTP1\n' }],
    ['one too large for a session', { code: 200, requestID: 'x'.repeat(129) }],
    ['one inside another member', { code: 200, data: { requestID: REQUEST_ID } }],
    ['two of them', `{"code":200,"requestID":"OTP1","requestID":"OTP2"}`],
    ['two of them in two cases', { code: 200, requestID: 'OTP1', requestId: 'OTP2' }],
    ['two codes, the last one good', `{"code":400,"code":200,"requestID":"OTP1"}`],
    ['two codes, spelt in two ways', `{"code":400,"\\u0063ode":200,"requestID":"OTP1"}`],
    ['a list', [{ code: 200, requestID: REQUEST_ID }]],
    ['text', JSON.stringify(REQUEST_ID)],
    ['null', 'null'],
    ['nothing', ''],
    ['half a JSON', '{"code":200,"requestID":"OTP'],
    ['two JSONs', '{"code":200}{"requestID":"OTP1"}'],
    ['a page', '<html>OK</html>'],
    ['XML', '<response><code>200</code><requestID>OTP1</requestID></response>'],
  ])('never by %s', async (_what, body) => {
    const { client } = answered(body);
    expect(await client.send(SEND)).toMatchObject({ kind: 'unintelligible', status: 200 });
  });
});

describe('a code is verified', () => {
  it.each<[string, unknown]>([
    ['the code 200', { code: 200 }],
    ['the code 200 and a message', { code: 200, message: 'OK' }],
    ['the requestID that was asked about', { code: 200, requestID: REQUEST_ID }],
    ['names in another case', { Code: 200, Verified: true }],
    [
      'every member that could speak against it',
      { code: 200, verified: true, valid: true, success: true },
    ],
  ])('by %s', async (_what, body) => {
    expect(await answered(body).client.verify(VERIFY, REQUEST_ID)).toEqual({ kind: 'verified' });
  });

  it.each<[string, unknown]>([
    ['no code', { message: 'OK' }],
    ['the code as text', { code: '200' }],
    ['the code true', { code: true }],
    ['the code null', { code: null }],
    ['the code in a list', { code: [200] }],
    ['another 2xx code', { code: 201 }],
    ['a code near it', { code: 200.5 }],
    ['verified: false', { code: 200, verified: false }],
    ['verified as text', { code: 200, verified: 'true' }],
    ['verified: null', { code: 200, verified: null }],
    ['verified: 1', { code: 200, verified: 1 }],
    ['VALID: false', { code: 200, VALID: false }],
    ['success: false', { code: 200, success: false }],
    ['one member for it and one against', { code: 200, verified: true, success: false }],
    ['the requestID of another code', { code: 200, requestID: 'OTP2' }],
    ['a requestID that is none', { code: 200, requestID: null }],
  ])('never by %s', async (_what, body) => {
    expect(await answered(body).client.verify(VERIFY, REQUEST_ID)).toMatchObject({
      kind: 'refused',
      status: 200,
    });
  });

  it('without a requestID to compare, by what the answer says otherwise', async () => {
    const { client } = answered({ code: 200, requestID: 'OTP2' });
    expect(await client.verify(VERIFY)).toEqual({ kind: 'verified' });
  });
});

describe('a status is read alike, whether HTTP or the envelope says it', () => {
  const cases: [number, string][] = [
    [100, 'unintelligible'],
    [199, 'unintelligible'],
    [300, 'unintelligible'],
    [302, 'unintelligible'],
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'refused'],
    [408, 'refused'],
    [422, 'refused'],
    [429, 'throttled'],
    [499, 'refused'],
    [500, 'unintelligible'],
    [502, 'unintelligible'],
    [503, 'unintelligible'],
    [599, 'unintelligible'],
  ];

  async function outcomes({ client }: ReturnType<typeof answered>) {
    return [
      await client.send(SEND),
      await client.verify(VERIFY, REQUEST_ID),
      await client.cancel(REQUEST_ID),
    ];
  }

  it.each(cases)('HTTP %i is %s, whatever the body says', async (status, kind) => {
    for (const body of [{ code: 200, requestID: REQUEST_ID }, { code: status }, '<html>', ''])
      for (const outcome of await outcomes(answered(body, { status })))
        expect(outcome).toMatchObject({ kind, status });
  });

  it.each(cases)('code %i in an HTTP 200 is %s', async (code, kind) => {
    for (const outcome of await outcomes(answered({ code, requestID: REQUEST_ID })))
      expect(outcome).toMatchObject({ kind, status: code });
  });

  it.each([0, -200, 1e300, 20_000, 299.5, 199.9])('code %d is nothing', async (code) => {
    for (const outcome of await outcomes(answered({ code, requestID: REQUEST_ID })))
      expect(outcome).toMatchObject({ kind: 'unintelligible' });
  });

  it.each(['200', true, null, {}, []])('code %j is a no', async (code) => {
    for (const outcome of await outcomes(answered({ code, requestID: REQUEST_ID })))
      expect(outcome).toMatchObject({ kind: 'refused' });
  });

  it('no answer and too much of one are no success either', async () => {
    for (const why of ['late', 'broken'] as const)
      for (const outcome of await outcomes(clientThatHears({ kind: 'unanswered', why })))
        expect(outcome).toEqual({ kind: 'unanswered', status: 0, detail: why });
    for (const outcome of await outcomes(clientThatHears({ kind: 'oversized', status: 200 })))
      expect(outcome).toMatchObject({ kind: 'unintelligible', status: 200 });
  });
});

describe('how long a throttled client waits', () => {
  const waitOf = async (retryAfter: string | null) => {
    const result = await answered('', { status: 429, retryAfter }).client.send(SEND);
    return result.kind === 'throttled' ? result.retryAfterSeconds : undefined;
  };

  it.each([
    ['1', 1],
    ['27', 27],
    [' 27 ', 27],
    ['0', 1],
    ['3600', 3_600],
    ['86400', 3_600],
    ['999999999', 3_600],
  ])('is said in seconds: %j', async (header, seconds) => {
    expect(await waitOf(header)).toBe(seconds);
  });

  it('is said as a date', async () => {
    const inAMinute = await waitOf(new Date(Date.now() + 60_000).toUTCString());
    expect(inAMinute).toBeGreaterThan(50);
    expect(inAMinute).toBeLessThanOrEqual(60);
    expect(await waitOf('Wed, 21 Oct 2015 07:28:00 GMT')).toBe(1);
    expect(await waitOf('Fri, 31 Dec 2999 23:59:59 GMT')).toBe(3_600);
  });

  it.each([
    ...[null, '', ' ', 'soon', '-1', '-5', '1.5', '1e3', '0x10', '30s', '30, 60', '١٥', 'NaN'],
    ...['Infinity', '99999999999999999999', '2026-11-20', 'GMT', 'x GMT', '12:00'],
  ])('is half a minute where it is not said: %j', async (header) => {
    expect(await waitOf(header)).toBe(30);
  });

  it('holds for an envelope that throttles as well', async () => {
    const { client } = answered({ code: 429 }, { retryAfter: '12' });
    expect(await client.verify(VERIFY)).toMatchObject({ kind: 'throttled', retryAfterSeconds: 12 });
  });
});

describe('whatever comes, and however often', () => {
  const nameOf = (name: string) =>
    fc.constantFrom(name, name, name.toLowerCase(), name.toUpperCase(), `${name} `, `x${name}`);
  const code = fc.oneof(
    fc.constantFrom<unknown>(200, 200, 200, 201, 299, 300, 400, 401, 429, 500, '200', true, null),
    fc.integer(),
    fc.double(),
  );
  const flag = fc.constantFrom<unknown>(true, true, false, 'true', 1, 0, null, [], {});
  const id = fc.oneof(
    fc.constantFrom<unknown>(REQUEST_ID, REQUEST_ID, REQUEST_ID.toLowerCase(), '', null, 7, []),
    fc.string({ unit: 'binary' }),
  );
  const member = fc.oneof(
    fc.tuple(nameOf('code'), code),
    fc.tuple(nameOf('requestID'), id),
    fc.tuple(fc.constantFrom('verified', 'valid', 'success').chain(nameOf), flag),
    fc.tuple(fc.string({ unit: 'binary' }), fc.jsonValue()),
  );
  /** An object as text, often nearly a success, in which a name may stand twice. */
  const envelope = fc
    .tuple(
      fc.constantFrom<[string, unknown][]>([], [['code', 200]], [['requestID', REQUEST_ID]]),
      fc.array(member, { maxLength: 4 }),
    )
    .map(([first, members]) =>
      [...first, ...members]
        .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
        .join(),
    )
    .map((members) => `{${members}}`);
  const damaged = fc
    .tuple(envelope, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }))
    .map(([text, at, odd]) => text.slice(0, at % (text.length + 1)) + odd);
  const status = fc.oneof(
    fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 500),
    fc.nat(999),
  );
  const answer: fc.Arbitrary<OutboundAnswer> = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('answered' as const),
        status,
        retryAfter: fc.option(fc.string()),
        text: fc.oneof(
          { weight: 8, arbitrary: envelope },
          { weight: 1, arbitrary: damaged },
          { weight: 1, arbitrary: fc.json() },
          { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
        ),
      }),
    },
    fc.record({ kind: fc.constant('oversized' as const), status }),
    fc.record({
      kind: fc.constant('unanswered' as const),
      why: fc.constantFrom('late' as const, 'broken' as const),
    }),
  );

  /** The members of an answer that is plainly an object, each name once in whatever case; else nothing. */
  function plainMembers(heard: OutboundAnswer): Map<string, unknown> | undefined {
    if (heard.kind !== 'answered' || heard.status < 200 || heard.status > 299) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(heard.text);
    } catch {
      return undefined;
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    return new Map(
      Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner as unknown]),
    );
  }

  it('nothing makes a success that does not say so without a doubt', async () => {
    const seen = { accepted: 0, verified: 0 };
    await fc.assert(
      fc.asyncProperty(answer, async (heard) => {
        const { client } = clientThatHears(heard);
        const [sent, checked] = [await client.send(SEND), await client.verify(VERIFY, REQUEST_ID)];
        const members = plainMembers(heard);
        const said = members?.get('code');

        if (sent.kind === 'accepted') {
          seen.accepted += 1;
          expect(sent.requestId).toBe(members?.get('requestid'));
          expect(sent.requestId).toMatch(/^[\x21-\x7e]+$/);
          if (said !== undefined) {
            expect(said).toBeTypeOf('number');
            expect(said).toBeGreaterThanOrEqual(200);
            expect(said).toBeLessThanOrEqual(299);
          }
        }
        if (checked.kind === 'verified') {
          seen.verified += 1;
          expect(said).toBe(200);
          for (const name of ['verified', 'valid', 'success'])
            expect([undefined, true]).toContain(members?.get(name));
          expect([undefined, REQUEST_ID]).toContain(members?.get('requestid'));
        }
      }),
      { numRuns: 10_000 },
    );
    // Or the answers were too wild to prove anything.
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.verified).toBeGreaterThan(100);
  }, 60_000);
});
