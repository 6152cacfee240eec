/** The terminal, as commands use it. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Terminal {
  /** Prints a line of the result. */
  print(line: string): void;
  /** Prints a line to stderr, for people and not for scripts. */
  note(line: string): void;
  /** Whether stdin is a terminal. */
  readonly canAsk: boolean;
  /** `null` without a terminal. @throws Stopped */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string | null>;
}

/** Wrong usage; the message says how to fix it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The user pressed Ctrl-C or Ctrl-D at a question. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** A command: its parameters in, an exit code out. */
export type Command = (parameters: readonly string[], terminal: Terminal) => Promise<number>;

export function systemTerminal(): Terminal {
  const canAsk = process.stdin.isTTY;
  return {
    print: (line) => console.log(line),
    note: (line) => console.error(line),
    canAsk,
    async ask(question, { isSecret = false } = {}) {
      if (!canAsk) return null;
      // Do not echo a secret, so that it is on no screen and in no recording of one.
      const output = isSecret ? nowhere() : process.stderr;
      const lines = createInterface({ input: process.stdin, output, terminal: true });
      if (isSecret) process.stderr.write(`${question} `);
      const closed = new Promise<never>((_, reject) => {
        lines.once('close', () => reject(new Stopped('Stopped.')));
      });
      try {
        const answer = lines.question(`${question} `).catch(() => closed);
        return (await Promise.race([answer, closed])).trim();
      } finally {
        closed.catch(() => undefined);
        lines.close();
        if (isSecret) process.stderr.write('\n');
      }
    },
  };
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
