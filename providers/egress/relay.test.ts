/** What may stand between the Worker and its relay, or in the relay's place: nobody else can make up an answer. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  isSigned,
  type RELAY_ERRORS,
  RELAY_HEADERS,
  type RelayedAnswer,
  type SignedPart,
  type Stamp,
  signFrame,
  toFrame,
} from '../../relay/protocol.ts';
import type { OutboundAnswer, OutboundRequest } from './egress.ts';
import { createRelayEgress } from './relay.ts';

const SECRET = 'a secret of the relay, thirty-two bytes and more';
const REQUEST: OutboundRequest = {
  url: 'https://cpaas.mittoapi.com/2fa/verify',
  method: 'POST',
  headers: { Authorization: 'Basic eA==' },
  body: '{"code":"123456"}',
};
const YES: RelayedAnswer = {
  kind: 'answered',
  status: 200,
  retryAfter: null,
  body: '{"code":200}',
};
const NOTHING = { kind: 'unanswered', why: 'broken' };

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});

interface Asked {
  stamp: Stamp;
  frame: string;
  path: string | undefined;
}

/** Calls with this in the relay's place. */
async function callWith(
  answer: (response: ServerResponse, asked: Asked) => void | Promise<void>,
  { deadlineMs = 5_000 } = {},
): Promise<OutboundAnswer> {
  const server = createServer((request, response) => {
    let frame = '';
    request.on('data', (chunk) => {
      frame += chunk;
    });
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name.toLowerCase()]);
      const stamp = {
        timestamp: header(RELAY_HEADERS.timestamp),
        nonce: header(RELAY_HEADERS.nonce),
      };
      answer(response, { stamp, frame, path: request.url });
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relayUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`;
  return createRelayEgress({ relayUrl, secret: SECRET, fetch, deadlineMs }).call(REQUEST);
}

interface Forgery {
  frame?: string;
  /** What is sent in place of what was signed. */
  sentFrame?: string;
  secret?: string;
  part?: SignedPart;
}

/** An answer that is signed as it should be, but for what is changed. */
async function answerSigned(
  response: ServerResponse,
  stamp: Stamp,
  changes: Forgery = {},
): Promise<void> {
  const { frame = toFrame(YES), sentFrame = frame, secret = SECRET, part = 'answer' } = changes;
  const signature = await signFrame(secret, part, stamp, frame);
  response.writeHead(200, { [RELAY_HEADERS.signature]: signature }).end(sentFrame);
}

describe('the Worker asks its relay', () => {
  it('under its URL, with a frame that it has signed', async () => {
    let seen: Asked | undefined;
    let isGenuine: boolean | undefined;
    const answer = await callWith(async (response, asked) => {
      seen = asked;
      await answerSigned(response, asked.stamp);
    });
    expect(answer).toEqual({
      kind: 'answered',
      status: 200,
      retryAfter: null,
      text: '{"code":200}',
    });
    expect(seen?.path).toBe('/base/v1/pass');
    const [head = '', body] = seen?.frame.split('\n') ?? [];
    expect(JSON.parse(head)).toEqual({
      method: 'POST',
      url: REQUEST.url,
      headers: REQUEST.headers,
      maxAnswerBytes: 64 * 1024,
    });
    expect(body).toBe(REQUEST.body);

    await callWith(async (response, asked) => {
      const signature = String(response.req.headers[RELAY_HEADERS.signature.toLowerCase()]);
      isGenuine = await isSigned(SECRET, 'request', asked.stamp, asked.frame, signature);
      response.end();
    });
    expect(isGenuine).toBe(true);
  });
});

describe('an answer is one when the relay has signed it for this very request', () => {
  it.each<[string, Forgery]>([
    ['signed with another secret', { secret: 'another secret of thirty-two bytes!' }],
    ['signed as a request', { part: 'request' }],
    [
      'changed from a no to a yes',
      { frame: toFrame({ ...YES, body: '{"code":400}' }), sentFrame: toFrame(YES) },
    ],
    ['changed in its status', { frame: toFrame({ ...YES, status: 500 }), sentFrame: toFrame(YES) }],
    ['signed and of another kind', { frame: '{"kind":"verified","status":200}\n{"code":200}' }],
    ['signed and without a status', { frame: '{"kind":"answered","retryAfter":null}\n' }],
    ['signed and no frame', { frame: '{"code":200}' }],
    ['signed and empty', { frame: '' }],
  ])('and none when it is %s', async (_what, forgery) => {
    expect(await callWith((response, { stamp }) => answerSigned(response, stamp, forgery))).toEqual(
      NOTHING,
    );
  });

  it('and none when it was given to another request', async () => {
    let first: { frame: string; signature: string } | undefined;
    await callWith(async (response, { stamp }) => {
      const frame = toFrame(YES);
      first = { frame, signature: await signFrame(SECRET, 'answer', stamp, frame) };
      response.end();
    });
    const replayed = await callWith((response) => {
      response
        .writeHead(200, { [RELAY_HEADERS.signature]: first?.signature ?? '' })
        .end(first?.frame);
    });
    expect(first).toBeDefined();
    expect(replayed).toEqual(NOTHING);
  });

  it.each([200, 400, 401, 403, 404, 429, 500, 502, 503, 504])(
    'and none when a proxy answers %i in its place',
    async (status) => {
      const answer = await callWith((response) => {
        response.writeHead(status, { 'Retry-After': '1' }).end('{"code":200,"message":"OK"}');
      });
      expect(answer).toEqual(NOTHING);
    },
  );

  it('and a redirect is not followed', async () => {
    let visits = 0;
    const answer = await callWith((response) => {
      visits += 1;
      response.writeHead(307, { Location: '/elsewhere' }).end();
    });
    expect(answer).toEqual(NOTHING);
    expect(visits).toBe(1);
  });

  it('and an answer that is larger than was asked for is none', async () => {
    const large = toFrame({ ...YES, body: 'x'.repeat(80 * 1024) });
    expect(
      await callWith((response, { stamp }) => answerSigned(response, stamp, { frame: large })),
    ).toEqual(NOTHING);
  });
});

describe('where the relay has no answer, its word is taken for', () => {
  const refused = (why: string, detail: string) => ({ kind: 'refused_by_relay', why, detail });
  const meanings: Record<keyof typeof RELAY_ERRORS, object> = {
    not_found: refused('misconfigured', 'not_found'),
    unsigned: refused('misconfigured', 'unsigned'),
    bad_signature: refused('misconfigured', 'bad_signature'),
    stale: refused('misconfigured', 'stale'),
    malformed: refused('misconfigured', 'malformed'),
    too_large: refused('misconfigured', 'too_large'),
    target_not_allowed: refused('misconfigured', 'target_not_allowed'),
    busy: refused('busy', 'busy'),
    unreachable: refused('provider_unreachable', 'unreachable'),
    replayed: NOTHING,
    restarted: NOTHING,
    late: { kind: 'unanswered', why: 'late' },
    broken: NOTHING,
  };

  it.each(Object.entries(meanings))('%s: %o', async (error, meaning) => {
    const answer = await callWith((response) => {
      response.writeHead(502, { [RELAY_HEADERS.error]: error }).end();
    });
    expect(answer).toEqual(meaning);
  });

  it('a word that it does not have: no answer', async () => {
    const answer = await callWith((response) => {
      response.writeHead(502, { [RELAY_HEADERS.error]: 'whatever' }).end();
    });
    expect(answer).toEqual(NOTHING);
  });
});

describe('where there is no relay', () => {
  it('the outcome of the request is unknown', async () => {
    const options = { relayUrl: 'http://127.0.0.1:1', secret: SECRET, fetch };
    expect(await createRelayEgress(options).call(REQUEST)).toEqual(NOTHING);
  });

  it('it is not waited for past the deadline', async () => {
    const answer = await callWith(() => undefined, { deadlineMs: 50 });
    expect(answer).toEqual({ kind: 'unanswered', why: 'late' });
  });
});
