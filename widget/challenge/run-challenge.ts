import type { ReactiveControllerHost } from 'lit';
import { importWithRetry } from '../base/import-with-retry.ts';
import type { ChallengeAsk, ChallengeStage, ChallengeToken } from '../flow/challenge.ts';
import type { Failure, FlowState } from '../flow/state.ts';

/** The challenge before the send that is wanted. While there is one nothing is out, and all may still be changed. */
export function challengeOf({ busy }: FlowState): ChallengeStage | null {
  return (busy?.doing === 'send' && busy.challenge) || null;
}

/**
 * Gets the token that the Worker asks for before it sends. What that takes is loaded here and now, so that a site
 * without challenges never does.
 *
 * @throws the reason of the signal
 */
export async function runChallenge(
  host: ReactiveControllerHost & HTMLElement,
  ask: ChallengeAsk,
): Promise<ChallengeToken | Failure> {
  let turnstile: typeof import('./turnstile.ts');
  try {
    turnstile = await importWithRetry(() => import('./turnstile.ts'));
  } catch {
    return { code: 'challenge_failed', reason: 'challenge_not_loaded' };
  }
  return turnstile.passTurnstile(host, ask);
}
