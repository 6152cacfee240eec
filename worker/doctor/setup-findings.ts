/** Checks of the settings alone. */

import { previewMessages } from '../config/preview-messages.ts';
import type { Config } from '../config/schema.ts';
import { type Finding, ok, warning } from './finding.ts';

export function setupFindings(config: Config): Finding[] {
  return [origins(config), countries(config), templates(config), secrets(config)];
}

function origins({ ALLOWED_ORIGINS, PUBLIC_URL }: Config): Finding {
  const tried = 'allowed origins';
  const local = ALLOWED_ORIGINS.filter((origin) => origin.startsWith('http:'));
  const sites = ALLOWED_ORIGINS.join(', ');
  if (local.length > 0 && PUBLIC_URL.startsWith('https:'))
    return warning('origins', tried, sites, `Remove ${local.join(', ')} before you go live.`);
  return ok('origins', tried, sites);
}

function countries({ ALLOWED_COUNTRIES, LIMITS }: Config): Finding {
  const tried = 'allowed countries';
  const detail = `${ALLOWED_COUNTRIES.length}: ${ALLOWED_COUNTRIES.join(', ')}`;
  if (ALLOWED_COUNTRIES.length > 30 && !LIMITS.send_per_country)
    return warning(
      'countries',
      tried,
      detail,
      'Each allowed country is a target for SMS pumping. List only those of your visitors, or set LIMITS.send_per_country.',
    );
  return ok('countries', tried, detail);
}

function templates(config: Config): Finding {
  const tried = 'message texts of codes';
  const messages = previewMessages(config);
  const long = messages.filter(({ size }) => (size?.segments ?? 0) > 1);
  const gsm = long.filter(({ size }) => size?.encoding === 'gsm7');
  const detail = `${messages.length} texts, ${long.length} longer than one segment`;
  if (gsm.length === 0) return ok('templates', tried, detail);
  return warning(
    'templates',
    tried,
    detail,
    `Shorten the texts of ${[...new Set(gsm.map(({ flow }) => flow))].join(', ')}. The provider charges each segment.`,
  );
}

function secrets({ SITE_SECRET, OTP_SECRET_PREVIOUS }: Config): Finding {
  const tried = 'secrets';
  if (OTP_SECRET_PREVIOUS !== undefined)
    return warning(
      'secrets',
      tried,
      'a rotation is in progress',
      'If Mitto has one callback URL for your account, give it the new callbackUrl. Delete OTP_SECRET_PREVIOUS after the longest period of your limits.',
    );
  return ok(
    'secrets',
    tried,
    SITE_SECRET === undefined
      ? 'complete; without SITE_SECRET, /v1/siteverify and /v1/messages are disabled'
      : 'complete',
  );
}
