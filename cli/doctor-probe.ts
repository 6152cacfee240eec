/**
 * One real code: sent, guessed wrongly, typed rightly, and another one cancelled. What Mitto really answers is recorded,
 * and held against what is assumed of it.
 */
import { type Finding, failed, ok, warning } from '../worker/doctor/finding.ts';
import type { RecordedAnswer } from '../worker/doctor/mitto-probe.ts';
import type { Terminal } from './terminal.ts';

interface ProbeAnswer {
  outcome: string;
  requestId?: string;
  recorded?: RecordedAnswer;
}

/** What was recorded, as a file that tests and bug reports can use. */
export interface Fixture {
  /** ISO 8601. */
  at: string;
  send?: RecordedAnswer | undefined;
  verifyWrong?: RecordedAnswer | undefined;
  verifyRight?: RecordedAnswer | undefined;
  cancel?: RecordedAnswer | undefined;
}

const DEADLINE_MS = 30_000;

/** @param save what is recorded so far, each time that there is more */
export async function probeMitto(
  { url, token, to }: { url: string; token: string; to: string },
  terminal: Terminal,
  save: (fixture: Fixture) => Promise<void>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const fixture: Fixture = { at: new Date().toISOString() };
  const probe = async (
    recordedAs: Exclude<keyof Fixture, 'at'> | undefined,
    body: Record<string, unknown>,
  ): Promise<ProbeAnswer> => {
    const answer = await asked(body);
    if (recordedAs) fixture[recordedAs] = answer.recorded;
    await save(fixture);
    return answer;
  };
  const asked = async (body: Record<string, unknown>): Promise<ProbeAnswer> => {
    try {
      const response = await fetch(`${url}/v1/admin/doctor/mitto`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...body, to }),
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      const answer = (await response.json()) as ProbeAnswer & { code?: string };
      return response.ok ? answer : { outcome: answer.code ?? `HTTP ${response.status}` };
    } catch {
      return { outcome: 'no answer' };
    }
  };

  const sent = await probe('send', { operation: 'send' });
  const { requestId } = sent;
  if (sent.outcome !== 'accepted' || requestId === undefined)
    return [failed('probe.send', 'to send a code', sent.outcome, sendMend(sent.outcome))];
  findings.push(ok('probe.send', 'to send a code', 'Mitto took it'));

  let code = await askCode(terminal, 'The code that arrived (Enter alone where none does):');
  if (code === null) {
    const cancelled = await probe('cancel', { operation: 'cancel', requestId });
    const mend = `Ask Mitto what became of the message to ${to}: it took it.`;
    findings.push(warning('probe.verify', 'to check a code', 'none was typed', mend));
    return [...findings, cancelFinding(cancelled)];
  }
  const verify = { operation: 'verify', requestId };
  const wrong = await probe('verifyWrong', { ...verify, code: otherThan(code) });
  findings.push(wrongFinding(wrong));
  let right = await probe('verifyRight', { ...verify, code });
  if (right.outcome === 'wrong') {
    const again = 'Mitto calls it wrong. Once more, as it stands in the message (or Enter alone):';
    code = await askCode(terminal, again);
    if (code !== null) right = await probe('verifyRight', { ...verify, code });
  }
  findings.push(rightFinding(right));

  terminal.note('Another code is sent and cancelled: nobody has to type it.');
  const another = await probe(undefined, { operation: 'send' });
  if (another.requestId === undefined)
    return [
      ...findings,
      warning('probe.cancel', 'to cancel a code', another.outcome, sendMend(another.outcome)),
    ];
  const { requestId: cancelledId } = another;
  const cancelled = await probe('cancel', { operation: 'cancel', requestId: cancelledId });
  return [...findings, cancelFinding(cancelled)];
}

/** As phones show it, with blanks or hyphens in it. `null` where none is typed. */
async function askCode(terminal: Terminal, question: string): Promise<string | null> {
  for (;;) {
    const code = (await terminal.ask(question))?.replace(/[\s-]/g, '');
    if (!code) return null;
    if (/^\d{4,10}$/.test(code)) return code;
    terminal.note('A code is four to ten digits.');
  }
}

/** Every digit is another one: it stays wrong where one of them was mistyped. */
function otherThan(code: string): string {
  return code.replace(/\d/g, (digit) => String((Number(digit) + 5) % 10));
}

/** What stands in the way of a message: codes of the API, and reasons of the log. */
function sendMend(outcome: string): string {
  switch (outcome) {
    case 'invalid_phone':
    case 'provider_bad_number':
      return 'This is no number that a text can go to: give a mobile one, with its country code.';
    case 'destination_not_allowed':
      return 'Its country is not in ALLOWED_COUNTRIES.';
    case 'provider_blocked':
      return 'Mitto blocks this destination: ask it to open the country.';
    case 'rate_limited':
      return 'LIMITS.message_per_phone is used up for this number: wait, or raise it for the test.';
    case 'capacity':
      return 'A budget of LIMITS is used up: the line about the budgets names it.';
    case 'misconfigured':
      return 'mitto-2fa is not set up: it needs MITTO_ACCOUNT_ID, MITTO_API_KEY and SENDER.';
    case 'provider_bad_sender':
      return 'Mitto does not let this account send under SENDER.';
    case 'provider_unauthorized':
      return 'Mitto takes these credentials for a look, if the line about them is right, and not for a message: show it the record.';
    case 'delivery_unknown':
    case 'no answer':
      return 'It may have been sent: look at the phone before you try again.';
    default:
      return 'What Mitto answered is in the record.';
  }
}

function wrongFinding({ outcome, recorded }: ProbeAnswer): Finding {
  const tried = 'a wrong code';
  if (outcome === 'wrong')
    return ok('probe.wrong', tried, `refused (${statusOf(recorded)}), as assumed`);
  if (outcome === 'right')
    return failed(
      'probe.wrong',
      tried,
      'Mitto calls it right',
      'Do not go live. Send the record to the authors: the answer of verify is not what is assumed.',
    );
  return warning('probe.wrong', tried, `${outcome} (${statusOf(recorded)})`, NOT_AS_ASSUMED);
}

function rightFinding({ outcome, recorded }: ProbeAnswer): Finding {
  const tried = 'the right code';
  if (outcome === 'right')
    return ok('probe.right', tried, `taken (${statusOf(recorded)}), as assumed`);
  return failed(
    'probe.right',
    tried,
    `${outcome} (${statusOf(recorded)})`,
    outcome === 'wrong'
      ? 'If you typed it as it stood in the message: Mitto may name the code by other members; try MITTO_VERIFY_KEYS = "service,to,code", or with "requestID".'
      : NOT_AS_ASSUMED,
  );
}

function cancelFinding({ recorded }: ProbeAnswer): Finding {
  const tried = 'to cancel a code';
  const status = recorded?.status ?? 0;
  if (status >= 200 && status < 300) return ok('probe.cancel', tried, `HTTP ${status}, as assumed`);
  return warning('probe.cancel', tried, statusOf(recorded), NOT_AS_ASSUMED);
}

const NOT_AS_ASSUMED =
  'Not what is assumed: look into the record, and at docs/mitto.md for the switch.';

function statusOf(recorded: RecordedAnswer | undefined): string {
  return recorded === undefined ? 'no record' : `HTTP ${recorded.status}`;
}
