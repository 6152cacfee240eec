/** How the Worker is set in the demo: as a deployment would be, but for a sandbox and an impatient developer. */
import { randomBytes } from 'node:crypto';
import type { ProviderSandboxOptions } from '../sandbox/provider-sandbox.ts';
import type { ServedSandbox } from '../sandbox/serve.ts';

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
    MITTO_SMS_BASE_URL: sandboxUrl,
    MITTO_SMS_API_KEY: sandbox.smsApiKey,
    TWILIO_BASE_URL: sandboxUrl,
    TWILIO_ACCOUNT_SID: sandbox.twilio.accountSid,
    TWILIO_API_KEY: sandbox.twilio.apiKeySid,
    TWILIO_API_SECRET: sandbox.twilio.apiKeySecret,
    TWILIO_SIGNATURE_TOKEN: sandbox.twilio.authToken,
    TWILIO_FROM: '+15005550006',
    OTP_SECRET: randomSecret(),
    SITE_SECRET: randomSecret(),
    ADMIN_TOKEN: randomSecret(),
  };
}

/** How the sandbox is set in the demo: nobody else has its keys, and messages are reported as by a patient network. */
export function demoSandboxOptions(): ProviderSandboxOptions {
  return {
    apiKey: randomSecret(),
    smsApiKey: randomSecret(),
    twilio: { authToken: randomSecret(), apiKeySecret: randomSecret() },
    knobs: {
      reports: [
        { on: 'mitto-sms', status: 'delivered', delayMs: 1500 },
        { on: 'twilio_message', status: 'sent', delayMs: 500 },
        { on: 'twilio_message', status: 'delivered', delayMs: 1000 },
        { on: 'twilio_call', status: 'completed', delayMs: 8000 },
      ],
    },
  };
}

export function randomSecret(): string {
  return randomBytes(32).toString('base64');
}
