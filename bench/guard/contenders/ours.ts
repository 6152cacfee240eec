import type { Contender } from './contender.ts';
import { sizedLimits } from './limits.ts';

/**
 * The Worker with its guard on. The guard counts by address too, and knows more than the number of sends: the limit of
 * an address is set so that a university behind one is not stopped by it.
 */
const PER_ADDRESS = '100/10m';

export const ours: Contender = {
  name: 'ours',
  hasChallenge: true,
  settings: (size) => ({
    GUARD: 'on',
    LIMITS: { ...sizedLimits(size), send_per_ip: PER_ADDRESS, verify_per_ip: PER_ADDRESS },
  }),
};

export const oursWithoutChallenge: Contender = {
  ...ours,
  name: 'ours-without-challenge',
  hasChallenge: false,
};
