import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteBackend } from './sqlite-backend.ts';
import { WorkQueue } from './work-queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-queue-'));
let lastFile = 0;
const freshFile = () => join(folder, `${++lastFile}.sqlite`);
afterAll(() => rmSync(folder, { recursive: true }));

/** Counts its transactions; keeps what was not rolled back. */
function countingHost() {
  let depth = 0;
  const host = { transactions: 0, kept: [] as string[] };
  return {
    ...host,
    get count() {
      return host.transactions;
    },
    kept: host.kept,
    isBusy: () => false,
    inOneGo<Answer>(work: () => Answer): Answer {
      if (depth === 0) host.transactions += 1;
      const before = host.kept.length;
      depth += 1;
      try {
        return work();
      } catch (error) {
        host.kept.length = before;
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
}

describe('WorkQueue', () => {
  it('stores what is asked for at once in few transactions, each piece in its order', async () => {
    const host = countingHost();
    const queue = new WorkQueue(host);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, nth) =>
        queue.run(() => {
          host.kept.push(String(nth));
          return nth;
        }),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 200 }, (_, nth) => nth));
    expect(host.kept).toEqual(answers.map(String));
    expect(host.count).toBeLessThan(50);
  });

  it('rolls back the piece that throws, and keeps its neighbours', async () => {
    const host = countingHost();
    const queue = new WorkQueue(host);
    const write = (text: string, fails = false) =>
      queue.run(() => {
        host.kept.push(text);
        if (fails) throw new Error(text);
      });
    const outcomes = await Promise.allSettled([write('a'), write('b', true), write('c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(host.kept).toEqual(['a', 'c']);
  });

  it('rejects every piece of a transaction that is not stored, and goes on with the next', async () => {
    const host = countingHost();
    let isFull = true;
    const queue = new WorkQueue({
      isBusy: () => false,
      inOneGo<Answer>(work: () => Answer): Answer {
        const answer = host.inOneGo(work);
        if (isFull && answer === undefined) throw new Error('The disk is full');
        return answer;
      },
    });
    const outcomes = await Promise.allSettled([queue.run(() => 1), queue.run(() => 2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isFull = false;
    expect(await queue.run(() => 3)).toBe(3);
  });

  it('does nothing that its caller no longer waits for', async () => {
    const file = freshFile();
    const shelf = openSqliteBackend(file);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    let done = 0;
    const late = shelf.run(() => {
      done += 1;
    });
    await expect(late).rejects.toThrow('locked');
    other.exec('ROLLBACK');
    await shelf.run(() => undefined);
    expect(done).toBe(0);
    other.close();
    shelf.close();
  });
});
