/** A local stand-in for Turnstile's siteverify, true to its documented answers: each token is good once. */
export interface FakeTurnstile {
  fetch(request: Request): Promise<Response>;
  /** A token as the challenge's script would hand it out. */
  token(facts?: Partial<TokenFacts>): string;
  /** Turn it to see how a failing service is met. */
  fault: 'none' | 'reset' | 'hang' | 'error' | 'html' | 'internal_error';
  /** Only so many calls meet the fault. */
  faultyCalls: number;
  readonly calls: unknown[];
}

interface Asked {
  secret: string;
  response: string;
  idempotency_key?: string;
}

interface TokenFacts {
  hostname: string;
  action: string;
}

export const TURNSTILE_SECRET = '1x0000000000000000000000000000000AA';

export function createFakeTurnstile(): FakeTurnstile {
  const tokens = new Map<string, TokenFacts>();
  const passed = new Map<string, Response>();
  const calls: unknown[] = [];
  const failure = (code: string) => Response.json({ success: false, 'error-codes': [code] });
  const standIn: FakeTurnstile = {
    fault: 'none',
    faultyCalls: Number.POSITIVE_INFINITY,
    calls,
    token(facts = {}) {
      const token = crypto.randomUUID();
      tokens.set(token, { hostname: 'www.example.com', action: 'mitto-otp-send', ...facts });
      return token;
    },
    async fetch(request) {
      const { secret, response, idempotency_key } = (await request.clone().json()) as Asked;
      calls.push(response);
      const validation = idempotency_key && `${idempotency_key} ${response}`;
      const known = validation ? passed.get(validation) : undefined;
      const answer = known?.clone() ?? judge(secret, response);
      // A fault of its own may come after the token was used up.
      if (validation) passed.set(validation, answer.clone());
      if (standIn.faultyCalls-- <= 0) return answer;
      if (standIn.fault === 'reset') throw new TypeError('connection reset');
      if (standIn.fault === 'hang')
        return new Promise((_, reject) =>
          request.signal.addEventListener('abort', () => reject(request.signal.reason)),
        );
      if (standIn.fault === 'error') return new Response('', { status: 500 });
      if (standIn.fault === 'html') return new Response('<h1>Moment, please</h1>');
      if (standIn.fault === 'internal_error') return failure('internal-error');
      return answer;
    },
  };

  function judge(secret: string, response: string): Response {
    if (secret !== TURNSTILE_SECRET) return failure('invalid-input-secret');
    const facts = tokens.get(response);
    if (!facts) return failure('timeout-or-duplicate');
    tokens.delete(response);
    return Response.json({
      success: true,
      challenge_ts: new Date().toISOString(),
      ...facts,
      'error-codes': [],
    });
  }
  return standIn;
}
