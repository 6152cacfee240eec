/** A thread that plays one run after the other. */
import { parentPort } from 'node:worker_threads';
import { contenderOf } from './contenders/contenders.ts';
import { generate } from './generate.ts';
import { play } from './player.ts';
import { SITE } from './population.ts';
import { usualPrices } from './prices.ts';
import { type FinishedRun, type Run, scenarioOf } from './runs.ts';
import type { TraceLine } from './trace.ts';

/** Of the last run: the contenders of one trace come one after the other. */
let trace: { name: string; lines: readonly TraceLine[] } = { name: '', lines: [] };

function linesOf(run: Run): readonly TraceLine[] {
  const name = `${run.part} ${run.seed}`;
  if (trace.name !== name) trace = { name, lines: [...generate(scenarioOf(run)).lines()] };
  return trace.lines;
}

async function finish(run: Run): Promise<FinishedRun> {
  const contender = contenderOf(run.contender);
  if (!contender) throw new Error(`no contender "${run.contender}"`);
  const scenario = scenarioOf(run);
  const outcome = await play(linesOf(run), {
    contender,
    seed: run.seed,
    size: { perDay: scenario.deployment.perDay },
    sites: [SITE],
    flows: [],
    priceOf: usualPrices(),
    isWithoutWorker: contender.createDecider !== undefined || contender.name === 'none',
  });
  return { ...run, outcome };
}

parentPort?.on('message', async (run: Run) => parentPort?.postMessage(await finish(run)));
