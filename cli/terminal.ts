/** What a command needs of the terminal that it runs in. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface Terminal {
  print(line: string): void;
  /** `null` where nobody can be asked. */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string | null>;
}

/** A command was called wrongly; the message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command: its parameters in, an exit code out. */
export type Command = (parameters: readonly string[], terminal: Terminal) => Promise<number>;

export function systemTerminal(): Terminal {
  return {
    print: (line) => console.log(line),
    async ask(question, { isSecret = false } = {}) {
      if (!process.stdin.isTTY) return null;
      // What is typed of a secret is not drawn, so that it is on no screen and in no recording of one.
      const output = isSecret ? nowhere() : process.stdout;
      const lines = createInterface({ input: process.stdin, output, terminal: true });
      if (isSecret) process.stdout.write(`${question} `);
      try {
        return (await lines.question(`${question} `)).trim();
      } finally {
        lines.close();
        if (isSecret) process.stdout.write('\n');
      }
    },
  };
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
