/** What a message costs: by channel and by the beginning of the number, the longest that fits. */
import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import * as v from 'valibot';
import type { PriceOf } from './outcome.ts';
import { DEAR_COUNTRIES, PARAMETERS } from './parameters.ts';

/** `{"sms": {"default": 0.06, "+49": 0.08}, "voice": {"default": 0.12}}` */
export const PricesSchema = v.record(
  v.picklist(['sms', 'voice'], 'must be "sms" or "voice"'),
  v.record(
    v.pipe(
      v.string(),
      v.regex(/^(default|\+[1-9]\d{0,14})$/, 'must be "default" or the beginning of a number'),
    ),
    v.pipe(v.number('must be a number'), v.minValue(0, 'must not be negative')),
  ),
);
export type Prices = v.InferOutput<typeof PricesSchema>;

export function priceList(prices: Prices): PriceOf {
  return (channel, phone) => {
    const own = prices[channel as 'sms' | 'voice'] ?? {};
    for (let length = phone.length; length > 1; length--) {
      const price = own[phone.slice(0, length)];
      if (price !== undefined) return price;
    }
    return own['default'] ?? 0;
  };
}

/** Of the published figures, where nobody gives others. */
export function usualPrices(): PriceOf {
  const { price, dearPrice } = PARAMETERS;
  const of = (channel: 'sms' | 'voice') => ({
    default: price.value[channel],
    ...Object.fromEntries(
      DEAR_COUNTRIES.map((country) => [
        `+${getCountryCallingCode(country as CountryCode)}`,
        dearPrice.value[channel],
      ]),
    ),
  });
  return priceList({ sms: of('sms'), voice: of('voice') });
}
