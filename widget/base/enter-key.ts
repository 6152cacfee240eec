/** Safari ends the composition before it tells of the Enter that ended it; this code says what the Enter was for. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Enter that means to go on, and not to choose a word of an input method. */
export function isEnter(event: Event): boolean {
  return (
    event instanceof KeyboardEvent &&
    event.key === 'Enter' &&
    !event.isComposing &&
    event.keyCode !== TAKEN_BY_INPUT_METHOD
  );
}
