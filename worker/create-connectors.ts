/** Every connector with credentials in the settings. */

import type { Egress } from '../providers/egress/egress.ts';
import {
  createMittoClient,
  createMittoOutcomes,
  type MittoClient,
} from '../providers/mitto/client.ts';
import { createMittoSmsClient } from '../providers/mitto/sms-client.ts';
import { createTwilioClient } from '../providers/twilio/client.ts';
import type { Config } from './config/schema.ts';
import type { CodeConnector, Connector, ConnectorName } from './connectors/connector.ts';
import { createMitto2faConnector } from './connectors/mitto-2fa.ts';
import { createMittoSmsConnector } from './connectors/mitto-sms.ts';
import { createTwilioConnector } from './connectors/twilio.ts';
import {
  type ConnectorWithCircuit,
  withCircuitBreaker,
} from './connectors/with-circuit-breaker.ts';

export type Connectors = ReadonlyMap<ConnectorName, ConnectorWithCircuit>;

/** Dependencies of the connectors. */
export interface Dependencies {
  egress: Egress;
  /** Milliseconds since 1970. */
  now(): number;
}

export function createConnectors(config: Config, { egress, now }: Dependencies): Connectors {
  const all = [
    createMitto2faOver(config, { egress, now }),
    mittoSms(config, egress),
    twilio(config, egress),
  ];
  return new Map(
    all.flatMap((connector) =>
      connector ? [[connector.name, withCircuitBreaker(connector, now)] as const] : [],
    ),
  );
}

/** The whole of Mitto's 2FA API, for operators; `undefined` without an account. */
export function mittoClientOf(config: Config, egress: Egress): MittoClient | undefined {
  const account = mittoAccountOf(config);
  return account && createMittoClient({ ...account, egress });
}

function mittoAccountOf(config: Config) {
  const { MITTO_ACCOUNT_ID: accountId, MITTO_API_KEY: apiKey } = config;
  if (accountId === undefined || apiKey === undefined) return undefined;
  return { baseUrl: config.MITTO_2FA_BASE_URL, accountId, apiKey };
}

/** Accepts another egress than the deployment's: the doctor records the traffic. */
export function createMitto2faOver(
  config: Config,
  { egress, now }: Dependencies,
): CodeConnector | undefined {
  const account = mittoAccountOf(config);
  if (!account) return undefined;
  const client = createMittoClient({ ...account, egress });
  const today = () => new Date(now()).toISOString().slice(0, 10);
  return createMitto2faConnector({
    client: createMittoOutcomes({ ...account, egress }),
    probe: () => client.usage.list({ startDate: today(), endDate: today() }),
    voice: config.VOICE,
    sendExtra: config.MITTO_SEND_EXTRA,
    verifyKeys: config.MITTO_VERIFY_KEYS,
  });
}

function mittoSms(config: Config, egress: Egress): Connector | undefined {
  const { MITTO_SMS_API_KEY: apiKey } = config;
  if (apiKey === undefined) return undefined;
  return createMittoSmsConnector({
    client: createMittoSmsClient({ baseUrl: config.MITTO_SMS_BASE_URL, apiKey, egress }),
    reportsUse: config.MITTO_SMS_CONVERSIONS,
  });
}

function twilio(config: Config, egress: Egress): Connector | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: token } = config;
  const { TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret } = config;
  if (accountSid === undefined) return undefined;
  const auth =
    token !== undefined
      ? { token }
      : apiKey !== undefined && apiSecret !== undefined
        ? { apiKey, apiSecret }
        : undefined;
  if (!auth) return undefined;
  return createTwilioConnector({
    client: createTwilioClient({ baseUrl: config.TWILIO_BASE_URL, accountSid, auth, egress }),
  });
}
