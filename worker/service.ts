/**
 * What a deployment consists of once its settings are known: keys, limits, budgets, the connector. Built once an
 * isolate; a request finds it ready.
 */
import { type Config, parseConfig, type SettingProblem } from './config.ts';
import type { Connector } from './connectors/connector.ts';
import { createMitto2faConnector } from './connectors/mitto-2fa.ts';
import { createDirectEgress } from './egress/direct.ts';
import { deriveKeyring, type Keyring } from './keys.ts';
import { type Budgets, createBudgets } from './limits/budgets.ts';
import { type BurstShield, createBurstShield } from './limits/burst.ts';
import { type ClientLimiter, createKvClientLimiter } from './limits/client-limiter.ts';
import { createPhoneGates, type PhoneGates } from './limits/phone-gates.ts';
import { createMittoClient } from './mitto/client.ts';

/** What a request cannot bring along and a test wants to drive. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  fetch: typeof fetch;
  /** Unguessable, URL-safe, at least 128 bits. */
  randomId(): string;
  /** One line of the log. */
  log(line: string): void;
}

export interface Service {
  config: Config;
  keyring: Keyring;
  burst: BurstShield;
  clientLimits: { send: ClientLimiter; verify: ClientLimiter };
  gates: PhoneGates;
  budgets: Budgets;
  connector: Connector;
  assets: Fetcher;
}

export type ServiceState =
  | { ok: true; service: Service }
  | { ok: false; problems: readonly SettingProblem[] };

export async function createService(env: Env, runtime: Runtime): Promise<ServiceState> {
  const parsed = parseConfig(env as unknown as Record<string, unknown>);
  if (!parsed.ok) return parsed;
  const { config } = parsed;
  const { LIMITS } = config;
  const keyring = await deriveKeyring(config.OTP_SECRET, config.OTP_SECRET_PREVIOUS);
  const clientLimiter = (name: string, policies: Config['LIMITS']['send_per_ip']) =>
    createKvClientLimiter({
      kv: env.OTP_KV,
      name,
      policies,
      randomTag: () => runtime.randomId().slice(0, 8),
    });

  const service: Service = {
    config,
    keyring,
    burst: createBurstShield(env.BURST),
    clientLimits: {
      send: clientLimiter('send', LIMITS.send_per_ip),
      verify: clientLimiter('verify', LIMITS.verify_per_ip),
    },
    gates: createPhoneGates(env.PHONE_GATE, keyring, {
      sends: LIMITS.send_per_phone,
      failures: LIMITS.fail_per_phone,
      cooldownSeconds: LIMITS.cooldown,
      codesPerSession: LIMITS.codes_per_session,
    }),
    budgets: createBudgets(env.SEND_LEDGER, keyring, LIMITS),
    connector: createMitto2faConnector({
      client: createMittoClient({
        baseUrl: config.MITTO_2FA_BASE_URL,
        accountId: config.MITTO_ACCOUNT_ID,
        apiKey: config.MITTO_API_KEY,
        egress: createDirectEgress(runtime.fetch),
      }),
      voice: config.VOICE,
      sendExtra: config.MITTO_SEND_EXTRA,
      verifyKeys: config.MITTO_VERIFY_KEYS,
    }),
    assets: env.ASSETS,
  };
  return { ok: true, service };
}
