/** Controls of the guard, and on it. */
import type { Mutant } from './mutant.ts';

const DECIDE = 'worker/guard/decide.ts';
const SEND_GUARD = 'worker/otp/send-guard.ts';
const BLOCKS = 'worker/guard/blocks.ts';
const PURE_TEST = 'worker/guard/decide.test.ts';
const SERVICE_TEST = 'worker/guard/guard.workerd.test.ts';
const OPERATORS_TEST = 'worker/guard/operators.workerd.test.ts';

export const GUARD: readonly Mutant[] = [
  {
    promise: 'P25',
    control: 'a number that was verified here before is not blocked',
    file: SEND_GUARD,
    was: `      if (isKnown) return note(undefined, 'allow', { rule: 'known_number', figures: {} });\n`,
    without: '',
    test: [SERVICE_TEST, 'never blocks a number that was verified here before'],
  },
  {
    promise: 'P25',
    control: 'ranges of numbers are blocked, and nothing wider',
    file: DECIDE,
    was: '!isRange(dimension) || isBlocked(counter, nowMs)',
    without: 'isBlocked(counter, nowMs)',
    test: [PURE_TEST, 'never blocks a country, a network or a client, whatever they do'],
  },
  {
    promise: 'P25',
    control: 'an attack on a range is taken out of the counts of its country',
    file: DECIDE,
    was: '(wider) => withoutUnused(wider, range, nowMs)',
    without: '(wider) => wider',
    test: [PURE_TEST, 'takes an attack on a range out of the counts of the country'],
  },
  {
    promise: 'P25',
    control: 'what the guard blocks reads like a limit',
    file: SEND_GUARD,
    was: `kind: 'guard_blocked',`,
    without: `kind: 'attempts_exhausted',`,
    test: [SERVICE_TEST, 'answers what it blocks in the very bytes of a limit'],
  },
  {
    promise: 'P25',
    control: 'a block ends by itself',
    file: BLOCKS,
    was: 'return counter?.block !== undefined && nowMs < counter.block.untilMs;',
    without: 'return counter?.block !== undefined && nowMs > 0;',
    test: [PURE_TEST, 'ends a block by itself, within ten minutes and the shortest block'],
  },
  {
    promise: 'P25',
    control: 'a block ends early when honest visitors are back',
    file: BLOCKS,
    was: 'return isHonestAgain ? over(after, nowMs) : after;',
    without: 'return isHonestAgain ? after : after;',
    test: [PURE_TEST, 'lets a trickle through a block, and ends it when the codes are used'],
  },
  {
    promise: 'P25',
    control: 'a missing signal is neutral',
    file: 'worker/guard/keys.ts',
    was: '...(edge.asn === undefined ? {} : { asn: String(edge.asn) }),',
    without: 'asn: String(edge.asn),',
    test: ['worker/guard/keys.test.ts', 'has no key for a signal that is missing'],
  },
  {
    promise: 'P25',
    control: 'in the shadow nothing is acted on',
    file: SEND_GUARD,
    was: `if (!call || flow.guard !== 'on') return;`,
    without: 'if (!call) return;',
    test: [SERVICE_TEST, 'changes no answer by a byte, and writes down what it would have done'],
  },
  {
    promise: 'P25',
    control: 'a rule that is narrower wins',
    file: 'worker/guard/rules.ts',
    was: '        narrowness(other.match) - narrowness(one.match) ||\n',
    without: '',
    test: ['worker/guard/rules.test.ts', 'that allows wins over a wider one that blocks'],
  },
  {
    promise: 'P25',
    control: 'what a site says of a visitor counts once',
    file: 'worker/rate-limit/phone/message-transitions.ts',
    was: `  if (message.feedback === outcome) return { ledger, decision: { kind: 'known' } };\n`,
    without: '',
    test: [OPERATORS_TEST, 'takes the jti of a proof, and the same again changes nothing'],
  },
  {
    promise: 'P13',
    control: 'a guard that hangs is not waited for',
    file: 'worker/guard/guard.ts',
    was: 'const verdict = withTimeout(answer, ASK_DEADLINE_MS).then(',
    without: 'const verdict = answer.then(',
    test: [SERVICE_TEST, '(hangs) refuses nobody, and the limits still hold'],
  },
  {
    promise: 'P17',
    control: 'what has become of a visitor is said with the site’s secret',
    file: 'worker/routes/site/feedback.ts',
    was: '    await requireSiteServer(request, service.config.SITE_SECRET);\n',
    without: '',
    test: [OPERATORS_TEST, 'wants the secret of the site'],
  },
  {
    promise: 'P18',
    control: 'the guard knows keyed hashes alone',
    file: 'worker/guard/keys.ts',
    was: ')).slice(0, KEY_LENGTH);',
    without: ')).slice(0, 0) + value;',
    test: [SERVICE_TEST, 'stores nothing in the clear'],
  },
  {
    promise: 'P18',
    control: 'a range in the log of the guard is sealed',
    file: SEND_GUARD,
    was: `seal(phone.slice(0, -4), 'range', keyring)`,
    without: 'Promise.resolve(phone.slice(0, -4))',
    test: [SERVICE_TEST, 'stores nothing in the clear'],
  },
  {
    promise: 'P18',
    control: 'a range of fewer than five visitors is shown to nobody',
    file: 'worker/routes/admin/decisions.ts',
    was: 'const isShown = numbers.length >= LEAST_VISITORS;',
    without: 'const isShown = numbers.length > 0;',
    test: [OPERATORS_TEST, 'hides a range of fewer'],
  },
  {
    promise: 'P23',
    control: 'a page of the guard has room for so many',
    file: 'worker/guard/pages.ts',
    was: 'else if (entries.length < SIZES[space].entries) entries.push(entry);',
    without: 'else if (entries.length >= 0) entries.push(entry);',
    test: [PURE_TEST, 'three thousand keys have no more entries than there is room for'],
  },
  {
    promise: 'P24',
    control: 'a number that is refused before anything is sent leaves no record',
    file: 'worker/rate-limit/phone/phone-object.ts',
    was: `leaves nothing behind.
    if (expiresAtMs(ledger, this.#policies()) === undefined)`,
    without: `leaves nothing behind.
    if (ledger.lastSend < 0)`,
    test: [SERVICE_TEST, 'charges nothing for what it blocks, and leaves no record of the number'],
  },
];
