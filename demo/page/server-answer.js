/** The response of the site's server: the claims of the proof, each with its meaning. */

/** @import { ProofClaims } from '../../shared/verify-proof.ts' */
/** @import { SignUpAnswer } from '../backend.ts' */

/** @type {Readonly<Record<keyof ProofClaims, string>>} */
const MEANINGS = {
  phone_number: 'The verified number',
  phone_number_verified: 'The visitor received its code',
  amr: 'Channel of the code',
  auth_time: 'When the code was entered',
  iss: 'Issuer: the Worker',
  aud: 'Audience: the only site that may use it',
  sub: 'Identifier of this phone for this site',
  nonce: 'This page view',
  iat: 'When the proof was issued',
  exp: 'When it expires',
  first_verified_at: 'When this number was first verified here',
  jti: 'Id of the proof',
};

/** @type {Readonly<Record<Extract<SignUpAnswer, { ok: false }>['why'], string>>} */
const REASONS = {
  name_missing: 'The name is missing.',
  proof_missing: 'The proof of a phone number is missing.',
  nonce_used: 'This page was already used. Reload it.',
  malformed: 'The proof is malformed.',
  unknown_key: 'The proof was not signed by this Worker.',
  bad_signature: 'The proof was changed.',
  wrong_issuer: 'The proof comes from another Worker.',
  wrong_audience: 'The proof was issued for another site.',
  wrong_nonce: 'The proof was issued for another page view.',
  expired: 'The proof has expired.',
  keys_unavailable: 'The keys of the Worker cannot be fetched right now.',
};

/** @param {SignUpAnswer} answer */
export function showAnswer(answer) {
  const verdict = /** @type {HTMLElement} */ (document.querySelector('.verdict'));
  const claims = /** @type {HTMLElement} */ (document.querySelector('.claims'));
  verdict.className = `verdict ${answer.ok ? 'good' : 'bad'}`;
  verdict.textContent = answer.ok
    ? `${answer.name} is signed up. The site’s server has verified the proof and these claims:`
    : `Not signed up. ${REASONS[answer.why]}`;
  claims.replaceChildren(...(answer.ok ? rows(answer.claims) : []));
  // On a narrow screen the response is below the visible part.
  verdict.closest('section')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

/** @param {ProofClaims} claims */
function rows(claims) {
  return Object.entries(MEANINGS).flatMap(([claim, meaning]) => {
    const value = claims[/** @type {keyof ProofClaims} */ (claim)];
    return value === undefined ? [] : [row(claim, meaning, readable(claim, value))];
  });
}

/**
 * @param {string} claim
 * @param {string} meaning
 * @param {string} value
 */
function row(claim, meaning, value) {
  const term = document.createElement('dt');
  const name = document.createElement('code');
  name.textContent = claim;
  const words = document.createElement('span');
  words.textContent = meaning;
  term.append(name, words);
  const details = document.createElement('dd');
  details.textContent = value;
  const group = document.createElement('div');
  group.className = claim === 'phone_number' ? 'main' : '';
  group.append(term, details);
  return group;
}

/**
 * @param {string} claim
 * @param {unknown} value
 */
function readable(claim, value) {
  if (claim === 'amr') return String(value) === 'tel' ? 'tel: a call' : 'sms: a text message';
  if (typeof value === 'number') return new Date(value * 1000).toLocaleTimeString();
  return String(value);
}
