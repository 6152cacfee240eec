/**
 * Messages for the page's developer in the console: the problem, and where to fix it. A file of its own, loaded only
 * where something is. Each sentence is said once a page.
 */
import type { ConfigAnswer } from '../../shared/api/responses.ts';
import { secureUrl } from '../../shared/secure-url.ts';
import type { ReviewedElement } from '../base/reviewed-element.ts';
import { countryNames } from '../phone/country-names.ts';
import type { EndpointSettings, SetupFault } from './fault-types.ts';

const said = new Set<string>();

/** Explains why the element cannot work on this page. Temporary failures, of the connection or of a limit, are not reported. */
export function explainFault(
  fault: SetupFault,
  settings: EndpointSettings,
  isConfigured: boolean,
): void {
  if (fault.code !== 'network_error') {
    const sentence = sentenceOf(fault, settings, isConfigured);
    if (sentence) error(sentence);
  } else if (!isConfigured) sayUnreached(fault, settings.endpoint);
}

function sentenceOf(
  fault: SetupFault,
  settings: EndpointSettings,
  isConfigured: boolean,
): string | undefined {
  const { endpoint } = settings;
  switch (fault.code) {
    case 'origin_not_allowed':
      return origin === 'null'
        ? `this page has no origin (it is a file, or a sandboxed frame), so the Worker at ${endpoint} rejects it. Serve it over https, and list its origin in ALLOWED_ORIGINS.`
        : `${origin} is not in ALLOWED_ORIGINS of the Worker at ${endpoint}. Add it to ALLOWED_ORIGINS in wrangler.toml, exactly as written here, and deploy.`;
    case 'misconfigured':
      return fault.status
        ? `a setting of the Worker at ${endpoint} is wrong. ${endpoint}/healthz names it.`
        : endpointFault(settings);
    case 'malformed_request':
      return refusedRequest(fault, settings, isConfigured);
    default:
      return isConfigured
        ? undefined
        : `${endpoint}/v1/config answered ${fault.status}, and not as a mitto-otp Worker does. ${whereToSetEndpoint(settings)}`;
  }
}

function endpointFault(settings: EndpointSettings): string {
  const { endpoint } = settings;
  const url = parsed(endpoint);
  if (!url) {
    const guess = parsed(`https://${endpoint.replace(/^\/+/, '')}`);
    const isGuess = guess?.hostname.includes('.');
    return `endpoint="${endpoint}" is not a URL. ${isGuess ? `Did you mean endpoint="${guess?.origin}"?` : whereToSetEndpoint(settings)}`;
  }
  if (!secureUrl(url))
    return `endpoint="${endpoint}" must be https; plain http is taken for localhost only. Did you mean endpoint="https://${url.host}"?`;
  return `this page is not a secure context. Open it over https, or on localhost.`;
}

function refusedRequest(
  { detail }: SetupFault,
  { endpoint, flow }: EndpointSettings,
  isConfigured: boolean,
): string {
  if (!isConfigured && flow)
    return `flow="${flow}": the Worker at ${endpoint} has no flow of that name. Compare it with FLOWS in wrangler.toml.`;
  return `the Worker at ${endpoint} rejected the request: ${detail ?? 'malformed_request'}. Check the attributes of the element.`;
}

function sayUnreached({ cause }: SetupFault, endpoint: string): void {
  if (cause === 'policy')
    error(
      `the Content-Security-Policy of this page blocks ${endpoint}. Add ${new URL(endpoint).origin} to its connect-src.`,
    );
  else if (cause === 'unreadable')
    error(
      `${endpoint} answers, but not as a mitto-otp Worker does: this page may not read the answer. Check the endpoint, and whether a redirect, a sign-in page or a firewall answers in its place.`,
    );
  else if (navigator.onLine)
    warn(
      `no answer from ${endpoint}. If this goes on, open ${endpoint}/healthz, and check the endpoint.`,
    );
}

function whereToSetEndpoint({ isEndpointGiven }: EndpointSettings): string {
  return isEndpointGiven
    ? 'Check the endpoint attribute.'
    : 'The element has no endpoint attribute, so it asks the origin of its script. Set endpoint="https://…" to the address of your Worker.';
}

/** By name, and by what people write in its place. */
const OWN = [
  'endpoint',
  'name',
  'required',
  'disabled',
  'country',
  'channel',
  'flow',
  'lang',
  'nonce-value',
  'code-length',
  'autofocus',
  'no-auto-submit',
  'proof-input',
];
const ALIASES = new Map([
  ['nonce', 'nonce-value'],
  ['locale', 'lang'],
  ['language', 'lang'],
  ['url', 'endpoint'],
  ['server', 'endpoint'],
  ['src', 'endpoint'],
  ['region', 'country'],
  ['length', 'code-length'],
  ['digits', 'code-length'],
]);

/** Says what is wrong with the attributes. The element works without those that mean nothing to it. */
export function reviewAttributes(element: ReviewedElement, config: ConfigAnswer): void {
  for (const name of element.getAttributeNames()) {
    const meant = OWN.includes(name) ? undefined : ownAttributeLike(name);
    if (meant && !element.hasAttribute(meant))
      warn(`there is no attribute "${name}". Did you mean "${meant}"?`);
  }
  const attribute = (name: string) => element.getAttribute(name) ?? '';
  reviewCountry(attribute('country'), config);
  const channel = attribute('channel');
  if (channel && !config.channels.some((offered) => offered === channel))
    warn(
      `channel="${channel}" must be ${listed(config.channels)}${/^(sms|voice)$/.test(channel) ? ': the Worker offers no other here (CHANNELS)' : ''}.`,
    );
  const length = attribute('code-length');
  if (!/^(?:[4-9]|10)?$/.test(length))
    warn(`code-length="${length}" must be a whole number from 4 to 10.`);
  if (element.getAttribute('nonce-value') === '')
    warn('nonce-value is empty, so the proof will have no nonce.');
  if (!attribute('name') && element.form)
    warn(
      'the element belongs to a form and has no name, so the form will not submit the proof. Add name="phone-proof".',
    );
}

function reviewCountry(country: string, { countries }: ConfigAnswer): void {
  const code = country.toUpperCase();
  if (!country || countries.includes(code)) return;
  const meant = codeOfCountry(country, countries);
  const isCode = /^[A-Z]{2}$/.test(code) && code !== 'UK';
  warn(
    isCode
      ? `country="${country}" is not in ALLOWED_COUNTRIES of the Worker.`
      : `country="${country}" must be an ISO 3166-1 code, as in "DE".${meant ? ` Did you mean country="${meant}"?` : ''}`,
  );
}

/** Codes of old that some browsers name as the country that is there today. */
const FORMER = /^(?:AN|BU|CS|DD|FX|SU|TP|YD|YU|ZR)$/;

/** Of an English name, or one in the language of the browser. */
function codeOfCountry(text: string, served: readonly string[]): string | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === 'uk') return 'GB';
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !FORMER.test(code));
  for (const lang of ['en', navigator.language]) {
    const nameOf = countryNames(lang);
    const code = [...served, ...codes].find((each) => nameOf(each).toLowerCase() === wanted);
    if (code) return code;
  }
  return undefined;
}

function ownAttributeLike(name: string): string | undefined {
  const plain = (text: string) => text.replace(/[-_]/g, '');
  const given = plain(name);
  return (
    ALIASES.get(name) ??
    OWN.find((own) => plain(own) === given) ??
    OWN.find(
      (own) =>
        given.length > 4 &&
        (plain(own).includes(given) || (own.length > 4 && given.includes(plain(own)))),
    ) ??
    OWN.find((own) => distance(plain(own), given) <= (own.length > 5 ? 2 : 1))
  );
}

/** How many letters have to be changed, put in, taken out or swapped with the next one. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const steps = [
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      ];
      if (row > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        steps.push((before[column - 2] ?? 0) + 1);
      next.push(Math.min(...steps));
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

function listed(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(' or ');
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

function error(sentence: string): void {
  say('error', sentence);
}

function warn(sentence: string): void {
  say('warn', sentence);
}

function say(level: 'error' | 'warn', sentence: string): void {
  if (said.has(sentence)) return;
  said.add(sentence);
  // biome-ignore lint/suspicious/noConsole: the page's developer has no other place to read it
  console[level](`<mitto-otp> ${sentence}`);
}
