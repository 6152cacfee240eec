/** The families of attack, each a plan; one pump carries all of them out. */
import type { Draws } from './draws.ts';
import { COUNTRIES, countryOf, drawPhone, drawRange } from './numbers.ts';
import { DEAR_COUNTRIES, HOME_COUNTRIES, PARAMETERS } from './parameters.ts';
import {
  arrivals,
  asnOf,
  browserTls,
  type Connection,
  fingerprint,
  ipv4,
  ipv6,
  type Population,
  sendLine,
} from './population.ts';
import type { TraceLine } from './trace.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface AttackPlan {
  title: string;
  hours: number;
  /** Messages that are tried for, in the middle deployment. */
  perHour: number;
  /** Numbers from `ranges` ranges in `countries` countries, or from anywhere in the countries. */
  numbers: { ranges: number; perRange?: number } | 'anywhere';
  countries: number | 'one at home' | 'all';
  /** One range or country after the other instead of all at once. */
  hopsEveryMinutes?: number;
  addresses: 'one' | 'residential' | 'residential there' | 'cloud';
  /** Codes that the pumper types: drawn between the two. */
  types?: readonly [number, number];
  channel?: 'voice';
  /** The site says nothing of fraud, and the provider reports nothing. */
  isUnreported?: true;
  /** Honest visitors come so many times as often meanwhile, these to the attacked countries. */
  launch?: { factor: number };
}

export const ATTACKS = {
  A: {
    title: 'one range from one address',
    hours: 4,
    perHour: 300,
    numbers: { ranges: 1 },
    countries: 1,
    addresses: 'one',
  },
  B: {
    title: 'one range, residential addresses that rotate',
    hours: 4,
    perHour: 300,
    numbers: { ranges: 1 },
    countries: 1,
    addresses: 'residential',
  },
  C: {
    title: 'fifty ranges, twenty numbers each',
    hours: 4,
    perHour: 250,
    numbers: { ranges: 50, perRange: 20 },
    countries: 5,
    addresses: 'residential',
  },
  D: {
    title: 'a slow drip below every hourly floor',
    hours: 30,
    perHour: 16,
    numbers: { ranges: 8 },
    countries: 8,
    addresses: 'residential there',
  },
  E: {
    title: 'hopping countries',
    hours: 6,
    perHour: 240,
    numbers: { ranges: 36 },
    countries: 36,
    hopsEveryMinutes: 10,
    addresses: 'residential',
  },
  F: {
    title: 'in the slipstream of a launch',
    hours: 4,
    perHour: 200,
    numbers: { ranges: 3 },
    countries: 1,
    addresses: 'residential there',
    launch: { factor: 5 },
  },
  G: {
    title: 'pumpers that type 10 to 60 % of the codes',
    hours: 5,
    perHour: 240,
    numbers: { ranges: 2 },
    countries: 1,
    addresses: 'residential',
    types: [0.1, 0.6],
  },
  H: {
    title: 'exhausting the budget',
    hours: 6,
    perHour: 4_200,
    numbers: 'anywhere',
    countries: 'all',
    addresses: 'cloud',
  },
  I: {
    title: 'poisoning a country',
    hours: 4,
    perHour: 400,
    numbers: 'anywhere',
    countries: 'one at home',
    addresses: 'residential there',
  },
  J: {
    title: 'by voice',
    hours: 4,
    perHour: 150,
    numbers: { ranges: 2 },
    countries: 2,
    addresses: 'residential',
    channel: 'voice',
  },
  K: {
    title: 'a site that gives no feedback',
    hours: 4,
    perHour: 300,
    numbers: { ranges: 3 },
    countries: 2,
    addresses: 'residential',
    isUnreported: true,
  },
} as const satisfies Record<string, AttackPlan>;
export type AttackName = keyof typeof ATTACKS;

export interface Attack {
  plan: AttackPlan;
  fromMs: number;
  untilMs: number;
  countries: readonly string[];
  /** Beginnings of the numbers that are pumped; empty where they come from anywhere. */
  ranges: readonly string[];
  lines(): Generator<TraceLine[]>;
}

export function createAttack(
  plan: AttackPlan,
  { draws, fromMs, scale }: { draws: Draws; fromMs: number; scale: number },
): Attack {
  const countries = countriesOf(plan, draws);
  const rangeCount =
    plan.numbers === 'anywhere' ? 0 : Math.ceil(plan.numbers.ranges * Math.max(1, scale / 3));
  const ranges = distinctRanges(rangeCount, countries, draws);
  const untilMs = fromMs + plan.hours * HOUR_MS;
  // Half of the pumpers run through a range in order.
  const isSequential = draws.chance(0.5);
  const step = 1 + draws.below(3);
  const typed = draws.between(...(plan.types ?? [0, 0]));
  const connect = connectorOf(plan, draws);
  const used = new Map<string, number>();

  function drawTarget(atMs: number): string | undefined {
    const hop = Math.floor((atMs - fromMs) / ((plan.hopsEveryMinutes ?? 1) * MINUTE_MS));
    if (ranges.length === 0) return drawPhone(draws.pick(countries), draws);
    const range = plan.hopsEveryMinutes ? ranges[hop % ranges.length] : draws.pick(ranges);
    return range && nextIn(range);
  }

  function nextIn(range: string): string | undefined {
    const count = used.get(range) ?? 0;
    const most = plan.numbers === 'anywhere' ? undefined : plan.numbers.perRange;
    if (most !== undefined && count >= most) return undefined;
    used.set(range, count + 1);
    const country = countries[ranges.indexOf(range) % countries.length] as string;
    if (!isSequential) return drawPhone(country, draws, range);
    const phone = `${range}${String((1_000 + step * count) % 10_000).padStart(4, '0')}`;
    return countryOf(phone) === country ? phone : drawPhone(country, draws, range);
  }

  function* lines(): Generator<TraceLine[]> {
    const perHour = plan.perHour * scale;
    for (const at of arrivals(draws, { fromMs, untilMs, perHour: () => perHour, most: perHour })) {
      let phone = drawTarget(at);
      // A range is used up: the next one, until all are.
      for (let tries = 0; !phone && tries < 200; tries++) phone = drawTarget(at);
      if (!phone) return;
      const isTyped = draws.chance(typed);
      const send = sendLine(
        at,
        { phone, connection: connect(phone, countries), channel: plan.channel },
        {
          honest: false,
          ...(isTyped ? { verifiesAfterMs: Math.round(draws.around(9_000, 0.5)) } : {}),
        },
      );
      const { share, afterMinutes } = PARAMETERS.feedback.value;
      yield plan.isUnreported || !draws.chance(share)
        ? [send]
        : [send, { at: at + afterMinutes * MINUTE_MS, kind: 'feedback', phone, outcome: 'fraud' }];
    }
  }

  return { plan, fromMs, untilMs, countries, ranges, lines };
}

/** A small country may not have as many ranges: then it has some of them twice. */
function distinctRanges(count: number, countries: readonly string[], draws: Draws): string[] {
  const ranges: string[] = [];
  for (let index = 0; index < count; index++) {
    const country = countries[index % countries.length] as string;
    let range = drawRange(country, draws);
    for (let tries = 0; tries < 20 && ranges.includes(range); tries++)
      range = drawRange(country, draws);
    ranges.push(range);
  }
  return ranges;
}

/** Honest visitors of the attacked countries, some with numbers in the attacked ranges. */
export function* bystanders(
  attack: Attack,
  population: Population,
  draws: Draws,
): Generator<TraceLine[]> {
  const { perHour, inAttackedRange } = PARAMETERS.bystanders.value;
  const span = { fromMs: attack.fromMs, untilMs: attack.untilMs + 6 * HOUR_MS };
  for (const at of arrivals(draws, { ...span, perHour: () => perHour, most: perHour })) {
    const index = draws.below(Math.max(1, attack.ranges.length));
    const country = attack.countries[index % attack.countries.length] as string;
    const range = draws.chance(inAttackedRange) ? attack.ranges[index] : undefined;
    yield population.visit(at, {
      country,
      ...(range === undefined ? {} : { phone: drawPhone(country, draws, range) }),
    });
  }
}

/** A pumper prefers dear countries; now and then it hides among a site's own. */
function countriesOf({ countries }: AttackPlan, draws: Draws): string[] {
  const home = HOME_COUNTRIES.slice(0, 6).map(([country]) => country);
  if (countries === 'all') return [...COUNTRIES];
  if (countries === 'one at home') return [draws.pick(home)];
  const chosen = new Set<string>();
  for (let tries = 0; chosen.size < countries && tries < 1_000; tries++) {
    const isAtHome = draws.chance(0.3);
    const isAnywhere = draws.chance(0.2);
    chosen.add(draws.pick(isAtHome ? home : isAnywhere ? COUNTRIES : DEAR_COUNTRIES));
  }
  return [...chosen];
}

/** Clouds that anybody can rent in. */
const CLOUDS = [
  [16509, 'Amazon.com, Inc.'],
  [24940, 'Hetzner Online GmbH'],
  [14061, 'DigitalOcean, LLC'],
  [16276, 'OVH SAS'],
] as const;

function connectorOf(
  { addresses }: AttackPlan,
  draws: Draws,
): (phone: string, countries: readonly string[]) => Connection {
  const library = {
    tlsClientCiphersSha1: fingerprint(`library ${draws.below(3)}`),
    tlsClientExtensionsSha1: fingerprint(`library extensions ${draws.below(3)}`),
    tlsClientHelloLength: String(230 + draws.below(40)),
    tlsVersion: 'TLSv1.3',
    httpProtocol: 'HTTP/2',
  };
  // Half of the pumpers drive a real browser.
  const isBrowser = draws.chance(0.5);
  const tls = () =>
    isBrowser ? { ...browserTls(draws), tlsVersion: 'TLSv1.3', httpProtocol: 'HTTP/2' } : library;
  const cloud = () => {
    const [asn, asOrganization] = draws.pick(CLOUDS);
    return {
      ip: ipv4(draws),
      cf: { country: 'US', asn, asOrganization, clientTcpRtt: 8, ...tls() },
    };
  };
  const fixed = cloud();
  const pool = Array.from({ length: 300 }, cloud);
  // Proxies are rented in a handful of countries.
  const proxies = Array.from({ length: 12 }, () => draws.pick(COUNTRIES));
  return (_phone, countries) => {
    if (addresses === 'one') return fixed;
    if (addresses === 'cloud') return draws.pick(pool);
    const country = draws.pick(addresses === 'residential' ? proxies : countries);
    const network = draws.below(3);
    return {
      ip: draws.chance(0.5) ? ipv6(draws) : ipv4(draws),
      cf: {
        country,
        asn: asnOf(country, network),
        asOrganization: `${country} Network ${network + 1}`,
        clientTcpRtt: Math.round(draws.around(90, 0.6)),
        ...tls(),
      },
    };
  };
}
