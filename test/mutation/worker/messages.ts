/** Controls on codes of ours, on connectors in turn, on custom messages, and on those who report and operate. */
import type { Mutant } from './mutant.ts';

const OWN_CODES = 'worker/connectors/own-codes.workerd.test.ts';
const FALLBACK = 'worker/connectors/fallback.workerd.test.ts';
const MESSAGES = 'worker/routes/site/messages.workerd.test.ts';
const CALLBACKS = 'worker/routes/site/callbacks.workerd.test.ts';
const ADMIN = 'worker/routes/admin/admin.workerd.test.ts';
const FLOWS = 'test/worker/flows.workerd.test.ts';

export const MESSAGES_AND_REPORTS: readonly Mutant[] = [
  {
    promise: 'P2',
    control: 'compares a self-issued code',
    file: 'worker/rate-limit/phone/verify-transitions.ts',
    was: `equalHashes(session.codeHash, check.codeHash) ? 'right' : 'wrong'`,
    without: `check.codeHash !== '' ? 'right' : 'wrong'`,
    test: [OWN_CODES, 'a wrong code is wrong'],
  },
  {
    promise: 'P4',
    control: 'a resend invalidates a self-issued code',
    file: 'worker/rate-limit/phone/send-transitions.ts',
    was: 'send >= session.send ? codeHash : before',
    without: 'before ?? codeHash',
    test: [OWN_CODES, 'a code expires on resend'],
  },
  {
    promise: 'P18',
    control: 'the hash of a self-issued code is deleted after use',
    file: 'worker/rate-limit/phone/verify-transitions.ts',
    was: '        ...(verifies ? withoutCode(session) : session),',
    without: '        ...session,',
    test: [OWN_CODES, 'what it was compared with is gone once it is used'],
  },
  {
    promise: 'P18',
    control: 'a self-issued code is stored as a keyed hash',
    file: 'worker/otp/generate-code.ts',
    was: `  return keyedHash(keys, 'code', \`\${session.id} \${code}\`);`,
    without: `  return (await keyedHash(keys, 'code', session.id)) + code;`,
    test: [OWN_CODES, 'nothing stored is the code'],
  },
  {
    promise: 'P7',
    control: 'no fallback when a connector may have accepted the message',
    file: 'worker/messaging/send-with-fallback.ts',
    was: `!isRetryableElsewhere(result.reason) || !hasTimeForAnother(context)`,
    without: `!hasTimeForAnother(context)`,
    test: [FALLBACK, 'when the first may have taken it: the connection broke'],
  },
  {
    promise: 'P8',
    control: 'a flow’s limits count the sends of other flows',
    file: 'worker/config/flow.ts',
    was: 'Math.max(...allFlows(config)',
    without: 'Math.min(...allFlows(config)',
    test: [FLOWS, 'a day is remembered for the flow that looks back so far'],
  },
  {
    promise: 'P12',
    control: 'custom messages are limited per number',
    file: 'worker/rate-limit/phone/message-transitions.ts',
    was: `  if (waitMs > 0) return { ledger: before, decision: { kind: 'send_limit', waitMs } };\n`,
    without: '',
    test: [MESSAGES, 'is limited for each number'],
  },
  {
    promise: 'P12',
    control: 'custom messages are charged to the budgets',
    file: 'worker/messaging/reservation.ts',
    was: '    refund = await budgets.charge(send, grantedAtMs);\n',
    without: '',
    test: [MESSAGES, 'by the ceiling of all'],
  },
  {
    promise: 'P17',
    control: 'custom messages require the site secret',
    file: 'worker/http/bearer-auth.ts',
    was: '  if (token === undefined || !(await timingSafeEqual(token, secret)))',
    without: '  if (token === secret && token === undefined)',
    test: [MESSAGES, 'from somebody who shows a wrong secret'],
  },
  {
    promise: 'P17',
    control: 'operator calls require the admin token',
    file: 'worker/routes/admin/require-operator.ts',
    was: '      await requireOperator(plain, service.config.ADMIN_TOKEN);',
    without: '      await Promise.resolve();',
    test: [ADMIN, 'want the token'],
  },
  {
    promise: 'P14',
    control: 'a delivery report needs a token issued by the Worker',
    file: 'worker/routes/site/callbacks.ts',
    was: '  if (!connector || !subject) {',
    without: '  if (!connector || !subject) return noContent();\n  if (token === undefined) {',
    test: [CALLBACKS, 'with a token that we have not made'],
  },
  {
    promise: 'P14',
    control: 'a delivery report of Twilio needs a valid signature',
    file: 'worker/webhooks/twilio.ts',
    was: '  return verdicts.includes(true);',
    without: '  return verdicts.length > 0;',
    test: [CALLBACKS, 'without a valid signature (wrong_token)'],
  },
  {
    promise: 'P14',
    control: 'a callback URL is valid for its own connector only',
    file: 'worker/webhooks/callback-url.ts',
    was: '  if (!sealed.success || sealed.output.connector !== connector) return undefined;',
    without: '  if (!sealed.success) return undefined;',
    test: [CALLBACKS, 'with the name of another connector in it'],
  },
];
