import type { Config } from '../config/schema.ts';
import type { ConnectorName } from '../connectors/connector.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { type CallbackSubject, messageCallbackUrl } from './callback-url.ts';

/** Whether a connector sends delivery reports that can be verified. */
export function hasReports(
  connector: ConnectorName,
  config: Pick<Config, 'DELIVERY_REPORTS' | 'TWILIO_AUTH_TOKEN' | 'TWILIO_SIGNATURE_TOKEN'>,
): boolean {
  if (!config.DELIVERY_REPORTS) return false;
  switch (connector) {
    case 'mitto-sms':
      return true;
    case 'twilio':
      return (config.TWILIO_SIGNATURE_TOKEN ?? config.TWILIO_AUTH_TOKEN) !== undefined;
    case 'mitto-2fa':
      // The field for a message's own callback is not documented; the account's URL can be used.
      return false;
  }
}

/** The callback URL of a message; `undefined` without reports. */
export async function callbackUrlOf(
  connector: ConnectorName,
  subject: CallbackSubject,
  { config, keyring }: { config: Config; keyring: Keyring },
): Promise<string | undefined> {
  if (!hasReports(connector, config)) return undefined;
  return messageCallbackUrl(connector, subject, { config, keyring });
}
