/**
 * A rule in the manner of Vonage's Fraud Defender and Verify, as far as they are described: by network, an alert on
 * volume (over 1,000 in 12 hours and over six standard deviations) and one on conversion (35 % or less), blocks that
 * grow longer, and blocks of the neighbours of risky numbers. What is not described is a guess, and marked so.
 */
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Contender, Decider, SeenSend } from './contender.ts';
import { none } from './limits.ts';
import { createWindows, type Windows } from './windows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HALF_DAY_MS = 12 * HOUR_MS;

const VOLUME = { least: 1_000, deviations: 6 };
const HISTORY_MS = 90 * 24 * HOUR_MS;
const CONVERSION = 0.35;
/** Guesses from here on: as many codes say something of a conversion, once they are so old. */
const LEAST_CODES = 50;
const TYPED_WITHIN_MS = 2 * MINUTE_MS;
/** The first block of a network lasts so long, each further one twice as long as the one before, up to a day. */
const FIRST_BLOCK_MS = HOUR_MS;
const LONGEST_BLOCK_MS = 24 * HOUR_MS;
/** A number is risky with so many unused codes among its hundred within an hour. */
const RISKY_NEIGHBOURS = 5;

export function createVonage(): Decider {
  const volume = createWindows(HALF_DAY_MS, HISTORY_MS);
  const recent = createWindows(5 * MINUTE_MS, HALF_DAY_MS);
  const sent = createWindows(MINUTE_MS, 2 * HOUR_MS);
  const unused = createWindows(MINUTE_MS, 2 * HOUR_MS);
  const blocks = new Map<string, { untilMs: number; lastsMs: number }>();

  function block(network: string, nowMs: number): void {
    const before = blocks.get(network);
    const lastsMs = before ? Math.min(LONGEST_BLOCK_MS, 2 * before.lastsMs) : FIRST_BLOCK_MS;
    blocks.set(network, { untilMs: nowMs + lastsMs, lastsMs });
  }

  function isOverVolume(network: string, nowMs: number): boolean {
    const halfDay = recent.sum(network, nowMs, HALF_DAY_MS);
    const history = volume.slots(network, nowMs, HISTORY_MS);
    if (halfDay <= VOLUME.least || history.length === 0) return false;
    const mean = history.reduce((sum, count) => sum + count, 0) / history.length;
    const variance = history.reduce((sum, count) => sum + (count - mean) ** 2, 0) / history.length;
    return halfDay > mean + VOLUME.deviations * Math.sqrt(variance);
  }

  /** Of the codes of an hour that are old enough to have been typed. */
  function isUnderConversion(network: string, nowMs: number): boolean {
    const old = (windows: Windows) =>
      windows.sum(network, nowMs, HOUR_MS) - windows.sum(network, nowMs, TYPED_WITHIN_MS);
    const codes = old(sent);
    return codes >= LEAST_CODES && 1 - old(unused) / codes <= CONVERSION;
  }

  return {
    decide(send) {
      const { at } = send;
      const network = networkOf(send);
      if ((blocks.get(network)?.untilMs ?? 0) > at) return 'block';
      if (unused.sum(hundredOf(send), at, HOUR_MS) >= RISKY_NEIGHBOURS) return 'block';
      if (!isOverVolume(network, at) && !isUnderConversion(network, at)) return 'allow';
      block(network, at);
      return 'block';
    },
    sent(send) {
      const network = networkOf(send);
      volume.add(network, send.at);
      recent.add(network, send.at);
      sent.add(network, send.at);
      unused.add(network, send.at);
      unused.add(hundredOf(send), send.at);
    },
    verified(send) {
      unused.add(networkOf(send), send.at, -1);
      unused.add(hundredOf(send), send.at, -1);
    },
  };
}

/** The calling code and three digits: about what regulators give a network. */
function networkOf({ phone, country }: SeenSend): string {
  const callingCode = getCountryCallingCode(country as CountryCode);
  return phone.slice(0, 1 + callingCode.length + 3);
}

function hundredOf({ phone }: SeenSend): string {
  return `hundred ${phone.slice(0, -2)}`;
}

export const vonage: Contender = { ...none, name: 'vonage', createDecider: createVonage };
