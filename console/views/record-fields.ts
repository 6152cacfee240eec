/** Labels and values for the fields of Mitto's records: known ones in plain words, others derived from their names. */
import { html, nothing, type TemplateResult } from 'lit';
import { channelName, timeText } from '../parts/format.ts';
import { textOf, type UnknownRecord } from './records.ts';

const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['dateCreated', 'Created'],
  ['dateUpdated', 'Updated'],
  ['dateSent', 'Sent'],
  ['dateExpires', 'Expires'],
  ['from', 'Sender'],
  ['sid', 'Session ID'],
  ['accountSid', 'Account ID'],
  ['uri', 'URI'],
]);

/** The label of an unknown field: `numberOfTries` is `Number of tries`. */
export function headingOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .split(' ')
    // `ID` stays, `Tries` in the middle does not.
    .map((word, index) => (index > 0 && /^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ')
    .trim();
  return HEADINGS.get(name) ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** One term per state on every page of the console. */
const STATUSES: Readonly<Record<string, { text: string; look: string }>> = {
  open: { text: 'Waiting for the code', look: '' },
  pending: { text: 'Waiting for the code', look: '' },
  verified: { text: 'Verified', look: 'good' },
  approved: { text: 'Verified', look: 'good' },
  expired: { text: 'Expired', look: '' },
  exhausted: { text: 'Too many wrong codes', look: 'bad' },
  cancelled: { text: 'Cancelled', look: '' },
  canceled: { text: 'Cancelled', look: '' },
  failed: { text: 'Failed', look: 'bad' },
};

/** An unknown status is shown unchanged. */
function statusTag(status: string): TemplateResult {
  const known = status.toLowerCase();
  const { text, look } = (Object.hasOwn(STATUSES, known) ? STATUSES[known] : undefined) ?? {
    text: status,
    look: '',
  };
  return html`<span class="tag ${look}" title=${text === status ? nothing : status}>${text}</span>`;
}

/** Of ISO 8601, with a time: a day alone has no time of the reader's. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** The time as the reader's clock had it. What exactly came can be pointed at. */
export function timeOf(iso: string): TemplateResult {
  return html`<time datetime=${iso} title=${iso}>${timeText(iso)}</time>`;
}

export function fieldOf(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return textOf(value);
  if (TIMESTAMP.test(value)) return timeOf(value);
  if (value === '') return '';
  if (name === 'status') return statusTag(value);
  return name === 'channel' ? channelName(value) : value;
}

/** Sorted by creation time, newest first. Records without one follow, in their order. */
export function newestFirst(records: readonly UnknownRecord[]): UnknownRecord[] {
  const madeAt = ({ dateCreated }: UnknownRecord) =>
    (typeof dateCreated === 'string' && Date.parse(dateCreated)) || Number.NEGATIVE_INFINITY;
  return [...records].sort((a, b) => {
    const [one, other] = [madeAt(a), madeAt(b)];
    return one === other ? 0 : other - one;
  });
}
