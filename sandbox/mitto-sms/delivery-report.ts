/**
 * How Mitto tells of an SMS. The template is each account's own; this one is what public code expects, and the
 * knobs `smsReportFormat` and `smsReportNames` vary it. There is no signature.
 */

import { withQuery } from '../append-query.ts';
import type { CallbackRequest, Outcome } from '../delivery-reports.ts';
import type { SentSms, SmsState } from './state.ts';

export function deliveryReport(
  state: SmsState,
  message: SentSms,
  { status, errorCode = '0' }: Outcome,
): CallbackRequest | null {
  const knobs = state.knobs.current;
  const url = message.callback ?? knobs.smsCallbackUrl;
  if (url === null) return null;
  const members = rename(knobs.smsReportNames, {
    Id: message.id,
    // Telekom Deutschland.
    MccMnc: '26201',
    status,
    receiver: message.to.replace(/^\+/, ''),
    errorcode: errorCode,
    reference: message.reference ?? '',
    sendtime: dateTimeOf(message.sentAtMs),
    sendtimestamp: dateTimeOf(state.now()),
  });
  switch (knobs.smsReportFormat) {
    case 'json':
      return post(url, 'application/json', JSON.stringify(members));
    case 'json_array':
      return post(url, 'application/json', JSON.stringify([members]));
    case 'form':
      return post(url, 'application/x-www-form-urlencoded', String(new URLSearchParams(members)));
    case 'query':
      return { method: 'GET', url: withQuery(url, members), headers: {}, body: null };
  }
}

function post(url: string, type: string, body: string): CallbackRequest {
  return { method: 'POST', url, headers: { 'Content-Type': type }, body };
}

function rename(
  names: 'as_template' | 'lower_case' | 'upper_case',
  members: Readonly<Record<string, string>>,
): Record<string, string> {
  switch (names) {
    case 'as_template':
      return members;
    case 'lower_case':
      return mapNames(members, (name) => name.toLowerCase());
    case 'upper_case':
      return mapNames(members, (name) => name.toUpperCase());
  }
}

function mapNames(
  members: Readonly<Record<string, string>>,
  rename: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [rename(name), value]));
}

/** `yyyy-MM-dd HH:mm:ss` */
function dateTimeOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}
