/**
 * A contender that is a service of somebody else's. Each event is a POST of one JSON object, in order, and the next one
 * is only sent once it is answered:
 *
 *     {"event":"start","perDay":5000}                    → any 2xx: forget everything
 *     {"event":"send","at":…,"phone":"+49…","country":"DE","channel":"sms","ip":"…","cf":{…},"site":"…","flow":"…"}
 *                                                        → 200 {"verdict":"allow"|"challenge"|"block"}
 *     {"event":"sent",…}, {"event":"verified","verifiedAt":…,…}   as `send`; any 2xx
 *     {"event":"report","at":…,"phone":"…","state":"…"}, {"event":"feedback","at":…,"phone":"…","outcome":"…"}
 */
import type { Contender, Decider, Verdict } from './contender.ts';
import { none } from './limits.ts';

const VERDICTS: readonly unknown[] = ['allow', 'challenge', 'block'];

/** @param url where the events go */
export function httpContender(url: string): Contender {
  return {
    ...none,
    name: url,
    createDecider({ perDay }) {
      const started = tell({ event: 'start', ...(perDay === undefined ? {} : { perDay }) });
      // It is reported by the first decision that waits for it.
      started.catch(() => undefined);
      return createDecider(started);
    },
  };

  function createDecider(started: Promise<unknown>): Decider {
    return {
      async decide(send) {
        await started;
        const response = await tell({ event: 'send', ...withoutKind(send) });
        const { verdict } = (await response.json()) as { verdict?: unknown };
        if (!isVerdict(verdict))
          throw new Error(`${url} answered a send without a verdict of ${VERDICTS.join(', ')}`);
        return verdict;
      },
      sent: async (send) => void (await tell({ event: 'sent', ...withoutKind(send) })),
      verified: async (send, verifiedAt) =>
        void (await tell({ event: 'verified', verifiedAt, ...withoutKind(send) })),
      report: async (line) => void (await tell({ event: 'report', ...withoutKind(line) })),
      feedback: async (line) => void (await tell({ event: 'feedback', ...withoutKind(line) })),
    };
  }

  async function tell(event: Record<string, unknown>): Promise<Response> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
    });
    if (!response.ok)
      throw new Error(`${url} answered "${event['event']}" with ${response.status}`);
    return response;
  }
}

function withoutKind<Line extends { kind: string }>({ kind: _kind, ...line }: Line) {
  return line;
}

function isVerdict(value: unknown): value is Verdict {
  return VERDICTS.includes(value);
}
