/**
 * Runs an Action or a Hook as Auth0 does: each file by itself, as a CommonJS module in a context of its own, with the
 * globals of Node and nothing of ours.
 */
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { compileFunction, createContext } from 'node:vm';

const builtin = createRequire(import.meta.url);

export interface ActionExports {
  onExecuteCustomPhoneProvider?: (event: object, api: object) => Promise<unknown>;
  onExecuteSendPhoneMessage?: (event: object, api: object) => Promise<unknown>;
}

export type Hook = (
  recipient: string,
  text: string,
  context: object,
  cb: (error: unknown, response?: unknown) => void,
) => void;

/** @param file in this folder */
export function load(file: string): unknown {
  const context = createContext({
    fetch,
    URL,
    AbortSignal,
    get console(): never {
      throw new Error('It logs by itself, and Auth0 keeps what is logged');
    },
  });
  const code = readFileSync(join(import.meta.dirname, file), 'utf8');
  const run = compileFunction(code, ['exports', 'require', 'module'], {
    filename: file,
    parsingContext: context,
  });
  const module = { exports: {} as unknown };
  run.call(module.exports, module.exports, requireBuiltin, module);
  return module.exports;
}

/** A package would have to be added in Auth0's editor. */
function requireBuiltin(name: string): unknown {
  if (!isBuiltin(name)) throw new Error(`${name} is no part of Node`);
  return builtin(name);
}

export type Verdict =
  | { kind: 'accepted' }
  | { kind: 'drop'; reason: string }
  | { kind: 'retry'; reason: string }
  | { kind: 'thrown'; reason: string };

export async function runPhoneProvider(file: string, event: object): Promise<Verdict> {
  const { onExecuteCustomPhoneProvider: handler } = load(file) as ActionExports;
  if (!handler) throw new Error(`${file} has no handler`);
  // Auth0 goes by the last of several calls: ours makes one.
  const verdicts: Verdict[] = [];
  const api = {
    notification: {
      drop: (reason: string) => verdicts.push({ kind: 'drop', reason }),
      retry: (reason: string) => verdicts.push({ kind: 'retry', reason }),
    },
  };
  await handler(event, api);
  if (verdicts.length > 1) throw new Error(`${verdicts.length} verdicts on one notification`);
  return verdicts[0] ?? { kind: 'accepted' };
}

export async function runSendPhoneMessage(file: string, event: object): Promise<Verdict> {
  const { onExecuteSendPhoneMessage: handler } = load(file) as ActionExports;
  if (!handler) throw new Error(`${file} has no handler`);
  return handler(event, {}).then(
    () => ({ kind: 'accepted' }),
    (error: unknown) => ({ kind: 'thrown', reason: wordsOf(error) }),
  );
}

export function runHook(
  file: string,
  { recipient, text, context }: { recipient: string; text: string; context: object },
): Promise<Verdict> {
  const hook = load(file) as Hook;
  return new Promise((resolve) => {
    hook(recipient, text, context, (error, response) => {
      if (error) resolve({ kind: 'thrown', reason: wordsOf(error) });
      else resolve(response ? { kind: 'accepted' } : { kind: 'thrown', reason: 'no response' });
    });
  });
}

/** All that Auth0 may log of an error. */
function wordsOf(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [message, stack, String(cause ?? '')].join('\n');
}

/** Where nobody listens any more. */
export async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
