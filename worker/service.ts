/**
 * What a deployment consists of once its settings are known: keys, limits, budgets, the connector. Built once an
 * isolate; a request finds it ready.
 */

import { type Challenge, createChallenge } from './challenge/challenge.ts';
import { createTurnstile, type Turnstile } from './challenge/turnstile.ts';
import { type Config, parseConfig, type SettingProblem } from './config.ts';
import type { Connector } from './connectors/connector.ts';
import { type GuardedConnector, guardConnector } from './connectors/guarded-connector.ts';
import { createMitto2faConnector } from './connectors/mitto-2fa.ts';
import { createDirectEgress } from './egress/direct.ts';
import { deriveKeyring, type Keyring } from './keys.ts';
import { type Budgets, createBudgets } from './limits/budgets.ts';
import { type BurstShield, createBurstShield } from './limits/burst.ts';
import { type Client, createClientHash } from './limits/client-hash.ts';
import type { ClientLimiter } from './limits/client-limiter.ts';
import { createKvClientLimiter } from './limits/kv-client-limiter.ts';
import { createObjectClientLimiter } from './limits/object-client-limiter.ts';
import { createPhoneGates, type PhoneGates } from './limits/phone-gates.ts';
import type { Policy } from './limits/policy.ts';
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

/** A visitor waits for this and the provider, one after the other. */
const CHALLENGE_DEADLINE_MS = 3_000;

export interface Service {
  config: Config;
  keyring: Keyring;
  clientOf(headers: Headers): Promise<Client>;
  burst: BurstShield;
  clientLimits: { send: ClientLimiter; verify: ClientLimiter };
  gates: PhoneGates;
  budgets: Budgets;
  challenge: Challenge;
  connector: GuardedConnector;
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
  const clientLimiter = clientLimiters(config, env, runtime);

  const service: Service = {
    config,
    keyring,
    clientOf: createClientHash(keyring),
    burst: createBurstShield(env.BURST),
    clientLimits: {
      send: clientLimiter('send', LIMITS.send_per_ip),
      verify: clientLimiter('verify', LIMITS.verify_per_ip),
    },
    challenge: createChallenge(config.CHALLENGE_FROM_SEND, turnstileOf(config, runtime)),
    gates: createPhoneGates(env.PHONE_GATE, keyring, {
      sends: LIMITS.send_per_phone,
      failures: LIMITS.fail_per_phone,
      cooldownSeconds: LIMITS.cooldown,
      codesPerSession: LIMITS.codes_per_session,
    }),
    budgets: createBudgets(env.SEND_LEDGER, keyring, LIMITS),
    connector: guardConnector(mittoConnector(config, runtime), runtime.now),
    assets: env.ASSETS,
  };
  return { ok: true, service };
}

function clientLimiters({ CLIENT_LIMITER }: Config, env: Env, { randomId }: Runtime) {
  return (name: string, policies: readonly Policy[]): ClientLimiter =>
    CLIENT_LIMITER === 'object'
      ? createObjectClientLimiter({ namespace: env.CLIENT_GATE, name, policies })
      : createKvClientLimiter({
          kv: env.OTP_KV,
          name,
          policies,
          randomTag: () => randomId().slice(0, 8),
        });
}

function turnstileOf(config: Config, { fetch }: Runtime): Turnstile | undefined {
  const { CHALLENGE_FROM_SEND, TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: secret } = config;
  if (CHALLENGE_FROM_SEND === 0 || siteKey === undefined || secret === undefined) return undefined;
  const egress = createDirectEgress({ fetch, deadlineMs: CHALLENGE_DEADLINE_MS });
  return createTurnstile({ siteKey, secret, baseUrl: config.TURNSTILE_BASE_URL, egress });
}

function mittoConnector(config: Config, { fetch }: Runtime): Connector {
  return createMitto2faConnector({
    client: createMittoClient({
      baseUrl: config.MITTO_2FA_BASE_URL,
      accountId: config.MITTO_ACCOUNT_ID,
      apiKey: config.MITTO_API_KEY,
      egress: createDirectEgress({ fetch }),
    }),
    voice: config.VOICE,
    sendExtra: config.MITTO_SEND_EXTRA,
    verifyKeys: config.MITTO_VERIFY_KEYS,
  });
}
