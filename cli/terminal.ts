/** What a command needs of the terminal that it runs in. */
import { createInterface } from 'node:readline/promises';

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
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      try {
        const answer = lines.question(`${question} `);
        // What is typed is not drawn, so that it is on no screen and in no recording of one.
        if (isSecret) Object.assign(lines, { _writeToOutput: () => undefined });
        return (await answer).trim();
      } finally {
        lines.close();
        if (isSecret) process.stdout.write('\n');
      }
    },
  };
}
