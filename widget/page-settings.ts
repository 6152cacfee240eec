import type { Channel } from '../shared/api/channel.ts';
import type { FlowSettings } from './flow/flow-controller.ts';
import { languageOf } from './i18n/language-controller.ts';

/**
 * The Worker serves the script, so its origin is the Worker's. A page that bundles the package names `endpoint`; some
 * bundlers leave no address at all.
 */
const SCRIPT_ORIGIN = import.meta.url ? new URL(import.meta.url).origin : '';

/** The element's properties that the flow uses. */
export interface SettingProperties {
  readonly endpoint: string;
  readonly flow: string;
  readonly channel: Channel | '';
  readonly nonceValue: string;
  readonly codeLength: number | null;
  readonly country: string;
  readonly noAutoSubmit: boolean;
}

export type PageSettings = FlowSettings & { country: string; autoSubmit: boolean };

/** What the page wants, without what means nothing. */
export function settingsOf(
  element: HTMLElement & SettingProperties,
  isDisabled: boolean,
): PageSettings {
  const { endpoint, flow, channel, nonceValue, codeLength, country, noAutoSubmit } = element;
  const length = codeLength ?? 0;
  return {
    endpoint: endpoint || SCRIPT_ORIGIN,
    flow: flow || undefined,
    channel: channel === 'sms' || channel === 'voice' ? channel : undefined,
    locale: languageOf(element),
    nonce: nonceValue || undefined,
    codeLength: Number.isInteger(length) && length >= 4 && length <= 10 ? length : undefined,
    country,
    autoSubmit: !noAutoSubmit && !isDisabled,
  };
}
