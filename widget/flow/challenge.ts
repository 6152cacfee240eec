import type { Challenge } from '../../shared/api/responses.ts';

/** The send requires a challenge: it runs by itself, or needs interaction. */
export type ChallengeStage = 'running' | 'shown';

export interface ChallengeAsk {
  challenge: Challenge;
  /** Takes the challenge down. */
  signal: AbortSignal;
  /** The visitor has something to do. */
  onShown(): void;
}

export interface ChallengeToken {
  token: string;
}
