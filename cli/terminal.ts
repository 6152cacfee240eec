/** What a command needs of the terminal that it runs in. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Terminal {
  /** What the command was asked for. */
  print(line: string): void;
  /** What is said beside it: no part of what a script reads. */
  note(line: string): void;
  /** Whether somebody is there to type. */
  readonly canAsk: boolean;
  /** `null` where nobody can be asked. @throws Stopped */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string | null>;
}

/** A command was called wrongly; the message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Somebody has answered a question with Ctrl-C or Ctrl-D. */
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
      // What is typed of a secret is not drawn, so that it is on no screen and in no recording of one.
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
