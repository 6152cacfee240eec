/** A local stand-in for Turnstile's siteverify, true to its documented answers: each token is good once. */
export interface TurnstileStandIn {
  fetch(request: Request): Promise<Response>;
  /** A token as the challenge's script would hand it out. */
  token(facts?: Partial<TokenFacts>): string;
  /** Turn it to see how a failing service is met. */
  fault: 'none' | 'reset' | 'hang' | 'error' | 'html';
  readonly calls: unknown[];
}

interface TokenFacts {
  hostname: string;
  action: string;
}

export const TURNSTILE_SECRET = '1x0000000000000000000000000000000AA';

export function createTurnstileStandIn(): TurnstileStandIn {
  const tokens = new Map<string, TokenFacts>();
  const calls: unknown[] = [];
  const failure = (code: string) => Response.json({ success: false, 'error-codes': [code] });
  const standIn: TurnstileStandIn = {
    fault: 'none',
    calls,
    token(facts = {}) {
      const token = crypto.randomUUID();
      tokens.set(token, { hostname: 'www.example.com', action: 'mitto-otp-send', ...facts });
      return token;
    },
    async fetch(request) {
      if (standIn.fault === 'reset') throw new TypeError('connection reset');
      if (standIn.fault === 'hang')
        return new Promise((_, reject) =>
          request.signal.addEventListener('abort', () => reject(request.signal.reason)),
        );
      if (standIn.fault === 'error') return new Response('', { status: 500 });
      if (standIn.fault === 'html') return new Response('<h1>Moment, please</h1>');
      const { secret, response } = (await request.json()) as { secret: string; response: string };
      calls.push(response);
      if (secret !== TURNSTILE_SECRET) return failure('invalid-input-secret');
      const facts = tokens.get(response);
      if (!facts) return failure('invalid-input-response');
      tokens.delete(response);
      return Response.json({
        success: true,
        challenge_ts: new Date().toISOString(),
        ...facts,
        'error-codes': [],
      });
    },
  };
  return standIn;
}
