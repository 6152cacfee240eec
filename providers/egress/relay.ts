/** By a relay of the operator's, at an address that the provider knows. Its other half is the program in `relay/`. */
import {
  fromFrame,
  isSigned,
  MAX_HEAD_BYTES,
  MAX_REQUEST_BYTES,
  newStamp,
  RELAY_HEADERS,
  RELAY_PATH,
  type Stamp,
  signFrame,
  toFrame,
} from '../../relay/protocol.ts';
import {
  answerBytesOf,
  type Egress,
  type OutboundAnswer,
  type OutboundRequest,
  type RelayTrouble,
} from './egress.ts';
import { readLimited } from './read-limited.ts';

/** Whole exchange. The relay gives up a second earlier, so that one hears why. */
const DEADLINE_MS = 8_000;

export interface RelayEgressOptions {
  /** Where the relay is, without its path: `https://relay.example.com`. */
  relayUrl: string;
  /** `RELAY_SECRET`, the same on both sides; at least 32 bytes. */
  secret: string;
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  deadlineMs?: number;
}

/** One try, as straight from here: a repeated send is a second message. */
export function createRelayEgress(options: RelayEgressOptions): Egress {
  const { relayUrl, secret, fetch: fetchImpl, now = Date.now, deadlineMs = DEADLINE_MS } = options;
  return {
    async call(request): Promise<OutboundAnswer> {
      const frame = frameOf(request);
      if (new TextEncoder().encode(frame).length > MAX_REQUEST_BYTES)
        return refusal('misconfigured', 'too_large');
      const stamp = newStamp(now());
      const signature = await signFrame(secret, 'request', stamp, frame);
      const signal = AbortSignal.timeout(deadlineMs);
      try {
        const response = await fetchImpl(`${relayUrl}${RELAY_PATH}`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/octet-stream',
            [RELAY_HEADERS.timestamp]: stamp.timestamp,
            [RELAY_HEADERS.nonce]: stamp.nonce,
            [RELAY_HEADERS.signature]: signature,
          },
          body: frame,
          redirect: 'manual',
          signal,
        });
        const answer = await readLimited(response, answerBytesOf(request) + MAX_HEAD_BYTES);
        const error = response.headers.get(RELAY_HEADERS.error);
        if (error !== null) return troubleOf(error);
        return await readSigned(response, answer ?? '', { secret, stamp });
      } catch {
        return { kind: 'unanswered', why: signal.aborted ? 'late' : 'broken' };
      }
    },
  };
}

function frameOf(request: OutboundRequest): string {
  const { method, url, headers, body = '' } = request;
  return toFrame({ method, url, headers, maxAnswerBytes: answerBytesOf(request), body });
}

/** Why the relay has no answer of the provider's. A word that it does not have may come from anybody. */
function troubleOf(error: string): OutboundAnswer {
  switch (error) {
    case 'late':
      return { kind: 'unanswered', why: 'late' };
    case 'unreachable':
      return refusal('provider_unreachable', error);
    case 'busy':
      return refusal('busy', error);
    case 'not_found':
    case 'unsigned':
    case 'bad_signature':
    case 'stale':
    case 'malformed':
    case 'too_large':
    case 'target_not_allowed':
      return refusal('misconfigured', error);
    default:
      return { kind: 'unanswered', why: 'broken' };
  }
}

function refusal(why: RelayTrouble, detail: string): OutboundAnswer {
  return { kind: 'refused_by_relay', why, detail };
}

/** An answer that the relay has not signed for this very request is none: it may have been sent by then. */
async function readSigned(
  response: Response,
  frame: string,
  { secret, stamp }: { secret: string; stamp: Stamp },
): Promise<OutboundAnswer> {
  const signature = response.headers.get(RELAY_HEADERS.signature) ?? '';
  const isGenuine = await isSigned(secret, 'answer', stamp, frame, signature);
  const read = isGenuine ? fromFrame(frame) : undefined;
  return (read && readAnswer(read)) ?? { kind: 'unanswered', why: 'broken' };
}

function readAnswer({ head, body }: { head: unknown; body: string }): OutboundAnswer | undefined {
  if (typeof head !== 'object' || head === null) return undefined;
  const { kind, status, retryAfter, from } = head as Readonly<Record<string, unknown>>;
  if (typeof status !== 'number') return undefined;
  if (kind === 'oversized') return { kind, status };
  if (kind !== 'answered' || !(retryAfter === null || typeof retryAfter === 'string'))
    return undefined;
  return { kind, status, retryAfter, text: body, ...(typeof from === 'string' ? { from } : {}) };
}
