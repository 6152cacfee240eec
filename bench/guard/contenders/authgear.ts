/**
 * Authgear's published formulas (2026): five counters, each against a budget of codes that were sent and not verified.
 * A number that was verified before is always let through.
 */
import type { Contender, Decider } from './contender.ts';
import { none } from './limits.ts';
import { createWindows } from './windows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const MOST_COUNTRIES_BY_IP = 3;
const SHARE = 0.2;

export function createAuthgear(): Decider {
  /** Fine ones for the hour, coarse ones for the day, whole days for the best of them. */
  const unverified = {
    hour: createWindows(5 * MINUTE_MS, HOUR_MS),
    day: createWindows(HOUR_MS, DAY_MS),
  };
  const verified = {
    hour: createWindows(5 * MINUTE_MS, HOUR_MS),
    day: createWindows(HOUR_MS, DAY_MS),
    fortnight: createWindows(DAY_MS, 15 * DAY_MS),
  };
  const countriesByIp = new Map<string, Map<string, number>>();
  const known = new Set<string>();

  function hasCountryToSpare(ip: string, country: string, nowMs: number): boolean {
    const seen = countriesByIp.get(ip) ?? new Map<string, number>();
    for (const [name, atMs] of seen) if (atMs <= nowMs - DAY_MS) seen.delete(name);
    return seen.has(country) || seen.size < MOST_COUNTRIES_BY_IP;
  }

  return {
    decide({ at, phone, ip, country }) {
      if (known.has(phone)) return 'allow';
      if (!hasCountryToSpare(ip, country, at)) return 'block';
      const place = `country ${country}`;
      const address = `ip ${ip}`;
      const placeDay = Math.max(
        20,
        SHARE * verified.fortnight.most(place, at, 14 * DAY_MS),
        SHARE * verified.day.sum(place, at, DAY_MS),
      );
      const placeHour = Math.max(3, placeDay / 6, SHARE * verified.hour.sum(place, at, HOUR_MS));
      const addressDay = Math.max(10, SHARE * verified.day.sum(address, at, DAY_MS));
      const addressHour = Math.max(5, addressDay / 6);
      // With this one.
      const isOver =
        unverified.day.sum(place, at, DAY_MS) + 1 > placeDay ||
        unverified.hour.sum(place, at, HOUR_MS) + 1 > placeHour ||
        unverified.day.sum(address, at, DAY_MS) + 1 > addressDay ||
        unverified.hour.sum(address, at, HOUR_MS) + 1 > addressHour;
      return isOver ? 'block' : 'allow';
    },

    sent({ at, ip, country }) {
      for (const key of [`country ${country}`, `ip ${ip}`]) {
        unverified.hour.add(key, at);
        unverified.day.add(key, at);
      }
      const seen = countriesByIp.get(ip) ?? new Map<string, number>();
      countriesByIp.set(ip, seen.set(country, at));
    },

    verified({ at, phone, ip, country }, atMs) {
      known.add(phone);
      for (const key of [`country ${country}`, `ip ${ip}`]) {
        unverified.hour.add(key, at, -1);
        unverified.day.add(key, at, -1);
        verified.hour.add(key, atMs);
        verified.day.add(key, atMs);
        verified.fortnight.add(key, atMs);
      }
    },
  };
}

export const authgear: Contender = { ...none, name: 'authgear', createDecider: createAuthgear };
