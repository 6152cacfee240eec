/**
 * Straight from this machine, over a connection of its own for each call. Unlike `fetch`, it can tell a provider that
 * was never reached from one that may have heard: a message that has certainly not left may go to another provider.
 */

import { DEADLINE_MS } from '../../../providers/egress/direct.ts';
import {
  answerBytesOf,
  type Egress,
  type OutboundAnswer,
} from '../../../providers/egress/egress.ts';
import { forward } from '../../../relay/forward.ts';

export function createSocketEgress({ deadlineMs = DEADLINE_MS } = {}): Egress {
  return {
    async call(request): Promise<OutboundAnswer> {
      const { url, method, headers, body = '' } = request;
      const maxAnswerBytes = answerBytesOf(request);
      const order = { url: new URL(url), method, headers, body, maxAnswerBytes };
      const passed = await forward(order, { deadlineMs });
      switch (passed.kind) {
        case 'answered': {
          const { kind, status, retryAfter, body: text } = passed;
          return { kind, status, retryAfter, text };
        }
        case 'oversized':
          return { kind: 'oversized', status: passed.status };
        case 'unreachable':
          return { kind: 'unreached' };
        case 'late':
        case 'broken':
          return { kind: 'unanswered', why: passed.kind };
      }
    },
  };
}
