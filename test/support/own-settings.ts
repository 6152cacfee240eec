/** Environment variables of a developer's own deployment, which neither the demo nor a test may read. */

/** Settings and secrets of docs/settings.md, and variables of wrangler, the command line and the demo. */
const OWN =
  /^(MITTO|TWILIO|TURNSTILE|OTP|SITE|ADMIN|RELAY|CLOUDFLARE|CF|WRANGLER)_|^(PUBLIC_URL|ALLOWED_ORIGINS|ALLOWED_COUNTRIES|CONNECTOR|SENDER|SERVICE|CHANNELS|VOICE|CODE_LENGTH|TEMPLATES?|AUTOFILL_LINE|FLOWS|LIMITS|PROOF_SECONDS|PROOF_RENEW_SECONDS|DELIVERY_REPORTS|EGRESS|EGRESS_VPC|CHALLENGE_FROM_SEND|CLIENT_LIMITER|TRUSTED_PROXIES|PORT|HOST|STORE)$/;

/** Removes them. */
export function withoutOwnSettings(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) if (OWN.test(name)) delete environment[name];
}
