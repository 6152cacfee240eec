/** How the Worker is set in the demo: as a deployment would be, but for a sandbox and an impatient developer. */
import { randomBytes } from 'node:crypto';
import type { ServedSandbox } from './sandbox/serve.ts';

/** Settings of the Worker by name: variables and secrets alike. */
export type Settings = Readonly<Record<string, unknown>>;

export function demoSettings(url: string, { url: sandboxUrl, sandbox }: ServedSandbox): Settings {
  return {
    PUBLIC_URL: url,
    ALLOWED_ORIGINS: [url],
    ALLOWED_COUNTRIES: ['AT', 'AU', 'BE', 'CH', 'DE', 'ES', 'FR', 'GB', 'IE', 'IT', 'NL', 'US'],
    SENDER: 'Demo Shop',
    CHANNELS: ['sms', 'voice'],
    // The page tells of these: whoever tries it does so many times, from one address and with one number.
    LIMITS: {
      send_per_ip: '100/10m',
      verify_per_ip: '100/10m',
      send_per_phone: '50/1h',
      fail_per_phone: '50/1h',
      send_per_prefix: '1000/1h',
      cooldown: '10',
    },
    MITTO_2FA_BASE_URL: sandboxUrl,
    MITTO_ACCOUNT_ID: sandbox.accountId,
    MITTO_API_KEY: sandbox.apiKey,
    OTP_SECRET: randomSecret(),
    SITE_SECRET: randomSecret(),
  };
}

export function randomSecret(): string {
  return randomBytes(32).toString('base64');
}
