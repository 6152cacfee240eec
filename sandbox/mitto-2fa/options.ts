/** What can be switched about Mitto's 2FA API. How to read it: see `options.ts`. */
import * as v from 'valibot';

export interface TwoFactorOptions {
  /** How many digits a code has, 4 to 10. Six: documented. */
  readonly codeLength: number;
  /** Whether every `{code}` of a body is replaced, or the first alone. Every one: assumed. */
  readonly codeReplacement: 'every' | 'first';
  /** Whether line breaks of a body survive, or become spaces (which breaks autofill). Kept: assumed. */
  readonly newlines: 'kept' | 'folded';
  /** Whether a code is compared with every open OTP that the keys name, or with the newest alone. Any: assumed. */
  readonly verifyMatches: 'any' | 'latest';
  /** Whether a right code closes its OTP. It does: assumed. */
  readonly rightCodeConsumes: boolean;
  /** Seconds that an OTP lives, for OTPs sent from now on. 600: assumed. */
  readonly expirySeconds: number;
  /** Wrong codes after which an OTP is dead, for OTPs sent from now on. Five: assumed. */
  readonly attemptsPerOtp: number;
  /** HTTP status and body for a wrong code. The last is the trap: all is well but for `valid: false`. 400: assumed. */
  readonly wrongCodeAnswer: 'http_400' | 'http_200_code_400' | 'http_404' | 'http_200_valid_false';
  /** What a check gets when no open OTP fits (expired, used, cancelled, never sent). As a wrong code: assumed. */
  readonly noOtpAnswer: 'as_wrong_code' | 'http_404';
  /** Whether a refusal has its code as HTTP status too, or always HTTP 200 with the code inside. Both: assumed. */
  readonly errorStatus: 'as_code' | 'always_200';
  /** Whether the lists of records, limits and workflows come as a member of an object or bare. Object: assumed. */
  readonly listShape: 'object' | 'array';
  /** Whether a send may name a limit that was never created. Passed over: assumed. */
  readonly unknownLimit: 'ignored' | 'refused';
  /** The account's callback URL, if it has one. */
  readonly otpCallbackUrl: string | null;
  /** How the account is told of an OTP. POST with JSON, or GET: documented; the members: assumed. */
  readonly otpCallbackMethod: 'GET' | 'POST';
}

export const TWO_FACTOR_DEFAULTS: TwoFactorOptions = {
  codeLength: 6,
  codeReplacement: 'every',
  newlines: 'kept',
  verifyMatches: 'any',
  rightCodeConsumes: true,
  expirySeconds: 600,
  attemptsPerOtp: 5,
  wrongCodeAnswer: 'http_400',
  noOtpAnswer: 'as_wrong_code',
  errorStatus: 'as_code',
  listShape: 'object',
  unknownLimit: 'ignored',
  otpCallbackUrl: null,
  otpCallbackMethod: 'POST',
};

export const TWO_FACTOR_SCHEMAS = {
  codeLength: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(10))),
  codeReplacement: v.exactOptional(v.picklist(['every', 'first'])),
  newlines: v.exactOptional(v.picklist(['kept', 'folded'])),
  verifyMatches: v.exactOptional(v.picklist(['any', 'latest'])),
  rightCodeConsumes: v.exactOptional(v.boolean()),
  expirySeconds: v.exactOptional(v.pipe(v.number(), v.gtValue(0))),
  attemptsPerOtp: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  wrongCodeAnswer: v.exactOptional(
    v.picklist(['http_400', 'http_200_code_400', 'http_404', 'http_200_valid_false']),
  ),
  noOtpAnswer: v.exactOptional(v.picklist(['as_wrong_code', 'http_404'])),
  errorStatus: v.exactOptional(v.picklist(['as_code', 'always_200'])),
  listShape: v.exactOptional(v.picklist(['object', 'array'])),
  unknownLimit: v.exactOptional(v.picklist(['ignored', 'refused'])),
  otpCallbackUrl: v.exactOptional(v.nullable(v.pipe(v.string(), v.url()))),
  otpCallbackMethod: v.exactOptional(v.picklist(['GET', 'POST'])),
};
