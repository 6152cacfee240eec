/** A longer wait of a provider is cut to this. */
const MAX_RETRY_AFTER_SECONDS = 3_600;
/** If the provider does not say when. */
const DEFAULT_RETRY_AFTER_SECONDS = 30;

/**
 * Seconds to wait by a provider's `Retry-After`: whole seconds or a date (RFC 9110, 10.2.3), from 1 to 3600. Anything else
 * counts as absent, which means 30.
 */
export function retryAfterSeconds(header: string | null): number {
  const text = header?.trim() ?? '';
  let seconds = Number.NaN;
  if (/^\d{1,9}$/.test(text)) seconds = Number(text);
  // `Date.parse` alone would find a date in `-5`.
  else if (text.endsWith(' GMT')) seconds = Math.ceil((Date.parse(text) - Date.now()) / 1000);
  if (!Number.isFinite(seconds)) return DEFAULT_RETRY_AFTER_SECONDS;
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, seconds));
}
