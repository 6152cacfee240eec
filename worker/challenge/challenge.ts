/** The challenge before a send: whether one is required, and whether it was passed. */
import type { ChallengeConfig } from '../../shared/api/responses.ts';
import { RequestError } from '../errors.ts';
import type { Turnstile } from './turnstile.ts';

export interface Challenge {
  /** For the widget, if the first send already requires a challenge. */
  config: ChallengeConfig;
  /**
   * @param nthSend of this client within its limit's window, this one included
   * @returns whether one was asked for, and passed
   * @throws RequestError `challenge_required`, `challenge_failed`, or `challenge_unavailable`
   */
  require(send: { token: string | undefined; nthSend: number; site: string }): Promise<boolean>;
}

/**
 * @param fromNthSend 0: never; 1: always; n: from a client's n-th send on
 * @param turnstile absent where no flow asks for a challenge
 */
export function createChallenge(fromNthSend: number, turnstile: Turnstile | undefined): Challenge {
  if (fromNthSend === 0 || !turnstile) return { config: null, require: async () => false };
  return {
    config: fromNthSend <= 1 ? turnstile.config : null,
    async require({ token, nthSend, site }) {
      if (nthSend < fromNthSend) return false;
      if (token === undefined)
        throw new RequestError({ kind: 'challenge_required', challenge: turnstile.config });
      await turnstile.check(token, site);
      return true;
    },
  };
}
