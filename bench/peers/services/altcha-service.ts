/** The site's own half of ALTCHA: a challenge as the server part of its package makes it, of the default algorithm. */
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { type Handler, json } from '../local-host.ts';
import { packageFile } from '../packages.ts';

/** What is used of `altcha/lib`. Installed apart from the product, so it is not there to be type-checked. */
const AltchaLibrarySchema = v.object({
  createChallenge: v.function(),
  pbkdf2: v.object({ deriveKey: v.function() }),
});

/** Iterations of PBKDF2 in one try; the examples of its documentation take as many. */
const COST = 5_000;
/** The try that succeeds: the middle of the range that the documentation's examples draw from. */
const COUNTER = 7_500;

export async function altchaService(): Promise<Handler> {
  const file = packageFile('altcha', 'dist/lib/index.js');
  const { createChallenge, pbkdf2 } = v.parse(
    AltchaLibrarySchema,
    await import(pathToFileURL(file).href),
  );
  return async ({ url }) => {
    if (url.pathname !== '/altcha/challenge') return undefined;
    const challenge: unknown = await createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: COST,
      counter: COUNTER,
      deriveKey: pbkdf2.deriveKey,
      hmacSignatureSecret: 'of the benchmark',
    });
    return json(challenge);
  };
}
