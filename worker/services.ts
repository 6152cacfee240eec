/**
 * What a deployment consists of once its settings are known: keys, limits, budgets, the connector. Built once an
 * isolate; a request finds it ready.
 */

import { createDirectEgress } from '../providers/egress/direct.ts';
import type { Egress } from '../providers/egress/egress.ts';
import { createRelayEgress } from '../providers/egress/relay.ts';
import type { MittoClient } from '../providers/mitto/client.ts';
import type { Bindings, Fetches, KeyValueStore, ObjectNamespace } from './bindings.ts';
import { type Challenge, createChallenge } from './challenge/challenge.ts';
import { createTurnstile, type Turnstile } from './challenge/turnstile.ts';
import { type Flow, longestMemoryMs } from './config/flow.ts';
import { allowedOriginsIn, parseConfig } from './config/parse-config.ts';
import type { Config } from './config/schema.ts';
import type { SettingProblem } from './config/setting-problem.ts';
import { type Connectors, createConnectors, mittoClientOf } from './create-connectors.ts';
import { deriveKeyring, type Keyring } from './crypto/keyring.ts';
import { createGuard, type Guard } from './guard/guard.ts';
import { type BudgetLimiter, createBudgetLimiter } from './rate-limit/budget/budget-limiter.ts';
import { type BurstLimiter, createBurstLimiter } from './rate-limit/burst-limiter.ts';
import { callDurableObject } from './rate-limit/call-object.ts';
import { type Client, createClientHash } from './rate-limit/client/client-id.ts';
import type { ClientLimiter } from './rate-limit/client/client-limiter.ts';
import { createDurableClientLimiter } from './rate-limit/client/durable-client-limiter.ts';
import { createKvClientLimiter } from './rate-limit/client/kv-client-limiter.ts';
import { createPhoneLimiters, type PhoneLimiters } from './rate-limit/phone/phone-limiter.ts';
import type { PhonePolicies } from './rate-limit/phone/phone-record.ts';

/** What a request cannot bring along and a test wants to drive. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  fetch: typeof fetch;
  /** The way straight from here to a provider, where the host can tell more of a call than `fetch` does. */
  directEgress?: Egress;
  /** Unguessable, URL-safe, at least 128 bits. */
  randomId(): string;
  /** From a source fit for keys and codes. */
  randomBytes(count: number): Uint8Array;
  /** One line of the log. */
  log(line: string): void;
}

/** A visitor waits for this and the provider, one after the other. */
const CHALLENGE_DEADLINE_MS = 3_000;

export interface Services {
  config: Config;
  keyring: Keyring;
  clientOf(headers: Headers): Promise<Client>;
  burst: BurstLimiter;
  clientLimits: { send: ClientLimiter; verify: ClientLimiter };
  gates: PhoneLimiters;
  budgets: BudgetLimiter;
  /** Absent where it is not bound. */
  guard: Guard | undefined;
  challengeOf(flow: Flow): Challenge;
  /** Absent where no key is set. */
  turnstile: Turnstile | undefined;
  /** The way out to the providers. */
  egress: Egress;
  policiesOf(flow: Flow): PhonePolicies;
  connectors: Connectors;
  /** For operators; absent without an account for the 2FA API. */
  mitto: MittoClient | undefined;
  assets: Fetches;
  kv: KeyValueStore;
  /** @throws RequestError `store_unavailable` */
  checkStores(): Promise<void>;
}

export type ServiceState =
  | { ok: true; service: Services }
  | { ok: false; problems: readonly SettingProblem[]; allowedOrigins: readonly string[] };

export async function createServices(env: Bindings, runtime: Runtime): Promise<ServiceState> {
  const settings = env as unknown as Record<string, unknown>;
  const parsed = parseConfig(settings);
  if (!parsed.ok) return { ...parsed, allowedOrigins: allowedOriginsIn(settings) };
  const { config } = parsed;
  const { LIMITS } = config;
  const keyring = await deriveKeyring(config.OTP_SECRET, config.OTP_SECRET_PREVIOUS);
  const egress = egressOf(config, env, runtime);
  const clientLimiter = clientLimiters(config, env, runtime);
  const turnstile = turnstileOf(config, runtime);
  const memoryMs = {
    sends: longestMemoryMs(config, 'send_per_phone'),
    failures: longestMemoryMs(config, 'fail_per_phone'),
  };
  const policiesOf = ({ limits }: Pick<Flow, 'limits'>): PhonePolicies => ({
    sends: limits.send_per_phone,
    failures: limits.fail_per_phone,
    cooldownSeconds: limits.cooldown,
    codesPerSession: limits.codes_per_session,
    messages: limits.message_per_phone,
    renewMs: config.PROOF_RENEW_SECONDS * 1000,
    memoryMs,
  });

  const service: Services = {
    config,
    keyring,
    clientOf: createClientHash(keyring),
    burst: createBurstLimiter(env.BURST),
    clientLimits: {
      send: clientLimiter('send'),
      verify: clientLimiter('verify'),
    },
    guard: env.GUARD_OBJECT && createGuard(env.GUARD_OBJECT, keyring),
    turnstile,
    egress,
    challengeOf: ({ challengeFromSend }) => createChallenge(challengeFromSend, turnstile),
    policiesOf,
    gates: createPhoneLimiters(env.PHONE_GATE, keyring, policiesOf({ limits: LIMITS })),
    budgets: createBudgetLimiter(env.SEND_LEDGER, keyring, LIMITS),
    connectors: createConnectors(config, { egress, now: runtime.now }),
    mitto: mittoClientOf(config, egress),
    assets: env.ASSETS,
    kv: env.OTP_KV,
    checkStores: () => callDurableObject(env.checkStores?.() ?? Promise.resolve()),
  };
  return { ok: true, service };
}

/** How calls leave for the providers: Mitto answers addresses only that it knows. */
function egressOf(config: Config, env: Bindings, runtime: Runtime): Egress {
  const { fetch, now, directEgress } = runtime;
  const { EGRESS, RELAY_URL: relayUrl, RELAY_SECRET: secret } = config;
  if (EGRESS === 'relay' && relayUrl !== undefined && secret !== undefined)
    return createRelayEgress({ relayUrl, secret, fetch, now });
  if (EGRESS === 'vpc') {
    // A binding of Workers VPC: a fetch that leaves through the operator's own network.
    const { EGRESS_VPC: network } = env as unknown as { EGRESS_VPC: { fetch: typeof fetch } };
    return createDirectEgress({ fetch: (input, init) => network.fetch(input, init) });
  }
  return directEgress ?? createDirectEgress({ fetch });
}

function clientLimiters(config: Config, env: Bindings, { randomId }: Runtime) {
  return (name: 'send' | 'verify'): ClientLimiter => {
    const limit = `${name}_per_ip` as const;
    const limits = {
      name,
      policies: config.LIMITS[limit],
      memoryMs: longestMemoryMs(config, limit),
    };
    return config.CLIENT_LIMITER === 'object'
      ? createDurableClientLimiter({
          // The settings are refused where it is missing.
          namespace: env.CLIENT_GATE as ObjectNamespace,
          ...limits,
        })
      : createKvClientLimiter({
          kv: env.OTP_KV,
          randomTag: () => randomId().slice(0, 8),
          ...limits,
        });
  };
}

function turnstileOf(config: Config, { fetch }: Runtime): Turnstile | undefined {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: secret } = config;
  if (siteKey === undefined || secret === undefined) return undefined;
  const egress = createDirectEgress({ fetch, deadlineMs: CHALLENGE_DEADLINE_MS });
  return createTurnstile({ siteKey, secret, baseUrl: config.TURNSTILE_BASE_URL, egress });
}
