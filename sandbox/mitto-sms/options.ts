/** What can be switched about Mitto's SMS API. How to read it: see `options.ts`. */
import * as v from 'valibot';

export interface SmsOptions {
  /** The shape of an `id`: 32 hex digits, or the same with dashes. Both are in Mitto's samples. */
  readonly smsId: 'hex' | 'guid';
  /** `textLength` as 13, as "13" or as " 13". The first and the last are in Mitto's samples. */
  readonly smsTextLength: 'number' | 'string' | 'padded_string';
  /** Whether a success echoes `to`. In some of Mitto's samples. */
  readonly smsEchoesTo: boolean;
  /** Whether a success has `messageParts`. Sometimes: from public code. */
  readonly smsCountsParts: boolean;
  /** Whether a call with `test: true` gets an `id`. Mitto's samples have one, and its reference says that there is none. */
  readonly smsTestId: 'present' | 'absent';
  /** HTTP status of an answer whose `responseCode` is not 0. 200: assumed. */
  readonly smsRefusalStatus: 'http_200' | 'http_400';
  /** Whether `to` may have its plus. Yes: assumed; Mitto's samples leave it out. */
  readonly smsReceiverPlus: 'accepted' | 'refused';
  /** Whether the account has conversion tracking (400 if not), or asks too often (429). Documented. */
  readonly smsConversions: 'enabled' | 'not_enabled' | 'throttled';
  /** The account's callback URL, if it has one. A message's own `callback` goes before it: documented. */
  readonly smsCallbackUrl: string | null;
  /** How a delivery report comes. JSON by POST: from public code; GET exists: documented. */
  readonly smsReportFormat: 'json' | 'json_array' | 'form' | 'query';
  /** How its members are spelt: `MccMnc` beside `errorcode`, or all in one case. The mixture: from public code. */
  readonly smsReportNames: 'as_template' | 'lower_case' | 'upper_case';
}

export const SMS_DEFAULTS: SmsOptions = {
  smsId: 'hex',
  smsTextLength: 'number',
  smsEchoesTo: true,
  smsCountsParts: true,
  smsTestId: 'present',
  smsRefusalStatus: 'http_200',
  smsReceiverPlus: 'accepted',
  smsConversions: 'enabled',
  smsCallbackUrl: null,
  smsReportFormat: 'json',
  smsReportNames: 'as_template',
};

export const SMS_SCHEMAS = {
  smsId: v.exactOptional(v.picklist(['hex', 'guid'])),
  smsTextLength: v.exactOptional(v.picklist(['number', 'string', 'padded_string'])),
  smsEchoesTo: v.exactOptional(v.boolean()),
  smsCountsParts: v.exactOptional(v.boolean()),
  smsTestId: v.exactOptional(v.picklist(['present', 'absent'])),
  smsRefusalStatus: v.exactOptional(v.picklist(['http_200', 'http_400'])),
  smsReceiverPlus: v.exactOptional(v.picklist(['accepted', 'refused'])),
  smsConversions: v.exactOptional(v.picklist(['enabled', 'not_enabled', 'throttled'])),
  smsCallbackUrl: v.exactOptional(v.nullable(v.pipe(v.string(), v.url()))),
  smsReportFormat: v.exactOptional(v.picklist(['json', 'json_array', 'form', 'query'])),
  smsReportNames: v.exactOptional(v.picklist(['as_template', 'lower_case', 'upper_case'])),
};
