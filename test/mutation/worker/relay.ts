import type { Mutant } from './mutant.ts';

const WAY = 'relay/relay.test.ts';
const ANSWERS = 'providers/egress/relay.test.ts';

export const RELAY: readonly Mutant[] = [
  {
    promise: 'P7',
    control: 'the relay accepts a request once',
    file: 'relay/replay-cache.ts',
    was: `      if (expiries.has(nonce)) return 'replayed';\n`,
    without: '',
    test: [WAY, 'was seen before, one after the other or all at once'],
  },
  {
    promise: 'P7',
    control: 'the relay rejects requests signed before it started',
    file: 'relay/relay.ts',
    was: `  if (signedAtMs < startedAtMs) return 'restarted';\n`,
    without: '',
    test: [WAY, 'was signed before it started'],
  },
  {
    promise: 'P7',
    control: 'the relay rejects requests older than a minute',
    file: 'relay/relay.ts',
    was: `  if (Math.abs(nowMs - signedAtMs) > MAX_SKEW_MS) return 'stale';\n`,
    without: '',
    test: [WAY, 'was signed more than a minute ago, or for later'],
  },
  {
    promise: 'P14',
    control: 'the relay forwards signed requests only',
    file: 'relay/relay.ts',
    was: `    if (secret === undefined) return fail('bad_signature');\n`,
    without: `    if (secret === undefined) return passAndSign(readRelayRequest(frame) as RelayRequest, { secret: '', stamp, outgoing, fail });\n`,
    test: [WAY, 'was changed on the way, whichever part of it'],
  },
  {
    promise: 'P14',
    control: 'the relay calls allow-listed hosts only',
    file: 'relay/relay.ts',
    was: `    if (!isAllowedTarget(order.url, targets)) return fail('target_not_allowed');\n`,
    without: '',
    test: [WAY, 'is for anybody but the providers'],
  },
  {
    promise: 'P14',
    control: 'the Worker rejects unsigned relay responses',
    file: 'providers/egress/relay.ts',
    was: '  const read = isGenuine ? fromFrame(frame) : undefined;',
    without: '  const read = isGenuine || true ? fromFrame(frame) : undefined;',
    test: [ANSWERS, 'and none when it is changed from a no to a yes'],
  },
  {
    promise: 'P14',
    control: 'a relay response is bound to its request',
    file: 'relay/protocol.ts',
    was: 'function signedBytes(part: SignedPart, { timestamp, nonce }: Stamp, frame: string) {\n',
    without: `function signedBytes(part: SignedPart, _: Stamp, frame: string) {
  const [timestamp, nonce] = ['', ''];\n`,
    test: [ANSWERS, 'and none when it was given to another request'],
  },
  {
    promise: 'P14',
    control: 'the relay’s provider calls time out',
    file: 'relay/forward.ts',
    was: `    const timer = setTimeout(() => fail('late'), deadlineMs);`,
    without: '    const timer = undefined;',
    test: [WAY, 'hangs: the request may have been heard'],
  },
  {
    promise: 'P14',
    control: 'the relay limits the size of responses',
    file: 'relay/forward.ts',
    was: `    if (size > maxBytes) return { kind: 'oversized', status, body: '' };\n`,
    without: '',
    test: [WAY, 'reads no more than the caller has use for'],
  },
  {
    promise: 'P14',
    control: 'the relay limits concurrent calls',
    file: 'relay/relay.ts',
    was: `    if (isClosing || calls >= MAX_CALLS) return fail('busy');\n`,
    without: '',
    test: [WAY, 'has no more than 200 calls under way'],
  },
  {
    promise: 'P18',
    control: 'the relay’s log has hosts and no paths',
    file: 'relay/relay.ts',
    was: '    asked.host = order.url.hostname;',
    without: '    asked.host = order.url.href;',
    test: [WAY, 'logs time, host, outcome and duration'],
  },
];
