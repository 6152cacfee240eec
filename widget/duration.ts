/** `0:27`, `12:05`, `1:02:05`: for a countdown, where every second is seen. */
export function clockTime(seconds: number): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}`
    : `${minutes}:${pad(seconds % 60)}`;
}

/** `27 seconds`, `12 minutes`, `3 hours`: for a sentence. Rounded up, so that nobody comes back too early. */
export function spokenTime(seconds: number, lang: string): string {
  const [unit, size] =
    seconds < 100 ? ['second', 1] : seconds < 5400 ? ['minute', 60] : ['hour', 3600];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.ceil(seconds / Number(size)),
  );
}
