/**
 * Plays traces of anybody against a contender:
 *
 *     node bench/guard/replay.ts FILE… --contender NAME --seed N [--prices FILE] [--daily N] [--json]
 *
 * `--contender` may be given several times, and may be the URL of a service (contenders/http.ts). `--daily` is how many
 * verifications a day the deployment expects: its budgets and caps are sized by it.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { Contender } from './contenders/contender.ts';
import { CONTENDERS, contenderOf } from './contenders/contenders.ts';
import type { Outcome, PriceOf } from './outcome.ts';
import { play } from './player.ts';
import { PricesSchema, priceList, usualPrices } from './prices.ts';
import { readTrace, TraceError } from './trace.ts';

const USAGE = `node bench/guard/replay.ts FILE… --contender NAME --seed N [--prices FILE] [--daily N] [--json]
contenders: ${CONTENDERS.map(({ name }) => name).join(', ')}, or the URL of a service`;

/** What was asked for cannot be done: said to the person who asked, without a stack. */
class UsageError extends Error {}

export interface Replayed extends Outcome {
  file: string;
  contender: string;
}

export interface ReplayOptions {
  files: readonly string[];
  contenders: readonly Contender[];
  seed: number;
  priceOf: PriceOf;
  perDay: number | undefined;
}

/** @throws TraceError */
export async function* replay(options: ReplayOptions): AsyncGenerator<Replayed> {
  const { files, contenders, seed, priceOf, perDay } = options;
  // All of them are read before the first is played: a bad line late in a file costs nobody an hour.
  const surveys = new Map<string, Survey>();
  for (const file of files) surveys.set(file, await survey(file));
  for (const [file, { sites, flows }] of surveys)
    for (const contender of contenders) {
      const how = { contender, seed, size: { perDay }, sites, flows, priceOf };
      yield { file, contender: contender.name, ...(await play(readTrace(file), how)) };
    }
}

interface Survey {
  sites: string[];
  flows: string[];
}

async function survey(file: string): Promise<Survey> {
  const sites = new Set<string>();
  const flows = new Set<string>();
  for await (const line of readTrace(file)) {
    if (line.kind !== 'send') continue;
    sites.add(line.site);
    if (line.flow !== 'default') flows.add(line.flow);
  }
  if (sites.size === 0) throw new TraceError(file, 'has no line of kind "send"');
  return { sites: [...sites], flows: [...flows] };
}

async function readOptions(argv: readonly string[]): Promise<ReplayOptions & { isJson: boolean }> {
  const { values, positionals } = parse(argv);
  if (positionals.length === 0) throw new UsageError('no trace was given');
  const names = values.contender ?? [];
  if (names.length === 0) throw new UsageError('--contender: is missing');
  const contenders = names.map((name) => {
    const contender = contenderOf(name);
    if (!contender) throw new UsageError(`--contender: "${name}" is not known`);
    return contender;
  });
  return {
    files: positionals,
    contenders,
    seed: wholeNumber('--seed', values.seed),
    perDay: values.daily === undefined ? undefined : wholeNumber('--daily', values.daily, 1),
    priceOf: values.prices === undefined ? usualPrices() : await readPrices(values.prices),
    isJson: values.json ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        contender: { type: 'string', multiple: true },
        seed: { type: 'string' },
        prices: { type: 'string' },
        daily: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, text: string | undefined, least = 0): number {
  if (text === undefined) throw new UsageError(`${option}: is missing`);
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option}: must be a whole number of ${least} or more, got "${text}"`);
  return number;
}

async function readPrices(file: string): Promise<PriceOf> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new UsageError(`--prices: ${file} ${reason}`);
  }
  const prices = v.safeParse(PricesSchema, value);
  if (prices.success) return priceList(prices.output);
  const [issue] = prices.issues;
  const path = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  throw new UsageError(`--prices: ${file}: ${path}: ${issue.message}`);
}

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });

function printed({ file, contender, ...figures }: Replayed): string {
  const lines = Object.entries(figures).map(
    ([name, figure]) => `  ${name.padEnd(18)} ${figure === null ? '—' : NUMBERS.format(figure)}`,
  );
  return [`${file} · ${contender}`, ...lines].join('\n');
}

async function main(): Promise<void> {
  const { isJson, ...options } = await readOptions(process.argv.slice(2));
  for await (const replayed of replay(options))
    console.log(isJson ? JSON.stringify(replayed) : printed(replayed));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
    else if (error instanceof TraceError) console.error(error.message);
    else if (isNoFile(error)) console.error(`${error.path}: cannot be read`);
    else throw error;
    process.exitCode = 1;
  }
}

function isNoFile(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'path' in error && 'code' in error;
}
