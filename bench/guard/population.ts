/** Honest visitors: whom they are, where they come from, and whether they type their code. */
import { type Draws, drawsFrom, mix } from './draws.ts';
import { drawPhone } from './numbers.ts';
import { HOME_COUNTRIES, PARAMETERS, TAIL, TAIL_SHARE } from './parameters.ts';
import type { SendLine, TraceLine } from './trace.ts';

export const SITE = 'https://shop.example';

/** A connection as Cloudflare sees it. */
export interface Connection {
  ip: string;
  cf: Record<string, unknown>;
}

/** What may be said of a visit; the rest is drawn. */
export interface Visit {
  country?: string;
  phone?: string;
  connection?: Connection;
  /** The probability that the code is typed. */
  verifies?: number;
  /** The probability of a report that it did not arrive. */
  undelivered?: number;
  secondsToVerify?: number;
  channel?: 'sms' | 'voice';
  /** A number that was verified before, if chance has it so. */
  mayReturn?: boolean;
}

export interface Population {
  /** The lines that a visit leaves: its send, and what follows from it, in order of `at`. */
  visit(at: number, visit?: Visit): TraceLine[];
  connectionOf(country: string): Connection;
  drawCountry(): string;
}

/** Numbers that have been verified; the oldest are forgotten first. */
const MOST_KNOWN = 20_000;
/** With fewer a new deployment has fewer visitors that return, or a handful of them would come all the time. */
const ENOUGH_KNOWN = 1_000;
/** Codes that one visit asks for at most. */
const MOST_SENDS = 3;

/** Browsers by their TLS fingerprint pair. */
const BROWSERS = 24;

export function createPopulation(draws: Draws, isReported = true): Population {
  const known: { phone: string; country: string }[] = [];
  const { secondsToVerify, triesAgain, triesAgainAfterSeconds, sharedAddress } = PARAMETERS;

  function drawCountry(): string {
    const isOfTail = draws.chance(TAIL_SHARE / 100);
    return isOfTail ? draws.pick(TAIL) : draws.weighted(HOME_COUNTRIES);
  }

  function connectionOf(country: string): Connection {
    const { share, addresses } = sharedAddress.value;
    const network = draws.below(3);
    const isShared = draws.chance(share);
    return {
      ip: isShared
        ? sharedAddressOf(`${country} ${network} ${draws.below(addresses)}`, addresses)
        : draws.chance(0.6)
          ? ipv6(draws)
          : ipv4(draws),
      cf: {
        country,
        asn: asnOf(country, network),
        asOrganization: `${country} Network ${network + 1}`,
        httpProtocol: draws.chance(0.3) ? 'HTTP/3' : 'HTTP/2',
        tlsVersion: 'TLSv1.3',
        clientTcpRtt: Math.round(draws.around(35, 0.6)),
        ...browserTls(draws),
      },
    };
  }

  function visit(at: number, asked: Visit = {}): TraceLine[] {
    const returning =
      asked.mayReturn !== false &&
      !asked.phone &&
      !asked.country &&
      draws.chance(PARAMETERS.returns.value * Math.min(1, known.length / ENOUGH_KNOWN))
        ? draws.pick(known)
        : undefined;
    const country = asked.country ?? returning?.country ?? drawCountry();
    const phone = asked.phone ?? returning?.phone ?? drawPhone(country, draws);
    const isAbroad = draws.chance(PARAMETERS.foreignNetwork.value);
    const connection = asked.connection ?? connectionOf(isAbroad ? drawCountry() : country);
    const verifies = asked.verifies ?? (returning ? 0.95 : conversionOf(country));
    const lines: TraceLine[] = [];

    let sendAt = at;
    for (let sends = 1, isLast = false; !isLast; sends++) {
      const isTyped = draws.chance(verifies);
      const { median, spread } = secondsToVerify.value;
      const seconds = asked.secondsToVerify ?? Math.min(280, draws.around(median, spread));
      const isUndelivered =
        !isTyped &&
        draws.chance(
          asked.undelivered ?? PARAMETERS.undelivered.value / (1 - Math.min(0.9, verifies)),
        );
      lines.push(
        sendLine(
          sendAt,
          { phone, connection, channel: asked.channel },
          {
            honest: true,
            ...(isTyped ? { verifiesAfterMs: Math.round(1000 * Math.max(2, seconds)) } : {}),
          },
        ),
      );
      if (isUndelivered && isReported)
        lines.push({
          at: sendAt + Math.round(1000 * draws.between(5, 40)),
          kind: 'report',
          phone,
          state: 'undelivered',
        });
      if (isTyped) remember({ phone, country });
      isLast = isTyped || sends === MOST_SENDS || !draws.chance(triesAgain.value);
      const again = triesAgainAfterSeconds.value;
      sendAt += Math.round(1000 * Math.max(again.least, draws.around(again.median, again.spread)));
    }
    return lines.sort((a, b) => a.at - b.at);
  }

  function remember(number: { phone: string; country: string }): void {
    if (known.length < MOST_KNOWN) known.push(number);
    else known[draws.below(MOST_KNOWN)] = number;
  }

  return { visit, connectionOf, drawCountry };
}

export function sendLine(
  at: number,
  sent: { phone: string; connection: Connection; channel?: 'sms' | 'voice' | undefined },
  truth: SendLine['truth'],
): SendLine {
  const { phone, connection, channel = 'sms' } = sent;
  return { at, kind: 'send', phone, channel, ...connection, site: SITE, flow: 'default', truth };
}

/** What a country's visitors type: the same in every trace. */
function conversionOf(country: string): number {
  const { lowest, highest } = PARAMETERS.verifies.value;
  return drawsFrom(`conversion ${country}`).between(lowest, highest);
}

/** Moments of visits from `fromMs` on, as many an hour as `perHour` says of each moment, with day and night. */
export function* arrivals(
  draws: Draws,
  span: { fromMs: number; untilMs: number; perHour(atMs: number): number; most: number },
): Generator<number> {
  for (let at = span.fromMs; ; ) {
    // Thinning: drawn at the highest rate, and kept by the rate of the moment.
    at += draws.exponential(3_600_000 / span.most);
    if (at >= span.untilMs) return;
    if (draws.chance(span.perHour(at) / span.most)) yield Math.floor(at);
  }
}

/** Of a day's visits those of an hour, at that moment of the day. */
export function dayAndNight(perDay: number, atMs: number): number {
  const { least, peakHour } = PARAMETERS.night.value;
  const hour = (atMs / 3_600_000) % 24;
  const wave = (1 + Math.cos((2 * Math.PI * (hour - peakHour)) / 24)) / 2;
  const mean = (1 + least) / 2;
  return ((perDay / 24) * (least + (1 - least) * wave)) / mean;
}

/** Numbers of autonomous systems for private use (RFC 6996): no real network is meant. */
export function asnOf(country: string, network: number): number {
  return 4_200_000_000 + (mix(`asn ${country}`) % 9_000_000) * 10 + network;
}

export function browserTls(draws: Draws): Record<string, unknown> {
  const browser = draws.below(BROWSERS);
  const isPermuted = draws.chance(PARAMETERS.permutedTls.value);
  return {
    tlsClientCiphersSha1: fingerprint(`ciphers ${browser % 6}`),
    tlsClientExtensionsSha1: fingerprint(
      isPermuted ? `permuted ${draws.digits(12)}` : `extensions ${browser}`,
    ),
    tlsClientHelloLength: String(isPermuted ? 1500 + draws.below(300) : 500 + browser),
  };
}

/** As Cloudflare writes one: 20 bytes in base64. */
export function fingerprint(name: string): string {
  const bytes = new Uint8Array(20);
  for (let index = 0; index < bytes.length; index++) bytes[index] = mix(`${name} ${index}`) & 0xff;
  return btoa(String.fromCharCode(...bytes));
}

/** A /64 of its own in the range for documentation (RFC 3849). */
export function ipv6(draws: Draws): string {
  const group = () => draws.below(0x10000).toString(16);
  return `2001:db8:${group()}:${group()}::1`;
}

/** In the range for benchmarks (RFC 2544). */
export function ipv4(draws: Draws): string {
  return `198.${18 + draws.below(2)}.${draws.below(256)}.${draws.below(256)}`;
}

function sharedAddressOf(name: string, addresses: number): string {
  const number = mix(`shared ${name}`) % addresses;
  return `203.0.${113 + (number >> 8)}.${number & 0xff}`;
}
