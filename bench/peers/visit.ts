/**
 * One visit: a new visitor with an empty cache, a slow processor and a slow network, who opens the page, waits for the
 * field, lets the page come to rest and then uses it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import * as v from 'valibot';
import type { Contender } from './contenders.ts';

export interface Visit {
  toField: {
    /** From the start of the navigation. */
    ms: number;
    /** Of all that had come by then but the page itself, as it was sent. */
    bytes: number;
    requests: number;
  };
  /** Of the main thread, until the page has come to rest, before it is used. */
  mainThread: { tasksMs: number; scriptsMs: number };
  total: { bytes: number; requests: number };
  /** Layout shift from the load to the end, but for half a second after each input, as Web Vitals counts it. */
  shift: number;
  /** What was left out there. */
  shiftAfterInput: number;
  /** Requests to hosts other than this machine. */
  refused: number;
}

/** Four times slower than this machine: what Lighthouse takes for a middling phone. */
const PROCESSOR_SLOWDOWN = 4;
/** "Slow 4G" of Chromium's developer tools: 1.44 Mbit/s down, 675 kbit/s up, 562.5 ms a request. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: 180_000,
  uploadThroughput: 84_375,
};
/** A phone's, in CSS pixels. */
const VIEWPORT = { width: 412, height: 915 };
const PIXEL_RATIO = 2;

const PATIENCE_MS = 60_000;
/** Nothing under way for so long is rest. */
const REST_MS = 1_000;
const LOOK_MS = 50;

const WATCH_PAGE = readFileSync(join(import.meta.dirname, 'watch-page.js'), 'utf8');

const WatchedSchema = v.object({
  usableMs: v.nullable(v.number()),
  shift: v.number(),
  shiftAfterInput: v.number(),
});

const ResourcesSchema = v.array(v.object({ bytes: v.number(), endMs: v.number() }));

const MetricsSchema = v.object({
  metrics: v.array(v.object({ name: v.string(), value: v.number() })),
});

/**
 * @param touchesAtOnce the first touch comes the moment the field is usable, to prove that it is; figures of the main
 * thread then hold what the touch costs
 */
export async function visit(
  browser: Browser,
  contender: Contender,
  url: string,
  touchesAtOnce: boolean,
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: VIEWPORT,
    deviceScaleFactor: PIXEL_RATIO,
  });
  try {
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript({
      content: `${WATCH_PAGE}\nif (window === top) watchPage(${JSON.stringify(contender.field)});`,
    });
    const page = await context.newPage();
    const traffic = watchTraffic(page);
    const devtools = await context.newCDPSession(page);
    await slowDown(devtools);
    await devtools.send('Performance.enable');

    await page.goto(url, { waitUntil: 'commit' });
    const usableMs = await whenUsable(devtools);
    if (touchesAtOnce) await touch(page, contender);
    await traffic.rest();
    const mainThread = await mainThreadWork(devtools);
    if (!touchesAtOnce) await touch(page, contender);
    await contender.goOn(page);
    await traffic.rest();

    const unanswered = traffic.unanswered();
    if (unanswered.length > 0)
      throw new Error(`${contender.name} asked for what nobody answers: ${unanswered.join(', ')}`);
    const resources = await loaded(devtools);
    const before = resources.filter(({ endMs }) => endMs <= usableMs);
    const { shift, shiftAfterInput } = await watched(devtools);
    return {
      toField: { ms: usableMs, bytes: bytesOf(before), requests: before.length },
      mainThread,
      total: { bytes: bytesOf(resources), requests: resources.length },
      shift,
      shiftAfterInput,
      refused: traffic.refused(),
    };
  } finally {
    await context.close();
  }
}

async function slowDown(devtools: CDPSession): Promise<void> {
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: PROCESSOR_SLOWDOWN });
}

async function touch(page: Page, { name, field, firstTouch }: Contender): Promise<void> {
  const element = page.locator(field.join(' '));
  switch (firstTouch) {
    case 'tick':
      // Painted over by its own mark, which takes the click for it.
      return element.click({ force: true });
    case 'type a digit': {
      await element.focus();
      await page.keyboard.type('1');
      const value = await element.inputValue();
      if (value !== '1') throw new Error(`${name}: typed "1", and the field says "${value}"`);
      return undefined;
    }
  }
}

interface Traffic {
  rest(): Promise<void>;
  /** How many went to hosts other than this machine. */
  refused(): number;
  /** What was asked of this machine, and answered with an error. */
  unanswered(): readonly string[];
}

function watchTraffic(page: Page): Traffic {
  let underWay = 0;
  let refused = 0;
  const unanswered: string[] = [];
  let changedAtMs = performance.now();
  const change = (by: number) => {
    underWay += by;
    changedAtMs = performance.now();
  };
  page.on('request', (request) => {
    change(1);
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') refused += 1;
  });
  page.on('response', (response) => {
    if (!response.ok()) unanswered.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfinished', () => change(-1));
  page.on('requestfailed', () => change(-1));
  return {
    async rest() {
      const startedAtMs = performance.now();
      changedAtMs = startedAtMs;
      while (underWay > 0 || performance.now() - changedAtMs < REST_MS) {
        if (performance.now() - startedAtMs > PATIENCE_MS)
          throw new Error(`no rest: ${underWay} requests are still under way at ${page.url()}`);
        await setTimeout(LOOK_MS);
      }
    },
    refused: () => refused,
    unanswered: () => unanswered,
  };
}

/** By the protocol itself: Playwright would load its own script into the page first, which costs more than a widget. */
async function evaluate(devtools: CDPSession, expression: string): Promise<unknown> {
  const { result } = await devtools.send('Runtime.evaluate', { expression, returnByValue: true });
  return result.value;
}

async function watched(devtools: CDPSession): Promise<v.InferOutput<typeof WatchedSchema>> {
  return v.parse(WatchedSchema, await evaluate(devtools, 'benchmark'));
}

async function whenUsable(devtools: CDPSession): Promise<number> {
  const startedAtMs = performance.now();
  while (performance.now() - startedAtMs < PATIENCE_MS) {
    const { usableMs } = await watched(devtools);
    if (usableMs !== null) return usableMs;
    await setTimeout(LOOK_MS);
  }
  throw new Error('the field never came');
}

/** Without what a page makes for itself, as a worker's script. */
async function loaded(devtools: CDPSession): Promise<v.InferOutput<typeof ResourcesSchema>> {
  const entries = await evaluate(
    devtools,
    `performance.getEntriesByType('resource')
      .filter(({ name, encodedBodySize }) => name.startsWith('http') && encodedBodySize > 0)
      .map(({ encodedBodySize, responseEnd }) => ({ bytes: encodedBodySize, endMs: responseEnd }))`,
  );
  return v.parse(ResourcesSchema, entries);
}

function bytesOf(resources: readonly { bytes: number }[]): number {
  return resources.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function mainThreadWork(devtools: CDPSession): Promise<Visit['mainThread']> {
  const { metrics } = v.parse(MetricsSchema, await devtools.send('Performance.getMetrics'));
  const milliseconds = (wanted: string) =>
    (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN) * 1_000;
  return { tasksMs: milliseconds('TaskDuration'), scriptsMs: milliseconds('ScriptDuration') };
}
