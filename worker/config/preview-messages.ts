/** Every message of a code as it will arrive: what an operator reads before visitors do. */
import type { Channel } from '../../shared/api/channel.ts';
import { SHIPPED_LANGUAGES } from '../texts/default-templates.ts';
import { codeMessage, withCode } from '../texts/otp-text.ts';
import { type SmsSize, smsSize } from '../texts/sms-segments.ts';
import { allFlows, type Flow } from './flow.ts';
import type { Config } from './schema.ts';

export interface MessagePreview {
  /** `default` for what a page gets that names no flow. */
  flow: string;
  channel: Channel;
  language: string;
  site: string;
  /** With a code of the flow's length in it. */
  text: string;
  /** Absent for a call. */
  size?: SmsSize;
}

export type PreviewConfig = Parameters<typeof allFlows>[0] &
  Pick<Config, 'TEMPLATES' | 'AUTOFILL_LINE' | 'ALLOWED_ORIGINS'>;

/** The longest host is shown for all: what fits there fits everywhere. */
export function previewMessages(config: PreviewConfig): MessagePreview[] {
  const site = longestOrigin(config.ALLOWED_ORIGINS);
  return allFlows(config).flatMap((flow) =>
    flow.channels.flatMap((channel) =>
      languagesOf(flow, channel, config).map((language) =>
        preview(flow, channel, language, site, config),
      ),
    ),
  );
}

function preview(
  flow: Flow,
  channel: Channel,
  locale: string,
  site: string,
  { TEMPLATES, AUTOFILL_LINE }: PreviewConfig,
): MessagePreview {
  const { text: template, language } = codeMessage({
    site,
    channel,
    locale,
    template: flow.template === undefined ? undefined : TEMPLATES[flow.template],
    codeLength: flow.codeLength,
    hasAutofillLine: AUTOFILL_LINE,
  });
  const text = withCode(template, '1234567890'.slice(0, flow.codeLength), channel);
  return {
    flow: flow.name ?? 'default',
    channel,
    language,
    site,
    text,
    ...(channel === 'sms' ? { size: smsSize(text) } : {}),
  };
}

function languagesOf({ template }: Flow, channel: Channel, { TEMPLATES }: PreviewConfig): string[] {
  const own = template === undefined ? undefined : TEMPLATES[template]?.[channel];
  if (own === undefined) return [...SHIPPED_LANGUAGES[channel]];
  return typeof own === 'string' ? ['en'] : Object.keys(own);
}

function longestOrigin(origins: readonly string[]): string {
  return [...origins].sort((a, b) => new URL(b).host.length - new URL(a).host.length)[0] ?? '';
}
