/**
 * Interprets what a person types or pastes for a setting. Accepts unambiguous input; otherwise the setting is rejected with a
 * suggestion.
 */
import { secureUrl } from '../shared/secure-url.ts';

/** Invisible characters: zero-width characters, direction marks, the byte-order mark, line ends in a value. */
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\t\n])\p{Cc}/gu;
const QUOTED = /^(?:"(.*)"|'(.*)'|`(.*)`|“(.*)”|„(.*)[“”]|‘(.*)’|«(.*)»)[,;]?$/su;

/** One pasted value: from a line `NAME=value`, without quotes and invisible characters. */
export function plainValue(text: string, name: string): string {
  let value = text.replace(INVISIBLE, '').trim();
  const assigned = new RegExp(`^(?:export\\s+)?["']?${name}["']?\\s*[=:]\\s*`, 'i');
  for (let before = ''; before !== value; ) {
    before = value;
    value = value.replace(assigned, '').trim();
    const quoted = QUOTED.exec(value);
    if (quoted) value = (quoted.slice(1).find((one) => one !== undefined) ?? '').trim();
  }
  return value;
}

/** Several values, separated by commas, semicolons, bars or lines, or as a JSON or TOML list. */
export function plainList(text: string, name: string): string[] {
  return text
    .trim()
    .replace(new RegExp(`^(?:export\\s+)?["']?${name}["']?\\s*[=:]\\s*`, 'i'), '')
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/[,;|，、；\t\r\n]+/u)
    .map((item) => plainValue(item, name))
    .flatMap((item) => (item.includes(',') ? plainList(item, name) : [item]))
    .filter(Boolean);
}

/** `otp.example.com` and `HTTPS://OTP.example.com/` as `https://otp.example.com`; anything else as it is. */
export function readOrigin(text: string): string {
  const value = text.trim();
  const url = urlOf(value);
  if (url === undefined) return value;
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && !url.username;
  return isBare && secureUrl(url.href) !== null ? url.origin : value;
}

/** An origin close to what was typed: without its path, or with https. */
export function suggestOrigin(text: string): string | undefined {
  const url = urlOf(text.trim());
  if (url === undefined || url.hostname.includes('*')) return undefined;
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const origin = secureUrl(url.href) === null ? `https://${url.host}` : url.origin;
  return origin === text.trim() ? undefined : origin;
}

/** As `readOrigin`, but keeps the path, which a relay may have. */
export function readBaseUrl(text: string): string {
  const value = text.trim();
  const url = urlOf(value);
  if (url === undefined || secureUrl(url.href) === null) return value;
  return url.search || url.hash || url.username ? value : url.href.replace(/\/+$/, '');
}

/** A number without spaces; `00` becomes a plus. A name stays unchanged. */
export function readSender(text: string): string {
  const value = text.trim();
  const digits = value.replace(/[\s()./\u00a0-]/g, '');
  return /^(\+|00)?\d{5,}$/.test(digits) ? digits.replace(/^00/, '+') : value;
}

/** A sender ID of letters that every phone displays, shortened to the maximum length. */
export function suggestSender(text: string): string | undefined {
  const spelt = text
    .replace(/[äöüÄÖÜ]/g, (letter) => `${letter.normalize('NFD')[0]}e`)
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim();
  const name = spelt.length > 11 ? spelt.replaceAll(' ', '').slice(0, 11) : spelt;
  return /^(?=.*[A-Za-z]).{3,11}$/.test(name) && name !== text ? name : undefined;
}

/** Hex digits in either case, `AC` in capitals, without spaces. */
export function readAccountId(text: string): string {
  const value = text.replace(/\s/g, '');
  return /^ac[0-9a-f]{32}$/i.test(value) ? `AC${value.slice(2)}` : text.trim();
}

function urlOf(text: string): URL | undefined {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const host = text.replace(/^\/\//, '');
  if (
    /\s/.test(text) ||
    (!hasScheme && !/^(localhost|[\w.-]+\.[a-z\d-]+|\[[\d:a-f]+\])\.?(:\d+)?([/?#]|$)/i.test(host))
  )
    return undefined;
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])\.?(:|\/|$)/i.test(host);
  const full = hasScheme ? text : `${isLocal ? 'http' : 'https'}://${host}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  url.hostname = url.hostname.replace(/\.$/, '');
  return url;
}
