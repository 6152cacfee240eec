/**
 * Plays a trace against a contender on a virtual clock: one event at a time, each to its end, so that the same trace
 * and seed come out the same however fast the machine is.
 */
import type { Contender, Decider, SeenSend, Size } from './contenders/contender.ts';
import {
  type DeployedWorker,
  deploy,
  type SendResult,
  type SentMessage,
} from './deployed-worker.ts';
import { drawsFrom } from './draws.ts';
import { createHeap } from './heap.ts';
import { countryOf } from './numbers.ts';
import { openPath } from './open-path.ts';
import { createTally, type Outcome, type PriceOf, type Visit } from './outcome.ts';
import { PARAMETERS } from './parameters.ts';
import { useQuickCrypto } from './quick-crypto.ts';
import type { SendLine, TraceLine } from './trace.ts';

export interface PlayOptions {
  contender: Contender;
  /** Of who passes a challenge, and of the Worker's random ids. */
  seed: number;
  size: Size;
  sites: readonly string[];
  flows: readonly string[];
  priceOf: PriceOf;
  /**
   * For rules in front of a Worker without limits: leaves the Worker out, which would send every message and take
   * every code. It comes to the same, as a test makes sure, in a tenth of the time.
   */
  isWithoutWorker?: boolean;
}

/** A refused honest visitor tries again, once. */
const TRY_AGAIN_MS = 60_000;
const SWEEP_MS = 3_600_000;

export async function play(
  lines: Iterable<TraceLine> | AsyncIterable<TraceLine>,
  options: PlayOptions,
): Promise<Outcome> {
  using _crypto = useQuickCrypto();
  const worker = options.isWithoutWorker ? openPath() : deploy(options);
  try {
    return await playOn(worker, lines, options);
  } finally {
    worker.close();
  }
}

async function playOn(
  worker: DeployedWorker,
  lines: Iterable<TraceLine> | AsyncIterable<TraceLine>,
  { contender, seed, size, priceOf }: PlayOptions,
): Promise<Outcome> {
  const decider: Decider = contender.createDecider?.(size) ?? { decide: () => 'allow' };
  const tally = createTally(priceOf);
  const agenda = createHeap<{ at: number; run(): Promise<void> }>();
  /** The last message of each number: what reports and feedback are about. */
  const messages = new Map<string, SentMessage>();
  let sends = 0;

  const later = (at: number, run: () => Promise<void>) => agenda.add({ at, run });

  async function runAgenda(untilMs: number): Promise<void> {
    for (let next = agenda.peek(); next && next.at <= untilMs; next = agenda.peek()) {
      agenda.take();
      worker.nowMs = next.at;
      await next.run();
    }
  }

  /** One request for a code, with the challenge that may come of it. */
  async function attempt(visit: Visit, seen: SeenSend, passes: boolean): Promise<SendResult> {
    // What no message goes to is refused by the Worker, before anything is counted.
    const verdict = seen.country === '' ? 'allow' : await decider.decide(seen);
    if (verdict === 'block') return { kind: 'refused', code: 'blocked' };
    if (verdict === 'challenge') {
      visit.isChallenged = true;
      if (!passes) return { kind: 'refused', code: 'challenge_failed' };
    }
    const result = await worker.send(seen);
    if (result.kind !== 'challenged') return result;
    visit.isChallenged = true;
    if (!passes) return { kind: 'refused', code: 'challenge_failed' };
    return worker.send(seen, worker.challengeToken(seen.site));
  }

  async function visitOnce(visit: Visit, id: number, nth: number): Promise<void> {
    const { truth, ...line } = visit.line;
    const seen = { ...line, at: worker.nowMs, country: visit.country };
    const { honest, bot } = PARAMETERS.passes.value;
    const passes = truth.passes ?? (truth.honest ? honest : bot);
    const result = await attempt(visit, seen, drawsFrom(`${seed} ${id} ${nth}`).chance(passes));
    if (result.kind === 'sent') {
      visit.isSent = true;
      tally.add(visit);
      await settle(result.message, seen, truth);
      return;
    }
    visit.isRefused = true;
    if (truth.honest && nth === 1)
      later(worker.nowMs + TRY_AGAIN_MS, () => visitOnce(visit, id, nth + 1));
    else tally.add(visit);
  }

  async function settle(message: SentMessage, seen: SeenSend, truth: SendLine['truth']) {
    messages.set(seen.phone, message);
    await decider.sent?.(seen);
    if (truth.verifiesAfterMs === undefined) return;
    later(seen.at + truth.verifiesAfterMs, async () => {
      if (await worker.verify(message)) await decider.verified?.(seen, worker.nowMs);
    });
  }

  async function playLine(line: TraceLine): Promise<void> {
    if (line.kind === 'send') {
      const country = countryOf(line.phone) ?? '';
      sends += 1;
      await visitOnce(
        { line, country, isSent: false, isRefused: false, isChallenged: false },
        sends,
        1,
      );
      return;
    }
    const message = messages.get(line.phone);
    if (!message) return;
    if (line.kind === 'report') {
      await worker.report(line, message);
      await decider.report?.(line);
    } else {
      await worker.feedback(line, message);
      await decider.feedback?.(line);
    }
  }

  let nextSweepMs = 0;
  for await (const line of lines) {
    await runAgenda(line.at);
    worker.nowMs = line.at;
    if (line.at >= nextSweepMs) {
      nextSweepMs = line.at + SWEEP_MS;
      await worker.sweep();
    }
    await playLine(line);
  }
  await runAgenda(Number.POSITIVE_INFINITY);
  return tally.outcome();
}
