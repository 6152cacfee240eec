/** `0:27`, `12:05`, `1:02:05`: for a countdown, where every second is seen. */
export function clockTime(seconds: number): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}`
    : `${minutes}:${pad(seconds % 60)}`;
}

/**
 * A wait that is read out, in steps: with the focus on it, screen readers would read out every second that goes by.
 * Rounded up, so that nobody comes back too early.
 */
export function inSteps(seconds: number): number {
  const step = seconds > 60 ? 60 : seconds > 10 ? 10 : 5;
  return Math.ceil(seconds / step) * step;
}

/**
 * `in 27 seconds`, `in 12 minutes`, `in 3 hours`: for a sentence. Rounded up, so that nobody comes back too early. With
 * its preposition, because that decides the case of what follows: Polish waits `za 1 minutę`, not `1 minuta`.
 */
export function relativeTime(seconds: number, lang: string): string {
  const [unit, size] = unitOf(seconds);
  // Digits as in the message and on the countdown.
  const format = new Intl.RelativeTimeFormat(
    `${new Intl.Locale(lang, { numberingSystem: 'latn' })}`,
  );
  // Hebrew has words of their own for one and two, and CLDR adds the figure: `בעוד שעתיים (2)`. And its Arabic says
  // within a time, `خلال`, where one may go on only after it, `بعد`.
  const text = format.format(Math.ceil(seconds / size), unit);
  return text.replace(/ \(\d\)$/, '').replace(/^خلال /, 'بعد ');
}

function unitOf(seconds: number): [unit: 'second' | 'minute' | 'hour', seconds: number] {
  if (seconds < 100) return ['second', 1];
  return seconds < 5400 ? ['minute', 60] : ['hour', 3600];
}
