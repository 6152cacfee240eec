/** The honest crowds: what looks like an attack and is none. Nobody in them may be lost. */
import type { Draws } from './draws.ts';
import { drawPhone } from './numbers.ts';
import {
  arrivals,
  browserTls,
  type Connection,
  dayAndNight,
  fingerprint,
  ipv4,
  type Population,
  type Visit,
} from './population.ts';
import type { TraceLine } from './trace.ts';

const HOUR_MS = 3_600_000;

export interface CrowdTime {
  fromMs: number;
  perDay: number;
  draws: Draws;
  population: Population;
}

export interface Crowd {
  title: string;
  hours: number;
  /** Visits on top of the usual ones. */
  extra?(time: CrowdTime): Generator<TraceLine[]>;
  /** What is said of a usual visit while the crowd is there. */
  usual?(time: CrowdTime): (at: number) => Visit;
}

/** Visits in the crowd's hours, at one rate. */
function* visits(
  { draws, fromMs, population }: CrowdTime,
  hours: number,
  perHour: number,
  visitOf: () => Visit,
): Generator<TraceLine[]> {
  const untilMs = fromMs + hours * HOUR_MS;
  for (const at of arrivals(draws, { fromMs, untilMs, perHour: () => perHour, most: perHour }))
    yield population.visit(at, visitOf());
}

/** A launch in a country that hardly anybody came from, and some of it everywhere. */
function launch(factor: number, hours: number): Crowd {
  return {
    title: `a launch of ${factor}×`,
    hours,
    extra: (time) => {
      const { draws, perDay, fromMs } = time;
      const country = draws.pick(['JP', 'SE', 'MX', 'PT', 'TR', 'AU']);
      const perHour = (factor - 1) * dayAndNight(perDay, fromMs);
      return visits(time, hours, perHour, () => (draws.chance(0.7) ? { country } : {}));
    },
  };
}

/** Visitors behind addresses that they share. */
function behind(
  title: string,
  hours: number,
  options: {
    perDayShare: number;
    addresses: number;
    countries: readonly string[];
    network: readonly [number, string];
  },
): Crowd {
  return {
    title,
    hours,
    extra: (time) => {
      const { draws, perDay } = time;
      const ips = Array.from({ length: options.addresses }, () => ipv4(draws));
      const country = draws.pick(options.countries);
      const perHour = Math.max(1, (perDay * options.perDayShare) / hours);
      return visits(time, hours, perHour, () => ({
        country: draws.chance(0.8) ? country : draws.pick(options.countries),
        connection: sharedConnection(draws.pick(ips), country, options.network, draws),
      }));
    },
  };
}

function sharedConnection(
  ip: string,
  country: string,
  [asn, asOrganization]: readonly [number, string],
  draws: Draws,
): Connection {
  return {
    ip,
    cf: {
      country,
      asn,
      asOrganization,
      tlsVersion: 'TLSv1.3',
      httpProtocol: 'HTTP/2',
      clientTcpRtt: 20,
      ...browserTls(draws),
    },
  };
}

export const CROWDS = {
  quiet: { title: 'day and night', hours: 12 },
  'launch of 2': launch(2, 6),
  'launch of 20': launch(20, 2),
  'small country': {
    title: 'a small country with five visitors a day',
    hours: 18,
    extra: (time) => {
      const country = time.draws.pick(['IS', 'MT', 'FJ', 'ME', 'BT', 'SC']);
      return visits(time, 18, 5 / 24, () => ({ country, mayReturn: false }));
    },
  },
  outage: {
    title: 'a carrier outage',
    hours: 3,
    usual: ({ draws }) => {
      const country = draws.pick(['DE', 'FR', 'AT']);
      return () => ({
        country: draws.chance(0.5) ? country : 'GB',
        verifies: 0.02,
        undelivered: 0.6,
      });
    },
  },
  roaming: {
    title: 'roaming',
    hours: 6,
    usual:
      ({ draws, population }) =>
      () =>
        draws.chance(0.4) ? { connection: population.connectionOf(population.drawCountry()) } : {},
  },
  university: behind('a university behind one address', 6, {
    perDayShare: 0.06,
    addresses: 1,
    countries: ['DE', 'AT', 'PL'],
    network: [680, 'Research Network'],
  }),
  'company VPN': behind('a company VPN', 9, {
    perDayShare: 0.02,
    addresses: 2,
    countries: ['DE', 'US', 'GB', 'IN', 'PL'],
    network: [16509, 'Amazon.com, Inc.'],
  }),
  'Private Relay': {
    title: 'Private Relay',
    hours: 6,
    usual: ({ draws, population, perDay }) => {
      const ips = Array.from({ length: Math.max(20, Math.round(perDay / 25)) }, () => ipv4(draws));
      const networks = [
        [36183, 'Akamai Technologies, Inc.'],
        [13335, 'Cloudflare, Inc.'],
        [54113, 'Fastly, Inc.'],
      ] as const;
      return () => {
        if (draws.chance(0.65)) return {};
        const country = population.drawCountry();
        return {
          country,
          connection: sharedConnection(draws.pick(ips), country, draws.pick(networks), draws),
        };
      };
    },
  },
  'test suite': {
    title: 'a test suite',
    hours: 12,
    extra: (time) => {
      const { draws } = time;
      const phones = Array.from({ length: 12 }, () => drawPhone('DE', draws));
      const connection: Connection = {
        ip: ipv4(draws),
        cf: {
          country: 'US',
          asn: 8075,
          asOrganization: 'Microsoft Corporation',
          tlsVersion: 'TLSv1.3',
          httpProtocol: 'HTTP/2',
          tlsClientCiphersSha1: fingerprint('headless'),
          tlsClientExtensionsSha1: fingerprint('headless extensions'),
        },
      };
      return suite(time, phones, connection);
    },
  },
} as const satisfies Record<string, Crowd>;
export type CrowdName = keyof typeof CROWDS;

/** Each quarter of an hour one number in turn; some runs break off before the code. */
function* suite(
  { draws, fromMs, population }: CrowdTime,
  phones: readonly string[],
  connection: Connection,
): Generator<TraceLine[]> {
  for (let run = 0; run < 4 * 12; run++) {
    const [send] = population.visit(fromMs + run * 15 * 60_000 + draws.below(20_000), {
      phone: phones[run % phones.length] as string,
      country: 'DE',
      connection,
      verifies: 0.8,
      secondsToVerify: 2,
    });
    if (send) yield [send];
  }
}
