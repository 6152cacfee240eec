/** Times, numbers and names as a person reads them. The page is in English; dates have the reader's own time zone. */

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const COUNT = new Intl.NumberFormat('en');

/** `German`; the tag itself where nobody knows it. */
export function languageName(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** As it came, where it is no time. */
export function timeText(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : TIME.format(time);
}

export function countText(count: number): string {
  return COUNT.format(count);
}

/** `1 segment`, `2 segments`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** `1 day`, `90 minutes`: in the largest unit that leaves it whole. */
export function durationText(seconds: number): string {
  const [size, name] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [
    1,
    'second',
  ];
  return plural(seconds / size, name);
}

/** SMS and calls are what they are called in the field; a name that is not known stays as it came. */
export function channelName(channel: string): string {
  const names: Readonly<Record<string, string>> = {
    sms: 'SMS',
    voice: 'Voice',
    call: 'Voice call',
    email: 'E-mail',
  };
  return Object.hasOwn(names, channel) ? (names[channel] ?? channel) : channel;
}
