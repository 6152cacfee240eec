/** What the site's server said of the sign-up: the claims of the proof, each with what it means. */

/** @import { ProofClaims } from '../../shared/verify-proof.ts' */
/** @import { SignUpAnswer } from '../backend.ts' */

/** @type {Readonly<Record<keyof ProofClaims, string>>} */
const MEANINGS = {
  phone_number: 'The number',
  phone_number_verified: 'Whoever filled in the form holds it',
  amr: 'How the code travelled',
  auth_time: 'When the code was entered',
  iss: 'Who says so: the Worker',
  aud: 'To which site: no other may use it',
  sub: 'This phone’s name for this site',
  nonce: 'This page view',
  iat: 'When the proof was made',
  exp: 'When it ends',
  jti: 'The proof’s own name',
};

/** @type {Readonly<Record<Extract<SignUpAnswer, { ok: false }>['why'], string>>} */
const REASONS = {
  name_missing: 'There is no name.',
  proof_missing: 'There is no proof of a phone number.',
  nonce_used: 'This page has been used before. Load it again.',
  malformed: 'The proof is none.',
  unknown_key: 'The proof was not signed by this Worker.',
  bad_signature: 'The proof was changed.',
  wrong_issuer: 'The proof comes from another Worker.',
  wrong_audience: 'The proof was made for another site.',
  wrong_nonce: 'The proof was made for another page.',
  expired: 'The proof has expired.',
  keys_unavailable: 'The keys of the Worker cannot be read right now.',
};

/** @param {SignUpAnswer} answer */
export function showAnswer(answer) {
  const verdict = /** @type {HTMLElement} */ (document.querySelector('.verdict'));
  const claims = /** @type {HTMLElement} */ (document.querySelector('.claims'));
  verdict.className = `verdict ${answer.ok ? 'good' : 'bad'}`;
  verdict.textContent = answer.ok
    ? `${answer.name} is signed up. The site’s own server has checked the proof and believes these claims:`
    : `Not signed up. ${REASONS[answer.why]}`;
  claims.replaceChildren(...(answer.ok ? rows(answer.claims) : []));
  // On a narrow screen the answer stands below what the visitor sees.
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
