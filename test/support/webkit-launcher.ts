/**
 * Runs widget tests in WebKitGTK, the engine of Safari that can be had on Linux. Its driver takes one session at a
 * time and needs a screen. What is asked of it are five calls of https://www.w3.org/TR/webdriver2/, so they are made
 * here, and no client with its hundred packages and its installers of other drivers comes along.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserLauncher, SessionResult } from '@web/test-runner';
import { findWebKit } from './browsers.ts';
import { freePort } from './free-port.ts';

const START_TIMEOUT_MS = 20_000;

/** Keys that are not characters, by the names that tests use. https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};

export class WebKitLauncher implements BrowserLauncher {
  readonly name = 'WebKit';
  /** By this the test runner's commands know how to speak to it: `sendKeys` below. */
  readonly type = 'webdriver';
  readonly concurrency = 1;
  readonly #urls = new Map<string, string>();
  #browser: Promise<WebKitBrowser> | null = null;

  async startSession(sessionId: string, url: string): Promise<void> {
    this.#urls.set(sessionId, url);
    try {
      await (await this.#started()).goTo(url);
    } catch {
      // It may have died after the file before, whose tests are told by then. A second one is not a third.
      await this.stop();
      await (await this.#started()).goTo(url);
    }
  }

  #started(): Promise<WebKitBrowser> {
    this.#browser ??= WebKitBrowser.start();
    return this.#browser;
  }

  isActive(sessionId: string): boolean {
    return this.#urls.has(sessionId);
  }

  getBrowserUrl(sessionId: string): string | undefined {
    return this.#urls.get(sessionId);
  }

  async stopSession(sessionId: string): Promise<SessionResult> {
    this.#urls.delete(sessionId);
    // Ends whatever still runs in the page. Where there is none any more, the next session finds out.
    await (await this.#browser)?.goTo('about:blank').catch(() => undefined);
    return {};
  }

  startDebugSession(): Promise<void> {
    return Promise.reject(new Error('WebKit runs on a screen that nobody sees'));
  }

  async sendKeys(_sessionId: string, keys: string[]): Promise<void> {
    await (await this.#browser)?.press(keys.map((key) => KEYS[key] ?? key));
  }

  async stop(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    await (await browser?.catch(() => null))?.stop().catch(() => undefined);
  }
}

class WebKitBrowser {
  readonly #processes: AsyncDisposableStack;
  readonly #url: string;

  private constructor(processes: AsyncDisposableStack, url: string) {
    this.#processes = processes;
    this.#url = url;
  }

  static async start(): Promise<WebKitBrowser> {
    const { driver, xvfb } = findWebKit();
    await using processes = new AsyncDisposableStack();

    const screen = processes.adopt(
      spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1280x1024x24'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
      end,
    );
    process.once('exit', () => screen.kill());
    const display = await firstLine(screen);

    const port = await freePort();
    const driving = processes.adopt(
      spawn(driver, [`--port=${port}`], {
        env: { ...process.env, DISPLAY: `:${display}`, LANG: 'C.UTF-8' },
        stdio: 'ignore',
      }),
      end,
    );
    process.once('exit', () => driving.kill());

    const driverUrl = `http://127.0.0.1:${port}`;
    await answers(`${driverUrl}/status`);
    const { sessionId } = (await call('POST', `${driverUrl}/session`, {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser' } },
    })) as { sessionId: string };
    const url = `${driverUrl}/session/${sessionId}`;
    processes.defer(() => call('DELETE', url).then(() => undefined));
    return new WebKitBrowser(processes.move(), url);
  }

  async goTo(url: string): Promise<void> {
    await call('POST', `${this.#url}/url`, { url });
  }

  async press(keys: readonly string[]): Promise<void> {
    const actions = keys.flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await call('POST', `${this.#url}/actions`, {
      actions: [{ type: 'key', id: 'keyboard', actions }],
    });
  }

  stop(): Promise<void> {
    return this.#processes.disposeAsync();
  }
}

async function call(method: 'POST' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, body: body ? JSON.stringify(body) : null });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`WebKit’s driver: ${JSON.stringify(value)}`);
  return value;
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error('WebKit’s driver does not start');
    await wait(50);
  }
}

async function firstLine({ stdout, exitCode }: ChildProcess): Promise<string> {
  if (!stdout || exitCode !== null) throw new Error('Xvfb does not start');
  const [line] = await once(stdout, 'data', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
  return String(line).trim();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
