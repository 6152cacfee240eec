import type { DeployedWorker } from './deployed-worker.ts';

/** A Worker without limits and guard as a rule in front of it sees it: every message goes out, every code is right. */
export function openPath(): DeployedWorker {
  const nothing = async () => {};
  return {
    nowMs: 0,
    send: async ({ site, ip, country }) => {
      if (country === '') return { kind: 'refused', code: 'destination_not_allowed' };
      const message = { session: '', site, ip, code: '', sid: '', callbackUrl: undefined };
      return { kind: 'sent', message };
    },
    challengeToken: () => '',
    verify: async () => true,
    report: nothing,
    feedback: nothing,
    sweep: nothing,
    close: () => {},
  };
}
