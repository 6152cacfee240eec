/** All that a page can leave behind in a browser. */
export interface Stored {
  local: Record<string, string>;
  session: Record<string, string>;
  cookies: string;
  databases: string[];
  caches: string[];
  workers: number;
  files: string[];
  history: { entries: number; state: unknown; address: string };
  windowName: string;
}

export async function storedBy(page: Window & typeof globalThis): Promise<Stored> {
  const { localStorage, sessionStorage, document, indexedDB, caches, navigator, history } = page;
  return {
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookies: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    files: await filesOf(navigator),
    history: { entries: history.length, state: history.state, address: page.location.href },
    windowName: page.name,
  };
}

/** The files of the origin's own, unseen part of the disk. */
async function filesOf({ storage }: Partial<Navigator>): Promise<string[]> {
  const names: string[] = [];
  // WebKitGTK has none.
  if (!storage) return names;
  for await (const name of (await storage.getDirectory()).keys()) names.push(name);
  return names;
}
