/** What `init` asks for, in this order, because a later question may hang on an earlier answer. */
import { DEV_VARS } from './dev-vars.ts';
import { TOML, type TomlValue } from './wrangler-toml.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** What may be given on the command line. */
export interface Flags {
  url?: string;
  origins?: string;
  countries?: string;
  sender?: string;
  'account-id'?: string;
  relay?: string;
}

export interface Question {
  name: string;
  file: typeof TOML | typeof DEV_VARS;
  words: string;
  isHidden?: boolean;
  /** It is asked for, and may be left open. */
  isOptional?: boolean;
  /** What is given without being asked for, and how it is given so. */
  given: string | undefined;
  how: string;
  read(text: string): TomlValue;
}

export function questions(flags: Flags, settings: Settings): Question[] {
  return [
    {
      name: 'PUBLIC_URL',
      file: TOML,
      words:
        'Where will the Worker be reached (https://otp.example.com, or https://mitto-otp.NAME.workers.dev)?',
      given: flags.url,
      how: '--url',
      read: (text) => text.trim(),
    },
    {
      name: 'ALLOWED_ORIGINS',
      file: TOML,
      words: 'Which sites may use it (https://www.example.com, several by comma)?',
      given: flags.origins,
      how: '--origins',
      read: listOf,
    },
    {
      name: 'ALLOWED_COUNTRIES',
      file: TOML,
      words: 'Which countries get messages (DE, AT)?',
      given: flags.countries,
      how: '--countries',
      read: (text) => listOf(text.toUpperCase()),
    },
    {
      name: 'SENDER',
      file: TOML,
      words: 'Which sender do your messages have (a number, or 3 to 11 letters and digits)?',
      given: flags.sender,
      how: '--sender',
      read: (text) => text.trim(),
    },
    {
      name: 'MITTO_ACCOUNT_ID',
      file: DEV_VARS,
      words: 'What is your account id at Mitto (AC…)?',
      given: flags['account-id'],
      how: '--account-id',
      read: (text) => text.trim(),
    },
    {
      name: 'MITTO_API_KEY',
      file: DEV_VARS,
      words: 'What is your API key at Mitto?',
      isHidden: true,
      given: process.env['MITTO_API_KEY'] || undefined,
      how: 'MITTO_API_KEY in the environment',
      read: (text) => text.trim(),
    },
    {
      name: 'EGRESS',
      file: TOML,
      words:
        'By which way out with an address that Mitto knows: relay or vpc (Enter for none yet)?',
      isOptional: asksForAddress(settings),
      given: flags.relay && 'relay',
      how: '--relay',
      read: (text) => text.trim().toLowerCase(),
    },
    {
      name: 'RELAY_URL',
      file: TOML,
      words: 'Where is your relay (https://relay.example.com)?',
      given: flags.relay,
      how: '--relay',
      read: (text) => text.trim(),
    },
    {
      name: 'RELAY_SECRET',
      file: DEV_VARS,
      words: 'What is its secret (on its machine in /etc/mitto-otp-relay/secret)?',
      isHidden: true,
      given: process.env['RELAY_SECRET'] || undefined,
      how: 'RELAY_SECRET in the environment',
      read: (text) => text.trim(),
    },
  ];
}

/** Mitto answers only addresses that it has allow-listed. */
export function asksForAddress(settings: Settings): boolean {
  return String(settings['CONNECTOR'] ?? 'mitto-2fa').includes('mitto');
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
