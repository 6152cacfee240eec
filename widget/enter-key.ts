/** Enter that means to go on, and not to choose a word of an input method. */
export function isEnter(event: Event): boolean {
  return event instanceof KeyboardEvent && event.key === 'Enter' && !event.isComposing;
}
