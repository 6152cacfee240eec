/**
 * The Worker's half that a browser sees: the built widget, and answers of the form that the Worker's own have. What the
 * Worker costs is measured elsewhere; here it would only take the processor from the browser.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import metadata from 'libphonenumber-js/max/metadata';
import type { ConfigAnswer, SendAnswer, VerifyAnswer } from '../../../shared/api/responses.ts';
import { cutToCallingCode } from '../../../worker/otp/country-metadata.ts';
import { type Handler, json, typeOf } from '../local-host.ts';

const CALLING_CODES = {
  AT: '43',
  AU: '61',
  BE: '32',
  CH: '41',
  DE: '49',
  ES: '34',
  FR: '33',
  GB: '44',
  IE: '353',
  IT: '39',
  NL: '31',
  US: '1',
};

const CONFIG: ConfigAnswer = {
  country: 'DE',
  countries: Object.keys(CALLING_CODES),
  callingCodes: CALLING_CODES,
  channels: ['sms', 'voice'],
  codeLength: 6,
  challenge: null,
};

const SENT: SendAnswer = {
  // As long as a sealed session is.
  session: 's'.repeat(400),
  channel: 'sms',
  channels: ['sms', 'voice'],
  to: '+49 ••• ••• 6789',
  codeLength: 6,
  expiresIn: 600,
  resendIn: 30,
  reports: false,
};

const VERIFIED: VerifyAnswer = { proof: 'p'.repeat(700), expiresIn: 300 };

const PHONE_METADATA = '/v1/phone-metadata/';

/** @param assets the folder that the widget was built into */
export function standInWorker(assets: string): Handler {
  return ({ url: { pathname } }) => {
    switch (pathname) {
      case '/v1/config':
        return json(CONFIG);
      case '/v1/send':
        return json(SENT);
      case '/v1/verify':
        return json(VERIFIED);
      default:
        if (pathname.startsWith(PHONE_METADATA))
          return json(cutToCallingCode(pathname.slice(PHONE_METADATA.length), metadata));
        return pathname === '/mitto-otp.js' || pathname.startsWith('/mitto-otp/')
          ? asset(join(assets, pathname))
          : undefined;
    }
  };
}

function asset(file: string) {
  const type = typeOf(file);
  return type && existsSync(file) ? { type, body: readFileSync(file) } : undefined;
}
