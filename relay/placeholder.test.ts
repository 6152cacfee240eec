import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as worker from '../worker/util/placeholders.ts';
import { isPlaceholder } from './placeholder.ts';
import { readSettings } from './settings.ts';

/** Long enough for a secret. */
const PLACEHOLDERS = [
  ...['x'.repeat(32), 'X-'.repeat(20), '0'.repeat(44), '.'.repeat(32), '…'.repeat(16)],
  ...['abcd'.repeat(8), '0123456789abcdef'.repeat(2), 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ...[
    '<at least thirty-two bytes, the same as the Worker’s>',
    '[the same secret as the Worker has]',
  ],
  ...[`\${{ secrets.RELAY_SECRET_OF_THE_WORKER }}`, '{{ the_secret_of_this_relay_as_text }}'],
  ...['$(openssl rand -base64 32 | tr -d =+/)', 'openssl rand -base64 32 | tr -d "=+/"'],
  ...['process.env.RELAY_SECRET_OF_PRODUCTION', '__THE_RELAY_SECRET_OF_THIS_MACHINE__'],
  ...['change-me-to-a-long-random-string', 'CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME'],
  ...['please change this to something long', 'replace-with-the-secret-of-the-worker'],
  ...['TODO: make one with openssl and put it here', 'insert-the-secret-of-the-worker-here'],
  ...['the secret of the Worker goes here', 'your-very-long-relay-secret-of-32-bytes-here...'],
  ...['your-very-long-and-random-relay-secret', 'your_super_secret_random_relay_secret_here'],
  ...['"change-me-to-a-long-random-string"', 'k3J9…the rest of the secret of the Worker'],
];

const problemsOf = (env: Record<string, string>) => {
  const read = readSettings(env);
  return read.ok ? [] : read.problems;
};

describe('the secret of the relay', () => {
  it.each(PLACEHOLDERS)('%j › is refused as a placeholder, and not repeated', (secret) => {
    for (const name of ['RELAY_SECRET', 'RELAY_SECRET_PREVIOUS']) {
      const good = 'a secret of the relay, thirty-two bytes and more';
      const problems = problemsOf({ RELAY_SECRET: good, [name]: secret });
      expect(problems).toEqual([expect.stringMatching(`^${name} must be a random secret`)]);
      expect(problems.join()).not.toContain(secret);
    }
  });

  const drawn = fc
    .uint8Array({ minLength: 32, maxLength: 48 })
    .filter((bytes) => new Set(bytes).size > 16);

  it.each(['base64', 'base64url', 'hex'] as const)(
    'drawn at random, in %s › is taken',
    (encoding) => {
      fc.assert(
        fc.property(drawn, (bytes) => {
          expect(problemsOf({ RELAY_SECRET: Buffer.from(bytes).toString(encoding) })).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(['xxx', 'changeme', 'TODO', 'your-key', '000000', 'secret', 'undefined'])(
    'drawn at random, with %s in it › is taken',
    (piece) => {
      fc.assert(
        fc.property(drawn, fc.nat(32), (bytes, at) => {
          const text = Buffer.from(bytes).toString('base64url');
          // What stands first may be an instruction to whoever reads it.
          const secret = `${text.slice(0, at + 1)}${piece}${text.slice(at + 1)}`;
          expect(problemsOf({ RELAY_SECRET: secret })).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('is refused by no relay where the Worker takes it', () => {
    const text = fc.oneof(fc.string({ minLength: 32 }), fc.constantFrom(...PLACEHOLDERS));
    fc.assert(
      fc.property(text, (secret) => {
        if (isPlaceholder(secret))
          expect(worker.isPlaceholder(secret) || worker.isGuessable(secret)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
