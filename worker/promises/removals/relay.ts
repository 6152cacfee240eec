import type { Removal } from './removal.ts';

const WAY = 'relay/relay.test.ts';
const ANSWERS = 'worker/egress/relay.test.ts';

export const RELAY: readonly Removal[] = [
  {
    promise: 'P7',
    control: 'the relay takes a request once',
    file: 'relay/nonces.ts',
    was: `      if (expiries.has(nonce)) return 'replayed';\n`,
    without: '',
    test: [WAY, 'was seen before, one after the other or all at once'],
  },
  {
    promise: 'P7',
    control: 'the relay takes nothing that an earlier run of it may have taken',
    file: 'relay/relay.ts',
    was: `  if (signedAtMs < startedAtMs) return 'restarted';\n`,
    without: '',
    test: [WAY, 'was signed before it started'],
  },
  {
    promise: 'P7',
    control: 'the relay takes a request for a minute',
    file: 'relay/relay.ts',
    was: `  if (Math.abs(nowMs - signedAtMs) > MAX_SKEW_MS) return 'stale';\n`,
    without: '',
    test: [WAY, 'was signed more than a minute ago, or for later'],
  },
  {
    promise: 'P14',
    control: 'the relay passes on what is signed',
    file: 'relay/relay.ts',
    was: `    if (secret === undefined) return fail('bad_signature');\n`,
    without: `    if (secret === undefined) return passAndSign(readOrder(frame) as Order, { secret: '', stamp, outgoing, fail });\n`,
    test: [WAY, 'was changed on the way, whichever part of it'],
  },
  {
    promise: 'P14',
    control: 'the relay asks the providers and nobody else',
    file: 'relay/relay.ts',
    was: `    if (!isAllowedTarget(order.url, targets)) return fail('target_not_allowed');\n`,
    without: '',
    test: [WAY, 'is for anybody but the providers'],
  },
  {
    promise: 'P14',
    control: 'an answer by the relay is signed',
    file: 'worker/egress/relay.ts',
    was: '  const read = isGenuine ? fromFrame(frame) : undefined;',
    without: '  const read = isGenuine || true ? fromFrame(frame) : undefined;',
    test: [ANSWERS, 'and none when it is changed from a no to a yes'],
  },
  {
    promise: 'P14',
    control: 'an answer by the relay is that of this request',
    file: 'relay/protocol.ts',
    was: 'function signedBytes(part: SignedPart, { timestamp, nonce }: Stamp, frame: string) {\n',
    without: `function signedBytes(part: SignedPart, _: Stamp, frame: string) {
  const [timestamp, nonce] = ['', ''];\n`,
    test: [ANSWERS, 'and none when it was given to another request'],
  },
  {
    promise: 'P14',
    control: 'the relay waits for a provider so long',
    file: 'relay/pass-on.ts',
    was: `    const timer = setTimeout(() => fail('late'), deadlineMs);`,
    without: '    const timer = undefined;',
    test: [WAY, 'hangs: the request may have been heard'],
  },
  {
    promise: 'P14',
    control: 'the relay reads so much of an answer',
    file: 'relay/pass-on.ts',
    was: `    if (size > maxBytes) return { kind: 'oversized', status, body: '' };\n`,
    without: '',
    test: [WAY, 'reads no more than the caller has use for'],
  },
  {
    promise: 'P14',
    control: 'the relay has so many calls under way',
    file: 'relay/relay.ts',
    was: `    if (isClosing || calls >= MAX_CALLS) return fail('busy');\n`,
    without: '',
    test: [WAY, 'has no more than 200 calls under way'],
  },
  {
    promise: 'P18',
    control: 'the log of the relay knows hosts and no paths',
    file: 'relay/relay.ts',
    was: '    asked.host = order.url.hostname;',
    without: '    asked.host = order.url.href;',
    test: [WAY, 'logs time, host, outcome and duration'],
  },
];
