/** What can be told from the settings alone. */
import type { Config } from '../config/config.ts';
import { previewMessages } from '../config/message-preview.ts';
import { type Finding, ok, warning } from './finding.ts';

export function setupFindings(config: Config): Finding[] {
  return [origins(config), countries(config), templates(config), secrets(config)];
}

function origins({ ALLOWED_ORIGINS, PUBLIC_URL }: Config): Finding {
  const tried = 'the sites that may use this Worker';
  const local = ALLOWED_ORIGINS.filter((origin) => origin.startsWith('http:'));
  const sites = ALLOWED_ORIGINS.join(', ');
  if (local.length > 0 && PUBLIC_URL.startsWith('https:'))
    return warning('origins', tried, sites, `Take ${local.join(', ')} out before visitors come.`);
  return ok('origins', tried, sites);
}

function countries({ ALLOWED_COUNTRIES, LIMITS }: Config): Finding {
  const tried = 'the countries that get messages';
  const detail = `${ALLOWED_COUNTRIES.length}: ${ALLOWED_COUNTRIES.join(', ')}`;
  if (ALLOWED_COUNTRIES.length > 30 && !LIMITS.send_per_country)
    return warning(
      'countries',
      tried,
      detail,
      'Each open country can be pumped: name those that your visitors live in, or set LIMITS.send_per_country.',
    );
  return ok('countries', tried, detail);
}

function templates(config: Config): Finding {
  const tried = 'every message of a code, as it will arrive';
  const messages = previewMessages(config);
  const long = messages.filter(({ size }) => (size?.segments ?? 0) > 1);
  const gsm = long.filter(({ size }) => size?.encoding === 'gsm7');
  const detail = `${messages.length} texts, ${long.length} of more than one segment`;
  if (gsm.length === 0) return ok('templates', tried, detail);
  return warning(
    'templates',
    tried,
    detail,
    `Shorten the texts of ${[...new Set(gsm.map(({ flow }) => flow))].join(', ')}: each segment is paid for.`,
  );
}

function secrets({ SITE_SECRET, OTP_SECRET_PREVIOUS }: Config): Finding {
  const tried = 'the secrets that are set';
  if (OTP_SECRET_PREVIOUS !== undefined)
    return warning(
      'secrets',
      tried,
      'a rotation is under way',
      'Delete OTP_SECRET_PREVIOUS once the longest period of your limits is over; first give Mitto the new callbackUrl, where it has one for the account.',
    );
  return ok(
    'secrets',
    tried,
    SITE_SECRET === undefined
      ? 'all that is needed; without SITE_SECRET /v1/siteverify and /v1/messages are off'
      : 'all that is needed',
  );
}
