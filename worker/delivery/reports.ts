import type { Config } from '../config/config.ts';
import type { ConnectorName } from '../connectors/connector.ts';
import type { Keyring } from '../keys.ts';
import { type CallbackSubject, messageCallbackUrl } from './callback-url.ts';

/** Whether a connector is asked to report, and its reports can be checked. */
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
      // What a message of this API names as its own callback is not published; the account's URL can be used.
      return false;
  }
}

/** Where a message is reported on; `undefined` where it is not. */
export async function callbackUrlOf(
  connector: ConnectorName,
  subject: CallbackSubject,
  { config, keyring }: { config: Config; keyring: Keyring },
): Promise<string | undefined> {
  if (!hasReports(connector, config)) return undefined;
  return messageCallbackUrl(connector, subject, { config, keyring });
}
