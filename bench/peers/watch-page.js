/**
 * Runs in the page before anything else of it: when its field can be used, and what has moved by itself. The answer is
 * left in `benchmark`, which `visit.ts` reads.
 *
 * @param {readonly string[]} path selectors, each to be looked for in the shadow root of the element before
 */
// biome-ignore lint/correctness/noUnusedVariables: called by the text that visit.ts puts after this one
function watchPage(path) {
  const LOOK_MS = 8;
  const benchmark = { usableMs: null, shift: 0, shiftAfterInput: 0 };
  globalThis.benchmark = benchmark;
  performance.setResourceTimingBufferSize(2_000);

  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (hadRecentInput) benchmark.shiftAfterInput += value;
      else benchmark.shift += value;
    }
  }).observe({ type: 'layout-shift', buffered: true });

  // By a timer, because a frame that is drawn only to look costs more than the look.
  const look = () => {
    if (!isUsable(find(path))) setTimeout(look, LOOK_MS);
    else
      requestAnimationFrame((frameMs) => {
        benchmark.usableMs = frameMs;
      });
  };
  look();

  function find(selectors) {
    let root = document;
    let found = null;
    for (const selector of selectors) {
      found = root?.querySelector(selector) ?? null;
      root = found?.shadowRoot;
    }
    return found;
  }

  function isUsable(field) {
    if (!field || field.readOnly || field.matches(':disabled')) return false;
    const { width, height } = field.getBoundingClientRect();
    return width > 0 && height > 0 && field.checkVisibility({ visibilityProperty: true });
  }
}
