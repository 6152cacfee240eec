/** Makes the browser point as a thumb does, or as a mouse. Undone by what it returns. */
export function pointBy(pointer: 'coarse' | 'fine'): () => void {
  const { matchMedia } = window;
  window.matchMedia = (query) => {
    const answer = matchMedia.call(window, query);
    if (query === '(pointer: coarse)')
      Object.defineProperty(answer, 'matches', { value: pointer === 'coarse' });
    return answer;
  };
  return () => {
    window.matchMedia = matchMedia;
  };
}
