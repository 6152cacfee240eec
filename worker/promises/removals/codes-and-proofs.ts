/** Controls on codes, sessions and proofs. */
import type { Removal } from './removal.ts';

const LEDGER_TEST = 'worker/limits/phone-ledger.test.ts';
const VERIFY_TEST = 'worker/routes/verify.workerd.test.ts';
const SITEVERIFY_TEST = 'worker/routes/siteverify.workerd.test.ts';
const PROOF_TEST = 'shared/verify-proof.test.ts';

export const CODES_AND_PROOFS: readonly Removal[] = [
  {
    promise: 'P1',
    control: 'no sixth code of a session',
    file: 'worker/limits/phone-checks.ts',
    was: `  if (session.attempts >= policies.codesPerSession) {
    // The outcome`,
    without: `  if (session.attempts < 0) {
    // The outcome`,
    test: [VERIFY_TEST, 'evaluates at most five of 50 at once'],
  },
  {
    promise: 'P1',
    control: 'an attempt is counted before it is evaluated',
    file: 'worker/limits/phone-checks.ts',
    was: '  const attempts = session.attempts + 1;',
    without: '  const attempts = session.attempts;',
    test: ['worker/promises/all-at-once.workerd.test.ts', 'never get more than was promised'],
  },
  {
    promise: 'P2',
    control: 'the same code is not evaluated twice at once',
    file: 'worker/limits/phone-checks.ts',
    was: '  if (checking.some(({ codeHash }) => codeHash === check.codeHash)) {',
    without: '  if (checking.length < 0) {',
    test: [LEDGER_TEST, 'are not evaluated twice at once'],
  },
  {
    promise: 'P2',
    control: 'one right code verifies a session, and no second one',
    file: 'worker/limits/phone-checks.ts',
    was: `  const verifies = result === 'right' && session.phase === 'open';`,
    without: `  const verifies = result === 'right';`,
    test: [LEDGER_TEST, 'give one proof, however many are right'],
  },
  {
    promise: 'P2',
    control: 'a session that has given its proof takes no code',
    file: 'worker/limits/phone-checks.ts',
    was: `  if (session.phase === 'verified') return refuse({ kind: 'session_verified' });
  if (session.phase === 'cancelled') return refuse({ kind: 'session_cancelled' });
  if (check.send`,
    without: `  if (session.phase === 'cancelled') return refuse({ kind: 'session_cancelled' });
  if (check.send`,
    test: ['worker/promises/one-by-one.workerd.test.ts', 'what a plain model of counters says'],
  },
  {
    promise: 'P3',
    control: 'a resend goes on with the attempts of its session',
    file: 'worker/limits/phone-sends.ts',
    was: `      request.resendOf === undefined
        ? {`,
    without: `      request.sessionId !== ''
        ? {`,
    test: [VERIFY_TEST, 'go on over a resend'],
  },
  {
    promise: 'P3',
    control: 'a wrong code counts for its phone, whatever the session',
    file: 'worker/limits/phone-checks.ts',
    was: `[
      ...ledger.failuresMs,
      nowMs,
    ]),
    decision: {
      kind: 'admitted',`,
    without: `[
      ...ledger.failuresMs,
    ]),
    decision: {
      kind: 'admitted',`,
    test: [VERIFY_TEST, 'of ten wrong codes on a phone'],
  },
  {
    promise: 'P4',
    control: 'a session ends with its code',
    file: 'worker/otp/session.ts',
    was: '  if (nowMs >= session.output.expiresAtMs)',
    without: '  if (nowMs < 0)',
    test: ['worker/otp/session.test.ts', 'lives to the last millisecond of ten minutes'],
  },
  {
    promise: 'P4',
    control: 'a code dies in its phone’s record as well',
    file: 'worker/limits/phone-checks.ts',
    was: "  if (nowMs >= session.expiresAtMs) return refuse({ kind: 'session_expired' });",
    without: '',
    test: [LEDGER_TEST, 'die with their ten minutes'],
  },
  {
    promise: 'P4',
    control: 'a code that has died meanwhile is not evaluated',
    file: 'worker/otp/check.ts',
    was: "    if (runtime.now() >= session.expiresAtMs) throw new Refusal({ kind: 'session_expired' });",
    without: '',
    test: [VERIFY_TEST, 'waited for OTP_KV.put'],
  },
  {
    promise: 'P5',
    control: 'a yes for another message is no yes',
    file: 'worker/mitto/outcomes.ts',
    was: '      if (named !== undefined && requestId !== undefined && named !== requestId)',
    without: '      if (named === null)',
    test: [VERIFY_TEST, 'names another request: a right code gives no proof'],
  },
  {
    promise: 'P5',
    control: 'a session that was changed is none',
    file: 'worker/seal.ts',
    was: '    if (base64url.encode(bytes) !== body) return undefined;\n',
    without: '',
    test: ['worker/seal.test.ts', 'when its last character is another spelling of the same bits'],
  },
  {
    promise: 'P16',
    control: 'a proof succeeds once',
    file: 'worker/routes/siteverify.ts',
    was: `    if (!isFirst) return failure('timeout-or-duplicate');\n`,
    without: '',
    test: [SITEVERIFY_TEST, 'succeeds once of twenty at the same time'],
  },
  {
    promise: 'P16',
    control: 'a proof is for one site',
    file: 'shared/verify-proof.ts',
    was: '      audience: options.audience,\n',
    without: '',
    test: [PROOF_TEST, 'refuses a proof of another issuer or for another site'],
  },
  {
    promise: 'P16',
    control: 'who does not say which site takes no proof',
    file: 'shared/verify-proof.ts',
    was: `  for (const name of ['issuer', 'audience'] as const)`,
    without: `  for (const name of ['issuer'] as const)`,
    test: [PROOF_TEST, 'takes no proof where it is not told the audience'],
  },
  {
    promise: 'P16',
    control: 'a visit that has lost its nonce takes no proof',
    file: 'shared/verify-proof.ts',
    was: `'nonce' in options && (!options.nonce || claims`,
    without: `options.nonce !== undefined && (!options.nonce || claims`,
    test: [PROOF_TEST, 'takes no proof for a visit that has lost its nonce'],
  },
  {
    promise: 'P16',
    control: 'a proof says that it is one (typ)',
    file: 'shared/verify-proof.ts',
    was: '      typ: PROOF_TYPE,\n',
    without: '',
    test: [PROOF_TEST, 'of another type'],
  },
  {
    promise: 'P16',
    control: 'an audience is one site and no list',
    file: 'shared/proof-claims.ts',
    was: '  aud: v.string(),',
    without: '  aud: v.unknown(),',
    test: [PROOF_TEST, 'for a list of sites with ours in it'],
  },
  {
    promise: 'P16',
    control: 'a signature has one spelling',
    file: 'shared/verify-proof.ts',
    was: '  if (base64url.encode(base64url.decode(signature)) !== signature)',
    without: '  if (signature === undefined)',
    test: ['worker/promises/proof-and-phone.workerd.test.ts', 'a proof with any bit changed'],
  },
  {
    promise: 'P16',
    control: 'a session is worth nothing on another site',
    file: 'worker/otp/session.ts',
    was: '  if (session.output.site !== site)',
    without: `  if (site === '')`,
    test: [VERIFY_TEST, 'refuses a session on another site'],
  },
  {
    promise: 'P20',
    control: 'wrong codes on a phone do not close the sessions that are open',
    file: 'worker/limits/phone-checks.ts',
    was: '  const attempts = session.attempts + 1;',
    without: `  if (waitForAllMs(policies.failures, ledger.failuresMs, nowMs) > 0)
    return refuse({ kind: 'attempts_exhausted', waitMs: nextSendInMs(ledger, policies, nowMs) });
  const attempts = session.attempts + 1;`,
    test: [VERIFY_TEST, 'of strangers leave alone a session that its owner has open'],
  },
  {
    promise: 'P20',
    control: 'wrong codes count for an hour',
    file: 'worker/config/limit-settings.ts',
    was: `  fail_per_phone: v.optional(SmallPoliciesSchema, '10/1h'),`,
    without: `  fail_per_phone: v.optional(SmallPoliciesSchema, '10/1d'),`,
    test: [VERIFY_TEST, 'stop new ones for an hour and no longer'],
  },
  {
    promise: 'P21',
    control: 'the keys before still open what they sealed',
    file: 'worker/keys.ts',
    was: '  return [keyring.current, keyring.previous].find((keys) => keys?.id === id);',
    without: '  return [keyring.current].find((keys) => keys?.id === id);',
    test: ['worker/rotation.workerd.test.ts', 'an open session goes on'],
  },
  {
    promise: 'P21',
    control: 'the key before is still published',
    file: 'worker/otp/proof.ts',
    was: '  return { keys: [current, previous].flatMap(',
    without: '  return { keys: [current, previous].slice(0, 1).flatMap(',
    test: ['worker/rotation.workerd.test.ts', 'a proof of the old key is still good, once'],
  },
  {
    promise: 'P21',
    control: 'what a phone did under the keys before still counts',
    file: 'worker/limits/phone-gates.ts',
    was: '      if (!otherName) return undefined;',
    without: '      if (otherName !== null) return undefined;',
    test: ['worker/rotation.workerd.test.ts', "a phone's cooldown and sends go on, both ways"],
  },
];
