/**
 * Plays every family against every contender, and writes docs/guard.md, docs/guard-leaks.svg and figures.jsonl.
 *
 *     node bench/guard/figures.ts                                all of it: hours of one core
 *     node bench/guard/figures.ts --contender ours --part A,B    these anew, the rest as it was
 *     node bench/guard/figures.ts --tuning --contender ours      on the seeds for tuning: prints, writes nothing
 *     node bench/guard/figures.ts --missing                      what figures.jsonl does not have
 *     node bench/guard/figures.ts --render                       the page from figures.jsonl
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { plot } from './plot.ts';
import { allRuns, type FinishedRun, REPORTED_SEEDS, type Run, TUNING_SEEDS } from './runs.ts';
import { replaceSections } from './sections.ts';
import { briefly, sections } from './wording.ts';

const FIGURES = join(import.meta.dirname, 'figures.jsonl');
const DOCS = join(import.meta.dirname, '../../docs');
const PAGE = join(DOCS, 'guard.md');
const PICTURE = join(DOCS, 'guard-leaks.svg');

const { values } = parseArgs({
  options: {
    contender: { type: 'string' },
    part: { type: 'string' },
    seed: { type: 'string' },
    tuning: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
  },
});
const isNamed = (list: string | undefined, name: string) =>
  list === undefined || list.split(',').includes(name);

const seeds = values.tuning ? TUNING_SEEDS : REPORTED_SEEDS;
const done = values.missing ? new Set((await storedRuns()).map(keyOf)) : new Set<string>();
const runs = values.render
  ? []
  : allRuns(seeds).filter(
      (run) =>
        isNamed(values.contender, run.contender) &&
        isNamed(values.part, run.part) &&
        isNamed(values.seed, String(run.seed)) &&
        !done.has(keyOf(run)),
    );
const isWhole =
  !values.render && !values.missing && !values.contender && !values.part && !values.seed;
if (isWhole && !values.tuning) await store([]);
for await (const run of playAll(runs)) {
  console.log(briefly(run));
  // As they come: hours of them are not lost with the last, and another process may add its own.
  if (!values.tuning) await store(withRun(await storedRuns(), run));
}
if (!values.tuning) {
  const stored = await storedRuns();
  const page = await readFile(PAGE, 'utf8');
  await writeFile(PAGE, replaceSections(page, sections(stored)));
  await writeFile(PICTURE, plot(stored));
}

function withRun(all: readonly FinishedRun[], run: FinishedRun): FinishedRun[] {
  return [...all.filter((other) => keyOf(other) !== keyOf(run)), run];
}

/** As many at a time as the machine has processors. */
async function* playAll(all: readonly Run[]): AsyncGenerator<FinishedRun> {
  const waiting = [...all];
  const threads = Array.from({ length: Math.min(availableParallelism(), all.length) }, () => {
    const thread = new Worker(join(import.meta.dirname, 'run-one.ts'));
    return { thread, next: nextOf(thread) };
  });
  function nextOf(thread: Worker) {
    const run = waiting.shift();
    if (!run) return undefined;
    return new Promise<{ thread: Worker; run: FinishedRun }>((resolve, reject) => {
      thread.once('message', (done: FinishedRun) => resolve({ thread, run: done }));
      thread.once('error', reject);
      thread.postMessage(run);
    });
  }
  for (let left = all.length; left > 0; left--) {
    const busy = threads.flatMap(({ next }) => (next ? [next] : []));
    const { thread, run } = await Promise.race(busy);
    const own = threads.find((other) => other.thread === thread);
    thread.removeAllListeners('error');
    if (own) own.next = nextOf(thread);
    yield run;
  }
  await Promise.all(threads.map(({ thread }) => thread.terminate()));
}

function keyOf({ part, seed, contender }: Run): string {
  return `${part} ${seed} ${contender}`;
}

async function storedRuns(): Promise<FinishedRun[]> {
  try {
    const lines = (await readFile(FIGURES, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as FinishedRun);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A line for each run, so that a change shows as one. */
async function store(all: readonly FinishedRun[]): Promise<void> {
  const lines = all
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map((run) => JSON.stringify(run));
  // Whole or not at all: another process may be reading.
  const unfinished = `${FIGURES}.${process.pid}`;
  await writeFile(unfinished, lines.map((line) => `${line}\n`).join(''));
  await rename(unfinished, FIGURES);
}
