/**
 * Mitto's delivery reports. Their form is a template of the account's (assumed: the members below, whatever their
 * case, as JSON, one or a list, as a form or in the query).
 */
import type { DeliveryState } from '../rate-limit/phone/phone-record.ts';

export interface ProviderReport {
  reference: string | undefined;
  providerId: string | undefined;
  /** As the provider wrote it. */
  receiver: string | undefined;
  /** `undefined` for a word that is not known: it changes nothing. */
  state: DeliveryState | undefined;
  errorCode: string | undefined;
}

const DELIVERED = new Set(['delivered', 'delivrd', 'completed', 'read']);
const NOT_DELIVERED = new Set([
  'undelivered',
  'undeliv',
  'undeliverable',
  'failed',
  'rejected',
  'rejectd',
  'expired',
  'deleted',
  'canceled',
  'cancelled',
]);
const SENT = new Set(['sent', 'accepted', 'acceptd', 'enroute', 'submitted', 'buffered', 'queued']);

/** Past this, one call is no report any more. */
const MAX_REPORTS = 100;

/** Never throws: what is not understood is passed over. */
export function readMittoReports(value: unknown): ProviderReport[] {
  const items = Array.isArray(value) ? value.slice(0, MAX_REPORTS) : [value];
  return items.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const members = new Map(
      Object.entries(item).map(([name, member]) => [name.toLowerCase(), textOf(member)]),
    );
    const first = (...names: string[]) =>
      names.map((name) => members.get(name)).find((text) => text !== undefined && text !== '');
    const error = first('errorcode');
    return [
      {
        reference: first('reference'),
        providerId: first('id', 'messageid', 'requestid', 'otpsid'),
        receiver: first('receiver', 'to', 'number'),
        state: stateOf(first('status') ?? ''),
        // Zero is no error.
        errorCode:
          error !== undefined && /^[\w.-]{1,32}$/.test(error) && !/^0+$/.test(error)
            ? error
            : undefined,
      },
    ];
  });
}

function stateOf(status: string): DeliveryState | undefined {
  const word = status.trim().toLowerCase();
  if (DELIVERED.has(word)) return 'delivered';
  if (NOT_DELIVERED.has(word)) return 'not_delivered';
  if (word === 'blocked') return 'blocked';
  return SENT.has(word) ? 'sent' : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, 512);
  return typeof value === 'number' ? String(value) : undefined;
}
