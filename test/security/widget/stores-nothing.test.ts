import { expect } from '@open-wc/testing';
import { type Stored, storedBy } from './browser-storage.ts';
import { StrictPage } from './csp-page.ts';

describe('nothing is stored', () => {
  let page: StrictPage;
  /** Other documents of an origin are told of every write to its storage, of what is gone again too. */
  let writes: (string | null)[];
  const onWrite = ({ key }: StorageEvent) => writes.push(key);
  beforeEach(async () => {
    // What an earlier page of the same tab had left could not be told from what this one leaves.
    await forget(window);
    writes = [];
    window.addEventListener('storage', onWrite);
  });
  afterEach(async () => {
    window.removeEventListener('storage', onWrite);
    StrictPage.closeAll();
    await forget(window);
  });

  for (const form of ['source', 'built'] as const)
    it(`in any step, anywhere in the browser: ${form}`, async () => {
      page = await StrictPage.open(form);
      const before = await storedBy(page.window);
      const { local, session, cookies, databases, caches, workers, files } = before;
      expect([local, session, cookies]).to.deep.equal([{}, {}, '']);
      expect([databases, caches, workers, files]).to.deep.equal([[], [], 0, []]);

      page.fill(page.phone, '0151 23456789');
      page.click('send');
      await page.reaches('code');
      expect(await storedBy(page.window)).to.deep.equal(before);
      page.fill(page.code, '123456');
      await page.reaches('verified');
      expect(await storedBy(page.window)).to.deep.equal(before);
      page.click('change-number');
      await page.reaches('phone');
      expect(await storedBy(page.window)).to.deep.equal(before);
      expect(writes).to.deep.equal([]);
    });

  // Without these the sameness above could be that of something that nobody looked at.
  const TRACES: [keyof Stored, (frame: Window & typeof globalThis) => unknown][] = [
    ['local', ({ localStorage }) => localStorage.setItem('trace', '1')],
    ['session', ({ sessionStorage }) => sessionStorage.setItem('trace', '1')],
    ['cookies', ({ document }) => Reflect.set(document, 'cookie', 'trace=1')],
    ['databases', ({ indexedDB }) => opened(indexedDB.open('trace'))],
    ['caches', ({ caches }) => caches.open('trace')],
    ['history', ({ history }) => history.replaceState('trace', '')],
    ['windowName', (frame) => Reflect.set(frame, 'name', 'trace')],
  ];
  for (const [where, leave] of TRACES)
    it(`while a trace in ${where} would be seen`, async () => {
      page = await StrictPage.open('source');
      const before = await storedBy(page.window);
      await leave(page.window);
      const after = await storedBy(page.window);
      expect(after[where]).not.to.deep.equal(before[where]);
    });

  it('while even a write that is taken back would be heard of', async () => {
    page = await StrictPage.open('source');
    page.window.localStorage.setItem('trace', '1');
    page.window.localStorage.removeItem('trace');
    await page.until(() => writes.length === 2, 'nobody hears');
  });
});

async function forget({ localStorage, sessionStorage, document, indexedDB, caches }: Window) {
  localStorage.clear();
  sessionStorage.clear();
  Reflect.set(document, 'cookie', 'trace=; Max-Age=0');
  await opened(indexedDB.deleteDatabase('trace'));
  await caches.delete('trace');
}

function opened(request: IDBOpenDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onerror = reject;
    request.onsuccess = () => {
      request.result?.close();
      resolve();
    };
  });
}
