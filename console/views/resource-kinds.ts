/** The resources that an account can create at Mitto, and their known fields. */
import type { ResourceKind } from '../admin-client.ts';
import { textOf, type UnknownRecord } from './records.ts';

/** A known field with one line of text. */
export interface TextMember {
  name: string;
  label: string;
  hint: string;
  required: boolean;
}

interface ResourceFacts {
  kind: ResourceKind;
  title: string;
  /** In the singular. */
  one: string;
  lead: string;
  texts: readonly TextMember[];
  /** Initial value of a new one. */
  blank: UnknownRecord;
}

const NAME = { name: 'name', label: 'Name', required: true };
const DESCRIPTION = { name: 'description', label: 'Description', hint: '', required: false };

export const RESOURCE_KINDS: Readonly<Record<ResourceKind, ResourceFacts>> = {
  limits: {
    kind: 'limits',
    title: 'Limits',
    one: 'limit',
    lead: 'How many one-time passwords Mitto allows per value of your choice, such as a phone number or an IP address.',
    texts: [{ ...NAME, hint: 'Sends refer to the limit by this name.' }, DESCRIPTION],
    blank: { name: '', description: '', buckets: [{ name: 'hour', max: 5, interval: 3600 }] },
  },
  workflows: {
    kind: 'workflows',
    title: 'Workflows',
    one: 'workflow',
    lead: 'The channels that Mitto tries, in order.',
    texts: [{ ...NAME, hint: '' }, DESCRIPTION],
    blank: { name: '', description: '', channels: ['sms', 'call'] },
  },
};

/** At most two to a limit. */
export const MAX_BUCKETS = 2;

/** The records in a list-valued member; anything else in it is not one, and stays in the JSON alone. */
export function bucketsIn(record: UnknownRecord): readonly UnknownRecord[] | undefined {
  const buckets = record['buckets'];
  if (buckets === undefined) return [];
  const areRecords =
    Array.isArray(buckets) &&
    buckets.every((bucket) => typeof bucket === 'object' && bucket !== null);
  return areRecords ? (buckets as UnknownRecord[]) : undefined;
}

/** `undefined` where something stands in it that one line of text could not give back as it was. */
export function channelsIn(record: UnknownRecord): string | undefined {
  const channels = record['channels'];
  if (channels === undefined) return '';
  const areNames =
    Array.isArray(channels) &&
    channels.every((channel) => typeof channel === 'string' && /^[^\s,]+$/.test(channel));
  return areNames ? channels.join(', ') : undefined;
}

export function readChannels(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** A whole number where one was typed, otherwise what was typed: whether it will do, Mitto says. */
export function readCount(text: string): number | string {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

/** What a row says of a resource besides its name. */
export function summaryOf(kind: ResourceKind, record: UnknownRecord): string {
  switch (kind) {
    case 'limits': {
      const buckets = bucketsIn(record);
      if (!buckets) return textOf(record['buckets']);
      return buckets
        .map(
          ({ name, max, interval }) =>
            `${textOf(name)}: ${textOf(max)} in ${textOf(interval)}${typeof interval === 'number' ? ' s' : ''}`,
        )
        .join('; ');
    }
    case 'workflows':
      return (channelsIn(record) ?? textOf(record['channels'])).replaceAll(', ', ' → ');
  }
}
