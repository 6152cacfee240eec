/** Over a real server and a real connection: what a provider may do to us on the network. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSocketEgress } from '../../worker/hosts/node/socket-egress.ts';
import { createDirectEgress } from './direct.ts';
import type { OutboundAnswer, OutboundRequest } from './egress.ts';

/** Long enough for a machine that is busy, where an answer is expected. */
const PATIENT_MS = 5_000;

interface Options {
  deadlineMs?: number;
}

let servers: Server[] = [];

afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each([
  {
    way: 'by fetch',
    createEgress: (options: Options = {}) => createDirectEgress({ fetch, ...options }),
    // Of a `fetch` that fails nobody knows whether it has left.
    refused: { kind: 'unanswered', why: 'broken' },
  },
  {
    way: 'over a connection of our own',
    createEgress: (options: Options = {}) => createSocketEgress(options),
    refused: { kind: 'unreached' },
  },
])('$way', ({ createEgress, refused }) => {
  async function callTo(
    listener: RequestListener,
    {
      deadlineMs = PATIENT_MS,
      ...request
    }: Partial<OutboundRequest> & { deadlineMs?: number } = {},
  ): Promise<OutboundAnswer> {
    const url = `${await serve(listener)}/2fa/send`;
    const egress = createEgress({ deadlineMs });
    return egress.call({ url, method: 'POST', headers: {}, body: '{}', ...request });
  }

  describe('a call that leaves directly', () => {
    it('carries method, headers and body there, and status, text and Retry-After back', async () => {
      let seen: unknown;
      const answer = await callTo(
        (request, response) => {
          let body = '';
          request.on('data', (chunk) => {
            body += chunk;
          });
          request.on('end', () => {
            const { method, url, headers } = request;
            seen = { method, url, authorization: headers.authorization, body };
            response.writeHead(429, { 'Retry-After': '7' }).end('{"message":"später"}');
          });
        },
        { headers: { Authorization: 'Basic eA==' }, body: '{"to":"+49"}' },
      );
      expect(seen).toEqual({
        method: 'POST',
        url: '/2fa/send',
        authorization: 'Basic eA==',
        body: '{"to":"+49"}',
      });
      expect(answer).toEqual({
        kind: 'answered',
        status: 429,
        retryAfter: '7',
        text: '{"message":"später"}',
      });
    });

    it('may have no body, there and back', async () => {
      const { body: _none, ...request } = { method: 'GET' as const, body: undefined };
      const url = await serve((_, response) => response.writeHead(204).end());
      const egress = createEgress();
      expect(await egress.call({ url, headers: {}, ...request })).toEqual({
        kind: 'answered',
        status: 204,
        retryAfter: null,
        text: '',
      });
    });

    it.each([301, 302, 303, 307, 308])('does not follow a %i to anywhere', async (status) => {
      let visits = 0;
      const elsewhere = await serve((_, response) => {
        visits += 1;
        response.end('{"code":200,"requestID":"OTP1"}');
      });
      const answer = await callTo((_, response) => {
        response.writeHead(status, { Location: `${elsewhere}/2fa/send` }).end();
      });
      expect(visits).toBe(0);
      expect(answer).toMatchObject({ kind: 'answered', status });
    });

    it('is one call, whatever came of it', async () => {
      let calls = 0;
      for (const status of [500, 502, 503, 408, 429])
        await callTo((_, response) => {
          calls += 1;
          response.writeHead(status, { 'Retry-After': '0' }).end();
        });
      expect(calls).toBe(5);
    });

    it('reads no more than it has use for', async () => {
      let sent = 0;
      const answer = await callTo((_, response) => {
        const chunk = 'x'.repeat(64 * 1024);
        const more = () => {
          while (sent < 5 * 1024 * 1024 && !response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) {
              response.once('drain', more);
              return;
            }
          }
          response.end();
        };
        more();
      });
      expect(answer).toEqual({ kind: 'oversized', status: 200 });
    });

    it('takes 64 KiB, and not a byte more, whatever length is declared', async () => {
      const most = 'x'.repeat(64 * 1024);
      expect(await callTo((_, response) => response.end(most))).toMatchObject({ text: most });
      expect(await callTo((_, response) => response.end(`${most}x`))).toMatchObject({
        kind: 'oversized',
      });
    });

    it('takes more where the caller has use for it, and never more than 1 MiB', async () => {
      const most = 'x'.repeat(1024 * 1024);
      const larger = { maxAnswerBytes: 200 * 1024 };
      const tooLarge = { maxAnswerBytes: 5 * 1024 * 1024 };
      expect(
        await callTo((_, response) => response.end(most.slice(0, 200 * 1024)), larger),
      ).toMatchObject({
        kind: 'answered',
      });
      expect(await callTo((_, response) => response.end(most), larger)).toMatchObject({
        kind: 'oversized',
      });
      expect(await callTo((_, response) => response.end(most), tooLarge)).toMatchObject({
        kind: 'answered',
      });
      expect(await callTo((_, response) => response.end(`${most}x`), tooLarge)).toMatchObject({
        kind: 'oversized',
      });
    });

    it.each(['GET', 'POST', 'PUT', 'DELETE'] as const)('may be a %s', async (method) => {
      const url = await serve((request, response) => response.end(request.method));
      const answer = await createEgress().call({ url, method, headers: {} });
      expect(answer).toMatchObject({ kind: 'answered', text: method });
    });

    it('joins characters that the network has cut', async () => {
      const bytes = Buffer.from('{"message":"ü€😀"}');
      const answer = await callTo(async (_, response) => {
        for (const byte of bytes) {
          response.write(Uint8Array.of(byte));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      });
      expect(answer).toMatchObject({ text: '{"message":"ü€😀"}' });
    });
  });

  describe('a call that gets no whole answer says so', () => {
    it('when the connection is refused', async () => {
      const url = await serve(() => undefined);
      const [server] = servers;
      await new Promise((resolve) => server?.close(resolve));
      const egress = createEgress();
      const answer = await egress.call({ url, method: 'POST', headers: {} });
      expect(answer).toEqual(refused);
    });

    it('when the connection is reset', async () => {
      const answer = await callTo((request) => request.socket.resetAndDestroy());
      expect(answer).toEqual({ kind: 'unanswered', why: 'broken' });
    });

    it('when the connection breaks in the middle of the body', async () => {
      const answer = await callTo((_, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"code":200,', () => response.destroy());
      });
      expect(answer).toEqual({ kind: 'unanswered', why: 'broken' });
    });

    it('when what comes is not HTTP', async () => {
      const answer = await callTo((request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
      expect(answer).toEqual({ kind: 'unanswered', why: 'broken' });
    });

    it('when nothing comes before the deadline', async () => {
      const answer = await callTo(() => undefined, { deadlineMs: 50 });
      expect(answer).toEqual({ kind: 'unanswered', why: 'late' });
    });

    it('when the body does not end before the deadline', async () => {
      const answer = await callTo(
        (_, response) => {
          response.writeHead(200);
          response.write('{"code":200,');
        },
        { deadlineMs: 50 },
      );
      expect(answer).toEqual({ kind: 'unanswered', why: 'late' });
    });
  });
});
