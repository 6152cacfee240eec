/**
 * The server of the site that wants to know a phone number, with all that such a server has to do and nothing else:
 * a model to start from. It speaks the web platform's `Request` and `Response`, as Node, Deno, Bun and Workers do.
 */
import { type ProofClaims, ProofError, verifyProof } from '../shared/verify-proof.ts';
import { createNonceStore, randomToken } from './nonce-store.ts';

export interface BackendOptions {
  /** The site's own origin: the audience of its proofs. */
  site: string;
  /** Where the Worker is: their issuer. */
  issuer: string;
}

/** What `POST /demo/sign-up` answers. */
export type SignUpAnswer =
  | { ok: true; name: string; claims: ProofClaims }
  | { ok: false; why: 'name_missing' | 'proof_missing' | 'nonce_used' | ProofError['code'] };

export type Backend = (request: Request) => Promise<Response>;

export function createBackend({ site, issuer }: BackendOptions): Backend {
  const nonces = createNonceStore();

  return async (request) => {
    // Browsers name the page that posts; no other site may sign somebody up here (CSRF).
    if (request.headers.get('Origin') !== site) return new Response(null, { status: 403 });
    switch (new URL(request.url).pathname) {
      case '/demo/nonce':
        return giveNonce(request);
      case '/demo/sign-up':
        return signUp(request);
      default:
        return new Response(null, { status: 404 });
    }
  };

  /** A nonce for one page view. It comes back in the proof, and so ties the proof to this visitor and this page. */
  function giveNonce(request: Request): Response {
    const visit = visitOf(request) ?? randomToken();
    // On https add `Secure` and the prefix `__Host-`.
    const cookie = `visit=${visit}; HttpOnly; SameSite=Strict; Path=/`;
    return json({ nonce: nonces.give(visit) }, { headers: { 'Set-Cookie': cookie } });
  }

  async function signUp(request: Request): Promise<Response> {
    const form = await request.formData().catch(() => undefined);
    if (!form) return new Response(null, { status: 400 });
    const name = textOf(form, 'name').trim();
    const proof = textOf(form, 'phone-proof');
    const nonce = textOf(form, 'nonce');
    if (name === '') return refuse('name_missing');
    if (proof === '') return refuse('proof_missing');

    let claims: ProofClaims;
    try {
      claims = await verifyProof(proof, { issuer, audience: site, nonce });
    } catch (error) {
      if (error instanceof ProofError) return refuse(error.code);
      throw error;
    }
    // Last, because it can be done once: a visitor whose name was missing keeps their proof.
    if (!nonces.take(visitOf(request) ?? '', nonce)) return refuse('nonce_used');

    // Here the account is made, with the number from the claims and never from the form.
    const answer: SignUpAnswer = { ok: true, name, claims };
    return json(answer);
  }
}

function refuse(why: Extract<SignUpAnswer, { ok: false }>['why']): Response {
  const answer: SignUpAnswer = { ok: false, why };
  return json(answer, { status: why === 'keys_unavailable' ? 503 : 422 });
}

function visitOf(request: Request): string | undefined {
  return /(?:^|; )visit=([\w-]{22})(?:;|$)/.exec(request.headers.get('Cookie') ?? '')?.[1];
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function json(body: object, init: ResponseInit = {}): Response {
  const response = Response.json(body, init);
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
