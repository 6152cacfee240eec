/** Controls on how often, how much and for how long. */
import type { Mutant } from './mutant.ts';

const KV = 'worker/rate-limit/client/kv-client-limiter.ts';
const ADDRESS = 'worker/rate-limit/client/ip-address.ts';
const SEND_TEST = 'worker/routes/visitor/send.workerd.test.ts';
const BURSTS = 'test/security/worker/bursts.workerd.test.ts';
const ADDRESS_TEST = 'test/security/worker/client-address.workerd.test.ts';
const FREE = 'test/security/worker/refusals-cost-nothing.workerd.test.ts';
const HANG_UPS = 'test/security/worker/hang-ups.workerd.test.ts';
const STORES = 'test/security/worker/store-faults.workerd.test.ts';
const ANOTHER_WAY = 'worker/rate-limit/phone/another-way.test.ts';
const BOUNDED = 'test/security/worker/bounded-state.workerd.test.ts';

export const LIMITS_AND_STORES: readonly Mutant[] = [
  {
    promise: 'P6',
    control: 'writes to KV only when a request is about to cost',
    file: KV,
    was: `      return {
        nth: within(`,
    without: `      own.state = 'kept';
      await store(keyOf(client), events, own);
      return {
        nth: within(`,
    test: [FREE, 'rate_limited for a cooldown'],
  },
  {
    promise: 'P6',
    control: 'an open circuit rejects before any call',
    file: 'worker/routes/visitor/send.ts',
    was: `  requireAvailable(asked.connectors, 'send');\n`,
    without: '',
    test: [FREE, 'temporarily_unavailable for an open circuit'],
  },
  {
    promise: 'P7',
    control: 'a send continues when the client disconnects',
    file: 'worker/routes/visitor/send.ts',
    was: '  context.waitUntil(delivery);\n',
    without: '',
    test: [HANG_UPS, 'before anything that a send waits for'],
  },
  {
    promise: 'P7',
    control: 'a repeated `Idempotency-Key` gets its first response',
    file: 'worker/rate-limit/phone/send-transitions.ts',
    was: '  if (repeated) return refuse(repeated);\n',
    without: '',
    test: [HANG_UPS, 'at once and then one by one are one message and one session'],
  },
  {
    promise: 'P7',
    control: 'a failure is stored for its `Idempotency-Key`',
    file: 'worker/messaging/reservation.ts',
    was: `      await grant.settle('not_accepted', { answer });`,
    without: `      await grant.settle('not_accepted');`,
    test: [HANG_UPS, '(the message having gone out) is not known, counted'],
  },
  {
    promise: 'P8',
    control: 'a send counts for its phone number at once',
    file: 'worker/rate-limit/phone/send-transitions.ts',
    was: '    sendsMs: [...ledger.sendsMs, nowMs],',
    without: '    sendsMs: ledger.sendsMs,',
    test: [BURSTS, 'from as many addresses for one phone are one message'],
  },
  {
    promise: 'P8',
    control: 'processes that share a file serialize their decisions',
    file: 'worker/hosts/node/sqlite-backend.ts',
    was: `'BEGIN IMMEDIATE'`,
    without: `'BEGIN DEFERRED'`,
    test: ['worker/hosts/node/stores.test.ts', 'from the first look of a decision to its end'],
  },
  {
    promise: 'P8',
    control: 'reservations count, not only those stored in KV',
    file: KV,
    was: '.filter((event) => event.turn < turn);',
    without: `.filter((event) => event.turn < turn && event.state === 'stored');`,
    test: [BURSTS, 'as many messages as its limit says, kept in kv'],
  },
  {
    promise: 'P8',
    control: 'the cooldown is waived after the phone’s last message only',
    file: 'worker/rate-limit/phone/message-transitions.ts',
    was: '  if (!last || last.sentAtMs !== ledger.sendsMs.at(-1) || !hasFailed(last)) return false;',
    without: '  if (!last || !hasFailed(last)) return false;',
    test: [ANOTHER_WAY, 'is not free where another session has sent since'],
  },
  {
    promise: 'P8',
    control: 'the cooldown is waived for the session whose message failed only',
    file: 'worker/rate-limit/phone/message-transitions.ts',
    was: `    .filter((message) => message.sessionId === sessionId)\n`,
    without: '',
    test: [ANOTHER_WAY, 'is not free to a session that has sent before'],
  },
  {
    promise: 'P8',
    control: 'the cooldown is waived once per channel',
    file: 'worker/rate-limit/phone/message-transitions.ts',
    was: '      message.sessionId === sessionId && message.channel === channel && hasFailed(message),',
    without: `      message.sessionId === '',`,
    test: [ANOTHER_WAY, 'is free once: two ways that both fail do not take turns'],
  },
  {
    promise: 'P9',
    control: 'only CF-Connecting-IP identifies a client',
    file: ADDRESS,
    was: `headers.get('CF-Connecting-IP') ?? ''`,
    without: `headers.get('X-Forwarded-For') ?? headers.get('CF-Connecting-IP') ?? ''`,
    test: [ADDRESS_TEST, 'is not another one for its X-Forwarded-For'],
  },
  {
    promise: 'P9',
    control: 'only entries of trusted proxies in X-Forwarded-For are read',
    file: 'worker/hosts/node/client-ip.ts',
    was: '.at(-trustedProxies)',
    without: '.at(0)',
    test: ['worker/hosts/node/client-ip.test.ts', 'whatever a caller has written before'],
  },
  {
    promise: 'P9',
    control: 'a /64 is one client',
    file: ADDRESS,
    was: '    .slice(0, 4)\n',
    without: '    .slice(0, 8)\n',
    test: [ADDRESS_TEST, 'has the addresses of one /64'],
  },
  {
    promise: 'P9',
    control: 'an IPv4-mapped address is that IPv4 address',
    file: ADDRESS,
    was: '  if (isMapped) {',
    without: '  if (!groups) {',
    test: [ADDRESS_TEST, 'has an IPv4 address and its mapped form'],
  },
  {
    promise: 'P9',
    control: 'invalid addresses share one key',
    file: ADDRESS,
    was: '  if (!groups) return UNKNOWN_CLIENT;',
    without: '  if (!groups) return address;',
    test: [ADDRESS_TEST, 'without an address shares one limit'],
  },
  {
    promise: 'P12',
    control: 'each number prefix has a budget',
    file: 'worker/rate-limit/budget/budget-limiter.ts',
    was: '        ...debitsOf(prefix, limits.send_per_prefix, formerPrefix),\n',
    without: '',
    test: [SEND_TEST, 'stops a run over a range of numbers'],
  },
  {
    promise: 'P12',
    control: 'the deployment has a total budget',
    file: 'worker/rate-limit/budget/budget-limiter.ts',
    was: `        ...debitsOf('total', limits.send_total),\n`,
    without: '',
    test: [BURSTS, 'get a hundred messages where the ceiling is a hundred'],
  },
  {
    promise: 'P13',
    control: 'slow stores together do not exceed the request deadline',
    file: 'worker/request-deadline.ts',
    was: '  if (runtime.now() - startedAtMs > STORES_DEADLINE_MS)',
    without: '  if (startedAtMs < 0)',
    test: [
      'worker/rate-limit/client/client-limiter.workerd.test.ts',
      'are waited for six seconds, and then Mitto is not called',
    ],
  },
  {
    promise: 'P13',
    control: 'fails closed when KV cannot be read',
    file: KV,
    was: `    // Fail closed if the value cannot be read.
    throw new RequestError({ kind: 'store_unavailable', cause });`,
    without: `    return cause ? [] : [];`,
    test: [STORES, '(OTP_KV.get throws) send'],
  },
  {
    promise: 'P13',
    control: 'calls of Durable Objects time out',
    file: 'worker/rate-limit/call-object.ts',
    was: '(await withTimeout(call, OBJECT_DEADLINE_MS))',
    without: '(await call)',
    test: [STORES, '(PHONE_GATE.grantSend hangs) send'],
  },
  {
    promise: 'P13',
    control: 'fails closed when the burst limiter is down',
    file: 'worker/rate-limit/burst-limiter.ts',
    was: `      throw new RequestError({ kind: 'store_unavailable', cause });`,
    without: `      return void cause;`,
    test: [STORES, '(BURST.limit throws) verify'],
  },
  {
    promise: 'P13',
    control: 'no proof unless the verification was stored',
    file: 'worker/rate-limit/phone/phone-limiter.ts',
    was: `                stub().settleCheck(admission, result, settledAtMs, keysId),
              );`,
    without: `                stub().settleCheck(admission, result, settledAtMs, keysId),
              ).catch(() => ({ kind: 'verified' }));`,
    test: [STORES, 'a right code that is not written down gives no proof'],
  },
  {
    promise: 'P23',
    control: "a phone's record has an alarm",
    file: 'worker/rate-limit/phone/phone-object.ts',
    was: '    if (lapses !== undefined) void this.#storage.setAlarm(lapses);\n',
    without: '',
    test: [BOUNDED, 'has an alarm for the end of all it keeps'],
  },
  {
    promise: 'P23',
    control: 'KV keys expire',
    file: KV,
    was: 'kv.put(key, value, { expirationTtl })',
    without: 'kv.put(key, value, {})',
    test: [BOUNDED, 'expires with the window of its limit'],
  },
  {
    promise: 'P23',
    control: 'an isolate keeps a bounded number of clients',
    file: KV,
    was: '    if (clients.size > MAX_CLIENTS && oldest !== undefined) clients.delete(oldest);\n',
    without: '',
    test: [BOUNDED, 'holds ten thousand clients and no more'],
  },
  {
    promise: 'P23',
    control: 'a record drops expired entries',
    file: 'worker/rate-limit/phone/phone-record.ts',
    was: '    sessions: keep(ledger.sessions, (session) => sessionLapsesAtMs(session) > nowMs),\n',
    without: '',
    test: [BOUNDED, 'forgets what is over when it is next used'],
  },
  {
    promise: 'P23',
    control: 'the budget object drops expired rows',
    file: 'worker/rate-limit/budget/sqlite-counter-store.ts',
    was: `      execute('DELETE FROM keys WHERE expires_ms <= ?', nowMs);\n`,
    without: '',
    test: [BOUNDED, 'is empty once its alarm has rung'],
  },
];
