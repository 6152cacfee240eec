import { CODES_AND_PROOFS } from './codes-and-proofs.ts';
import { EDGES } from './edges.ts';
import { GUARD } from './guard.ts';
import { LIMITS_AND_STORES } from './limits-and-stores.ts';
import { MESSAGES_AND_REPORTS } from './messages.ts';
import type { Mutant } from './mutant.ts';
import { RELAY } from './relay.ts';

/** In the order of the promises. */
export const MUTANTS: readonly Mutant[] = [
  ...CODES_AND_PROOFS,
  ...LIMITS_AND_STORES,
  ...EDGES,
  ...MESSAGES_AND_REPORTS,
  ...RELAY,
  ...GUARD,
].sort((a, b) => Number(a.promise.slice(1)) - Number(b.promise.slice(1)));
