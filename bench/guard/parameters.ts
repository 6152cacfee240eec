/**
 * What the simulated world is made of, each figure with where it is from. Nobody publishes traces of real attacks:
 * what is marked as a guess is ours, and a reader may move it and play everything again.
 */
interface Parameter<Value> {
  value: Value;
  what: string;
  from: string;
}

const guess = (reason: string) => `a guess: ${reason}`;

export const PARAMETERS = {
  verifies: {
    value: { lowest: 0.82, highest: 0.94 },
    what: 'honest codes that are typed, by country',
    from: 'a guess: Telnyx calls 60 to 80 % of the codes sent a healthy conversion, and Authgear’s budgets have room from 83 % on only; with less of it every rule by conversion loses more honest visitors',
  },
  secondsToVerify: {
    value: { median: 14, spread: 0.75 },
    what: 'seconds from the message to the code, log-normal: median, and standard deviation of the logarithm',
    from: guess('95 % within 50 seconds'),
  },
  triesAgain: {
    value: 0.37,
    what: 'visitors who ask for another code after one that they did not type',
    from: 'TrueCheck publishes 37 % after a first message that failed',
  },
  triesAgainAfterSeconds: {
    value: { median: 90, spread: 0.4, least: 61 },
    what: 'seconds until they do',
    from: guess('a minute of patience'),
  },
  undelivered: {
    value: 0.03,
    what: 'honest messages that the provider reports as undelivered',
    from: 'Telesign publishes 1 to 5 % of messages lost',
  },
  returns: {
    value: 0.3,
    what: 'visits by a number that was verified here before',
    from: guess('a site that signs people in by phone has more, a shop fewer'),
  },
  night: {
    value: { least: 0.2, peakHour: 20 },
    what: 'visits at the quietest hour, of those at the busiest; and the busiest hour of the day',
    from: guess('one time zone for all visitors'),
  },
  foreignNetwork: {
    value: 0.04,
    what: 'honest visitors whose connection is of another country than their number',
    from: guess('travellers and people who moved'),
  },
  sharedAddress: {
    value: { share: 0.2, addresses: 400 },
    what: 'honest visitors behind carrier-grade NAT, and how many such addresses there are in all',
    from: guess('mobile networks; without any, limits by address would look better than they are'),
  },
  permutedTls: {
    value: 0.6,
    what: 'browsers whose TLS extensions come in another order with each connection',
    from: 'Chrome permutes them since version 110; its share is about that of its engine',
  },
  passes: {
    value: { honest: 0.97, bot: 0.02 },
    what: 'challenges that are passed',
    from: 'the defaults of the trace format',
  },
  bystanders: {
    value: { perHour: 4, inAttackedRange: 0.15 },
    what: 'honest visitors with numbers of an attacked country during an attack and for six hours after it, and how many of them have a number in an attacked range',
    from: guess('without them nobody would notice a block that is too wide or does not end'),
  },
  feedback: {
    value: { share: 0.3, afterMinutes: 60 },
    what: 'attack messages that the site reports as fraud, and when',
    from: guess('a site that looks at its new accounts once an hour'),
  },
  price: {
    value: { sms: 0.06, voice: 0.12 },
    what: 'price of a message in euros, where a country has none of its own below',
    from: guess('the order of published prices of 2026'),
  },
  dearPrice: {
    value: { sms: 0.22, voice: 0.3 },
    what: 'the same in the countries that pumping favours',
    from: guess('the order of published prices of 2026'),
  },
} as const satisfies Record<string, Parameter<unknown>>;

/** Visits by country in a hundred; the rest is spread over `TAIL`. A guess: a shop in the middle of Europe. */
export const HOME_COUNTRIES: readonly (readonly [string, number])[] = [
  ['DE', 34],
  ['FR', 12],
  ['AT', 10],
  ['GB', 9],
  ['IT', 7],
  ['ES', 6],
  ['PL', 5],
  ['NL', 5],
  ['CH', 4],
  ['US', 3],
  ['BR', 1],
  ['IN', 1],
];
export const TAIL_SHARE = 3;
export const TAIL: readonly string[] = [
  'SE', 'DK', 'NO', 'FI', 'BE', 'PT', 'CZ', 'SK', 'HU', 'RO', 'BG', 'GR', 'HR', 'SI', 'IE', 'LU',
  'TR', 'UA', 'RS', 'CA', 'MX', 'AR', 'AU', 'NZ', 'ZA', 'IL', 'AE', 'SG', 'JP', 'KR',
]; // biome-ignore format: one line a region

/**
 * Where fees are shared: Telnyx names SL, CI, GH, NG, ZM, UG, BD, KH, LA, MV and GY; the others come up in reports of
 * the field.
 */
export const DEAR_COUNTRIES: readonly string[] = [
  'SL', 'CI', 'GH', 'NG', 'ZM', 'UG', 'BD', 'KH', 'LA', 'MV', 'GY',
  'AZ', 'UZ', 'TJ', 'LK', 'PK', 'MM', 'ID', 'TN', 'DZ', 'KE', 'SN', 'ML', 'MG', 'TG', 'BF', 'GE', 'AM', 'BY', 'YE',
]; // biome-ignore format: one line a source

/** Verifications a day, the hardness of attacks on it, and what its operator would set. */
export interface Deployment {
  name: string;
  perDay: number;
  /** Attacks come at so many times the rate that `attacks.ts` says. */
  attackScale: number;
}

export const DEPLOYMENTS = {
  small: { name: 'small', perDay: 50, attackScale: 0.5 },
  middle: { name: 'middle', perDay: 5_000, attackScale: 1 },
  large: { name: 'large', perDay: 500_000, attackScale: 10 },
} as const satisfies Record<string, Deployment>;
export type DeploymentName = keyof typeof DEPLOYMENTS;

/** The parameters as a table for the docs. */
export function parameterTable(): string {
  const rows = Object.values(PARAMETERS).map(
    ({ value, what, from }) => `| ${what} | ${shown(value)} | ${from} |`,
  );
  return ['| what | value | from |', '| --- | --- | --- |', ...rows].join('\n');
}

function shown(value: number | Record<string, number>): string {
  if (typeof value === 'number') return String(value);
  return Object.entries(value)
    .map(
      ([name, figure]) =>
        `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${figure}`,
    )
    .join(', ');
}
