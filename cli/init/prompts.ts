/** The questions of `init`, in this order, because a later one may depend on an earlier answer. */
import {
  plainList,
  plainValue,
  readAccountId,
  readBaseUrl,
  readOrigin,
  readSender,
  suggestOrigin,
  suggestSender,
} from '../answers.ts';
import { readCountries, suggestCountry } from '../country-names.ts';
import { DEV_VARS } from './dev-vars.ts';
import { TOML, type TomlValue } from './wrangler-config.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** Values from the command line. */
export interface Flags {
  url?: string;
  origins?: string;
  countries?: string;
  connector?: string;
  sender?: string;
  'account-id'?: string;
  relay?: string;
}

export interface Question {
  name: string;
  file: typeof TOML | typeof DEV_VARS;
  words: string;
  isHidden?: boolean;
  /** Asked, and may be left empty. */
  isOptional?: boolean;
  /** The value from a flag or the environment, and how to set it there. */
  given: string | undefined;
  how: string;
  read(text: string): TomlValue;
  /** Proposes a valid value for a rejected one. */
  suggest?(text: string): string | undefined;
}

/** @param settings the answers so far, read again for each question */
export function* questions(flags: Flags, settings: Settings): Generator<Question> {
  yield {
    name: 'PUBLIC_URL',
    file: TOML,
    words:
      'What is the URL of the Worker (https://otp.example.com, or https://mitto-otp.NAME.workers.dev)?',
    given: flags.url,
    how: '--url',
    read: (text) => readOrigin(plainValue(text, 'PUBLIC_URL')),
    suggest: (text) => didYouMean(suggestOrigin(text)),
  };
  yield {
    name: 'ALLOWED_ORIGINS',
    file: TOML,
    words: 'Which sites may use it (https://www.example.com, comma-separated)?',
    given: flags.origins,
    how: '--origins',
    // A URL contains no space.
    read: (text) => [
      ...new Set(
        plainList(text, 'ALLOWED_ORIGINS').flatMap((item) => item.split(/\s+/).map(readOrigin)),
      ),
    ],
    suggest: (text) => didYouMean(suggestOrigin(text)),
  };
  yield {
    name: 'ALLOWED_COUNTRIES',
    file: TOML,
    words: 'Which countries get messages (DE, AT, or their names)?',
    given: flags.countries,
    how: '--countries',
    read: (text) => readCountries(plainList(text, 'ALLOWED_COUNTRIES')),
    suggest: suggestCountry,
  };
  yield {
    name: 'CONNECTOR',
    file: TOML,
    words: 'Which provider sends the codes: mitto-2fa, mitto-sms or twilio (Enter for mitto-2fa)?',
    isOptional: !flags['account-id'] && !process.env['MITTO_API_KEY'],
    given: flags.connector ?? connectorOfEnvironment(flags),
    how: '--connector',
    read: (text) => readConnectors(plainList(text, 'CONNECTOR')),
  };
  if (asksForAddress(settings))
    yield {
      name: 'SENDER',
      file: TOML,
      words: 'What is the sender of your messages (a number, or 3 to 11 letters and digits)?',
      given: flags.sender,
      how: '--sender',
      read: (text) => readSender(plainValue(text, 'SENDER')),
      suggest: (text) => didYouMean(suggestSender(text)),
    };
  if (usesTwilio(settings))
    yield {
      name: 'TWILIO_FROM',
      file: TOML,
      words:
        'What is the sender of your messages (a Twilio number in E.164, or a messaging service, MG…)?',
      given: asksForAddress(settings) ? undefined : flags.sender,
      how: '--sender',
      read: (text) => readSender(plainValue(text, 'TWILIO_FROM')),
    };
  yield {
    name: 'TWILIO_VOICE_FROM',
    file: TOML,
    words: 'Which of your Twilio numbers makes the calls (in E.164)?',
    given: undefined,
    how: 'a number as --sender, or CHANNELS = ["sms"] to disable calls',
    read: (text) => readSender(plainValue(text, 'TWILIO_VOICE_FROM')),
  };
  yield {
    name: 'MITTO_ACCOUNT_ID',
    file: DEV_VARS,
    words: 'What is your Mitto account id (AC and 32 hex digits)?',
    given: usesMitto2fa(settings) ? flags['account-id'] : undefined,
    how: '--account-id',
    read: (text) => readAccountId(plainValue(text, 'MITTO_ACCOUNT_ID')),
  };
  yield secret('MITTO_API_KEY', 'What is your Mitto API key?');
  yield secret('MITTO_SMS_API_KEY', "What is the key of Mitto's SMS API?");
  yield {
    name: 'TWILIO_ACCOUNT_SID',
    file: DEV_VARS,
    words: 'What is your Twilio account SID (AC and 32 hex digits)?',
    given: usesTwilio(settings)
      ? process.env['TWILIO_ACCOUNT_SID'] ||
        (usesMitto2fa(settings) ? undefined : flags['account-id'])
      : undefined,
    how: '--account-id, or TWILIO_ACCOUNT_SID in the environment',
    read: (text) => readAccountId(plainValue(text, 'TWILIO_ACCOUNT_SID')),
  };
  // Twilio has two kinds of credentials. Prefer the API key if the environment has one.
  const byKey = settings['TWILIO_AUTH_TOKEN'] ? undefined : process.env['TWILIO_API_KEY'];
  if (usesTwilio(settings) && byKey) {
    yield {
      ...secret('TWILIO_API_KEY', 'What is the SID of your Twilio API key (SK…)?'),
      isOptional: true,
    };
    yield {
      ...secret('TWILIO_API_SECRET', 'What is the secret of that API key?'),
      isOptional: true,
    };
  }
  yield secret('TWILIO_AUTH_TOKEN', 'What is the auth token of your Twilio account?');
  yield {
    name: 'EGRESS',
    file: TOML,
    words:
      'How should outbound calls leave, from an address that Mitto allow-lists: relay or vpc (Enter to decide later)?',
    isOptional: asksForAddress(settings),
    given: flags.relay && 'relay',
    how: '--relay',
    read: (text) => plainValue(text, 'EGRESS').toLowerCase(),
  };
  yield {
    name: 'RELAY_URL',
    file: TOML,
    words: 'What is the URL of your relay (https://relay.example.com)?',
    given: flags.relay,
    how: '--relay',
    read: (text) => readBaseUrl(plainValue(text, 'RELAY_URL')),
    suggest: (text) => didYouMean(suggestOrigin(text)),
  };
  yield secret(
    'RELAY_SECRET',
    'What is its secret (in /etc/mitto-otp-relay/secret on its machine)?',
  );
}

/** Mitto accepts calls only from allow-listed addresses. */
export function asksForAddress(settings: Settings): boolean {
  return connectorsOf(settings).some((name) => name.startsWith('mitto'));
}

function secret(name: string, words: string): Question {
  return {
    name,
    file: DEV_VARS,
    words,
    isHidden: true,
    given: process.env[name] || undefined,
    how: `${name} in the environment`,
    read: (text) => plainValue(text, name),
  };
}

/** With Twilio's credentials in the environment and none of Mitto's, Twilio alone is meant. */
function connectorOfEnvironment(flags: Flags): string | undefined {
  const hasMitto = process.env['MITTO_API_KEY'] || process.env['MITTO_SMS_API_KEY'];
  if (hasMitto || !process.env['TWILIO_ACCOUNT_SID'] || flags['account-id']) return undefined;
  return 'twilio';
}

const CONNECTOR_NAMES: Readonly<Record<string, string>> = {
  mitto: 'mitto-2fa',
  '2fa': 'mitto-2fa',
  mitto2fa: 'mitto-2fa',
  sms: 'mitto-sms',
  mittosms: 'mitto-sms',
};

function readConnectors(items: readonly string[]): TomlValue {
  const names = items.map((item) => {
    const name = item.toLowerCase().replace(/[\s_]+/g, '-');
    return CONNECTOR_NAMES[name.replaceAll('-', '')] ?? name;
  });
  return names.length === 1 ? (names[0] ?? '') : names;
}

function connectorsOf(settings: Settings): string[] {
  return String(settings['CONNECTOR'] ?? 'mitto-2fa')
    .split(',')
    .map((name) => name.trim());
}

function usesTwilio(settings: Settings): boolean {
  return connectorsOf(settings).includes('twilio');
}

function usesMitto2fa(settings: Settings): boolean {
  return connectorsOf(settings).includes('mitto-2fa');
}

function didYouMean(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `Did you mean ${text}?`;
}
