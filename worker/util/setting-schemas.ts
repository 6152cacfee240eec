/** The forms that settings take: `.dev.vars` and `wrangler dev --var` know strings only, `wrangler.toml` has tables too. */
import * as v from 'valibot';
import { secureUrl } from '../../shared/secure-url.ts';
import { isGuessable, isPlaceholder, isPlaceholderUrl } from './placeholders.ts';

/** `https://www.example.com`: what a browser sends as `Origin`, letter for letter. Plain http for loopback only. */
export const OriginSchema = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => !isPlaceholderUrl(text), 'must be your own origin, got a placeholder'),
  v.check(
    (text) => isSecureUrl(text) && new URL(text).origin === text && !text.includes('*'),
    'must be an https origin: no path, no trailing slash, no wildcard (http for loopback only)',
  ),
);

export const BaseUrlSchema = v.pipe(
  v.string(),
  v.check((text) => !isPlaceholderUrl(text), 'must be your own https URL, got a placeholder'),
  v.check(
    (text) => isSecureUrl(text) && !/[?#]/.test(text),
    'must be an https URL without query (http for loopback only)',
  ),
  v.transform((text) => text.replace(/\/+$/, '')),
);

function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = secureUrl(text);
  return url !== null && url.username === '' && url.password === '';
}

/** A TOML array, or the same as a comma-separated string: `.dev.vars` and `--var` know strings only. */
export function list<Item>(item: v.GenericSchema<string, Item>) {
  return v.pipe(
    v.union([v.array(v.union([v.string(), v.number()])), v.string()], 'must be a list'),
    v.transform((value) =>
      (typeof value === 'string' ? value.split(',') : value.map(String))
        .map((text) => text.trim())
        .filter(Boolean),
    ),
    v.array(item),
  );
}

/** A TOML table, or the same as a JSON string. */
export function table<const Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema) {
  return v.pipe(
    v.unknown(),
    v.transform((value) => {
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        return value;
      }
    }),
    v.check(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be a table, or a table as JSON',
    ),
    schema,
  );
}

/** Shorter than any that a provider gives out. */
const SHORTEST_CREDENTIAL = 5;

export const FlagSchema = v.pipe(
  v.union([v.boolean(), v.picklist(['true', 'false'])], 'must be true or false'),
  v.transform((value) => value === true || value === 'true'),
);

export function wholeNumberText(min: number, max: number) {
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  );
}

export function wholeNumber(min: number, max: number) {
  return v.pipe(
    v.union([v.number(), v.string()], 'must be a whole number'),
    v.transform(String),
    wholeNumberText(min, max),
  );
}

const NO_PLACEHOLDER = 'must be the real value, got a placeholder';

/** Of ours: every key is derived from one, so it has to be drawn by a machine. */
export const SecretSchema = v.pipe(
  v.string(),
  v.check((text) => !isPlaceholder(text), NO_PLACEHOLDER),
  v.check((text) => new TextEncoder().encode(text).length >= 32, 'must be at least 32 bytes long'),
  v.check(
    (text) => !isGuessable(text),
    'must be random, such as from `openssl rand -base64 32`: this one can be guessed',
  ),
);

/** Of a provider, which says what it looks like. @param name of the setting */
export function credential(name: string) {
  return v.pipe(
    v.string(),
    v.nonEmpty('must be set'),
    v.check((text) => !isPlaceholder(text, name), NO_PLACEHOLDER),
    v.check(
      (text) => text.trim().length >= SHORTEST_CREDENTIAL,
      `must be the whole value: no credential has ${SHORTEST_CREDENTIAL - 1} characters or fewer`,
    ),
  );
}

/** A secret that callers send in a header. */
export const HeaderSecretSchema = v.pipe(
  SecretSchema,
  v.regex(/^[\x20-\x7e]+$/, 'must be plain ASCII'),
);

export const NonEmptySchema = v.pipe(v.string(), v.nonEmpty('must be set'));
