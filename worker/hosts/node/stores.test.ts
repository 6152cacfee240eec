/** What the stores of one machine promise besides what every test of the service shows over them. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { SendLedger } from '../../rate-limit/budget/budget-object.ts';
import type { Remote } from '../../rate-limit/object-storage.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { openSqliteBackend } from './sqlite-backend.ts';
import type { StorageBackend } from './storage-backend.ts';
import { createMemoryStores, openSqliteStores, storesOn } from './stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-stores-'));
let lastFile = 0;
const freshFile = () => join(folder, `${++lastFile}.sqlite`);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of SQLite', () => {
  it('is for its owner alone', () => {
    const file = freshFile();
    openSqliteBackend(file).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('shuts other processes out from the first look of a decision to its end', () => {
    const file = freshFile();
    const [ours, theirs] = [openSqliteBackend(file), openSqliteBackend(file)];
    const take = (shelf: StorageBackend, meanwhile = () => {}) =>
      shelf.inOneGo(() => {
        const taken = Number(shelf.readPair('phone:a', 'taken') ?? 0);
        meanwhile();
        shelf.writePair('phone:a', 'taken', String(taken + 1));
      });
    take(ours, () => expect(() => take(theirs)).toThrow(/locked/));
    take(theirs);
    expect(ours.readPair('phone:a', 'taken')).toBe('2');
    ours.close();
    theirs.close();
  });

  it('keeps nothing of a decision that fails', () => {
    const shelf = openSqliteBackend(freshFile());
    expect(() =>
      shelf.inOneGo(() => {
        shelf.writePair('phone:a', 'taken', '1');
        throw new Error('The disk is full');
      }),
    ).toThrow('The disk is full');
    expect(shelf.readPair('phone:a', 'taken')).toBeUndefined();
    shelf.inOneGo(() => {
      shelf.writePair('phone:a', 'taken', '1');
      expect(() =>
        shelf.inOneGo(() => {
          shelf.writePair('phone:b', 'taken', '1');
          throw new Error('Part of it');
        }),
      ).toThrow('Part of it');
    });
    expect(shelf.readPair('phone:a', 'taken')).toBe('1');
    expect(shelf.readPair('phone:b', 'taken')).toBeUndefined();
    shelf.close();
  });
});

describe('while another process holds the file', () => {
  async function heldFile() {
    const file = freshFile();
    const stores = await openSqliteStores(file);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const close = () => {
      other.close();
      stores.close();
    };
    return { file, stores, other, close };
  }

  it('a transaction waits without blocking the event loop', async () => {
    const { stores, other, close } = await heldFile();
    const { OTP_KV: store } = stores.bindings;
    const ledger = stores.bindings.SEND_LEDGER.getByName('deployment') as Remote<SendLedger>;
    const used = ledger.used(0);
    const written = store.put('limit:send:a', '[]', { expirationTtl: 60 });
    expect(await store.get('limit:send:b', 'json')).toBeNull();
    other.exec('ROLLBACK');
    expect(await used).toEqual([]);
    await written;
    expect(await store.get('limit:send:a', 'json')).toEqual([]);
    close();
  });

  it('one more that starts waits for it too', async () => {
    const { file, other, close } = await heldFile();
    const opened = openSqliteStores(file);
    other.exec('ROLLBACK');
    (await opened).close();
    close();
  });

  it('a decision is not made where it never lets go', async () => {
    const { stores, close } = await heldFile();
    const { OTP_KV: store } = stores.bindings;
    await expect(store.put('a', '[]', { expirationTtl: 60 })).rejects.toThrow('locked');
    close();
  });
});

describe.each([
  ['memory', async (now: () => number) => createMemoryStores({ now })],
  ['SQLite', (now: () => number) => openSqliteStores(freshFile(), { now })],
])('the key-value store in %s', (_place, open) => {
  it('shows an entry until it ends, and not from then on', async () => {
    let nowMs = 1_000_000;
    const stores = await open(() => nowMs);
    const { OTP_KV: store } = stores.bindings;
    await store.put('limit:send:a', '[[1,"x"]]', { expirationTtl: 60 });
    nowMs += 59_999;
    await stores.sweep();
    expect(await store.get('limit:send:a', 'json')).toEqual([[1, 'x']]);
    nowMs += 1;
    expect(await store.get('limit:send:a', 'json')).toBeNull();
    await stores.sweep();
    expect(await store.get('limit:send:a', 'json')).toBeNull();
    stores.close();
  });
});

describe.each([
  ['memory', () => createMemoryBackend()],
  ['SQLite', () => openSqliteBackend(freshFile())],
])('what has ended in %s', (_place, open) => {
  it.each([
    ['torn', 'phone:torn', '{"sends":['],
    ['of a kind of a later version', 'site:later', '{}'],
  ])('is dropped, though one record is %s', async (_how, unreadable, ledger) => {
    const shelf = open();
    const said: string[] = [];
    const stores = storesOn(shelf, { now: () => 1_000_000, log: (line) => said.push(line) });
    for (const object of ['phone:a', unreadable, 'phone:b']) {
      shelf.writePair(object, 'ledger', object === unreadable ? ledger : '{}');
      shelf.setAlarm(object, 999_999);
    }
    shelf.writeEntry('limit:send:a', '[]', 999_999);
    await stores.sweep();
    for (const object of ['phone:a', unreadable, 'phone:b'])
      expect(shelf.readPair(object, 'ledger')).toBeUndefined();
    expect(shelf.readEntry('limit:send:a', 0)).toBeUndefined();
    expect(said).toHaveLength(1);
    await stores.sweep();
    expect(said).toHaveLength(1);
    stores.close();
  });
});

describe.each([
  ['memory', () => createMemoryBackend()],
  ['SQLite', () => openSqliteBackend(freshFile())],
])('a sweep of %s', (_place, open) => {
  it('drops many records in slices, and what is asked meanwhile is answered in between', async () => {
    const shelf = open();
    const COUNT = 2_000;
    shelf.inOneGo(() => {
      for (let nth = 0; nth < COUNT; nth++) {
        shelf.writePair(`phone:${nth}`, 'ledger', '{}');
        shelf.setAlarm(`phone:${nth}`, 1_000 + nth);
        shelf.writeEntry(`limit:${nth}`, '[]', 1_000 + nth);
      }
      shelf.writePair('phone:open', 'ledger', '{}');
      shelf.setAlarm('phone:open', 2_000_000);
      shelf.writeEntry('limit:open', '[]', 2_000_000);
    });
    const inOneTransaction: number[] = [];
    const counting: StorageBackend = {
      ...shelf,
      run: (work) => {
        inOneTransaction.push(0);
        return shelf.run(work);
      },
      dropPairs(object) {
        inOneTransaction.push((inOneTransaction.pop() ?? 0) + 1);
        shelf.dropPairs(object);
      },
    };
    const stores = storesOn(counting, { now: () => 1_000_000 });
    let isSwept = false;
    const swept = stores.sweep().then(() => {
      isSwept = true;
    });
    const { OTP_KV: store } = stores.bindings;
    let answeredMeanwhile = 0;
    for (; !isSwept; answeredMeanwhile++) {
      await store.put('asked', '[]', { expirationTtl: 60 });
      await nextTurn();
    }
    await swept;
    expect(answeredMeanwhile).toBeGreaterThan(10);
    expect(Math.max(...inOneTransaction)).toBeLessThanOrEqual(50);
    for (let nth = 0; nth < COUNT; nth++) {
      expect(shelf.readPair(`phone:${nth}`, 'ledger')).toBeUndefined();
      expect(shelf.readEntry(`limit:${nth}`, 0)).toBeUndefined();
    }
    expect(shelf.readPair('phone:open', 'ledger')).toBe('{}');
    expect(shelf.readEntry('limit:open', 1_000_000)).toBe('[]');
    stores.close();
  });
});

describe('the ledger in memory', () => {
  it('takes one more send, however many are open, and forgets each when it ends', () => {
    const { ledger } = createMemoryBackend();
    const sends = new SendLedger(ledger, { setAlarm: () => undefined });
    const DAY_MS = 24 * 3_600_000;
    for (let nth = 0; nth < 200_000; nth++) ledger.remember(`old ${nth}`, 'a', DAY_MS + nth);
    const reserve = (fingerprint: string, nowMs: number) =>
      sends.reserve(
        { debits: [], idempotency: { key: 'old 0', fingerprint, former: undefined } },
        nowMs,
      ).kind;
    expect(reserve('b', DAY_MS - 2)).toBe('key_reused');
    expect(reserve('b', DAY_MS)).toBe('reserved');
    sends.alarm(3 * DAY_MS);
    expect(ledger.lastExpiryMs()).toBeUndefined();
  });
});

describe('the health of the stores', () => {
  it('is that they take a write, which is not tried for each who asks', async () => {
    let writes = 0;
    const shelf = createMemoryBackend();
    const full: StorageBackend = {
      ...shelf,
      writeEntry() {
        writes += 1;
        throw new Error('The disk is full');
      },
    };
    const well = storesOn(shelf);
    await well.bindings.checkStores();
    const ill = storesOn(full);
    const asked = Array.from({ length: 20 }, () => ill.bindings.checkStores());
    const told = await Promise.allSettled(asked);
    expect(told.every(({ status }) => status === 'rejected')).toBe(true);
    expect(writes).toBe(1);
    well.close();
    ill.close();
  });
});

describe('the shield against bursts', () => {
  it('lets so many of a client through in a period, and counts each client for itself', async () => {
    let nowMs = 0;
    const shield = createRateLimiter({ count: 3, windowMs: 10_000 }, () => nowMs);
    const ask = async (key: string) => (await shield.limit({ key })).success;
    const first = [await ask('a'), await ask('a'), await ask('a'), await ask('a'), await ask('b')];
    expect(first).toEqual([true, true, true, false, true]);
    nowMs = 10_000;
    expect(await ask('a')).toBe(true);
  });
});
