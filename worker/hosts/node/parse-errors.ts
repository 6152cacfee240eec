/** Responses to requests that Node's HTTP parser rejects: they never reach the fetch handler. */
import { STATUS_CODES } from 'node:http';
import type { Problem } from '../../../shared/api/problem-details.ts';
import { setStandardHeaders } from '../../http/responses.ts';

const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** The response as bytes for the socket, because there is no response object for it. */
export function parseErrorResponse(error: NodeJS.ErrnoException): string {
  const status = STATUS_OF_ERROR[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status] ?? '';
  // RFC 9457, 4.2.1: no more than the status says.
  const problem: Problem = { type: 'about:blank', title, status, code: 'malformed_request' };
  const body = JSON.stringify(problem);
  const response = new Response(body, {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Length': String(body.length),
      Connection: 'close',
      Date: new Date().toUTCString(),
    },
  });
  setStandardHeaders(response);
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${title}\r\n${headers}\r\n${body}`;
}
