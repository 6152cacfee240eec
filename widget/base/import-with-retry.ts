let tries = 0;

/**
 * Imports one of the element's later files, and once more where that fails: the connection was lost, or the page was
 * open during a deployment. Chromium and Firefox keep a failure for as long as the page lives, so the second try goes
 * to another address of the same file; they name the one that failed. Safari names none, and asks anew.
 *
 * @throws as `import()` does
 */
export async function importWithRetry<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    try {
      const [address] = /https?:\S+/.exec(String(error)) ?? [];
      if (!address || isSealed()) return await load();
      tries += 1;
      return await import(/* @vite-ignore */ /* webpackIgnore: true */ `${address}?again=${tries}`);
    } catch (gone) {
      refreshFirstFile();
      throw gone;
    }
  }
}

/** The page names the hashes of its files. Another address would have none, and whatever is there would run. */
function isSealed(): boolean {
  const map = document.querySelector('script[type=importmap]');
  return /"integrity"/.test(map?.textContent ?? '');
}

/**
 * The names of the later files stand in the first. A visitor who loads the page again gets the ones of today: without
 * this the first file might come out of the browser's cache, and ask for the ones that are gone.
 */
function refreshFirstFile(): void {
  const { url } = import.meta;
  if (url) void fetch(url, { cache: 'reload' }).catch(() => undefined);
}
