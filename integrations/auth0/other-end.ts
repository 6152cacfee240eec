/** A server in the place of the Worker and of Mitto, for what neither of the two, nor the sandbox, would say. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherEnd {
  readonly url: string;
  /** What it was asked. */
  readonly seen: { path: string; key: string | undefined }[];
  /** How it answers. */
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void;
  close(): void;
}

export async function listenAsOtherEnd(): Promise<OtherEnd> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const key = request.headers['idempotency-key']?.toString();
      end.seen.push({ path: request.url ?? '', key });
      end.answer(request, Buffer.concat(chunks).toString(), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const end: OtherEnd = {
    url: `http://127.0.0.1:${port}`,
    seen: [],
    answer: (_request, _body, response) => response.writeHead(404).end(),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return end;
}
