/** The keys by which a code can be verified at Mitto's 2FA API: which of them it takes together is not published. */
export const VERIFY_KEYS = ['service', 'number', 'to', 'requestID', 'code'] as const;

export type VerifyKey = (typeof VERIFY_KEYS)[number];
