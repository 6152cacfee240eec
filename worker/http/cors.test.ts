import { describe, expect, it } from 'vitest';
import { setCorsHeaders } from './cors.ts';

const LISTED = 'https://www.example.com';

function headersFor(origin: string): Headers {
  const response = new Response(null, { status: 429 });
  const request = new Request('https://otp.example.com/v1/send', { headers: { Origin: origin } });
  setCorsHeaders(response, request, [LISTED]);
  return response.headers;
}

describe('a response to a page', () => {
  it('exposes the wait and the limits to a listed origin', () => {
    const headers = headersFor(LISTED);
    expect(headers.get('Access-Control-Allow-Origin')).toBe(LISTED);
    expect(headers.get('Access-Control-Expose-Headers')?.split(', ')).toEqual([
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
    ]);
  });

  it('exposes nothing to an unlisted origin, and varies by origin all the same', () => {
    const headers = headersFor('https://evil.example');
    expect(headers.get('Access-Control-Expose-Headers')).toBeNull();
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(headers.get('Vary')).toBe('Origin');
  });
});
