/**
 * One real code: sent, verified with a wrong and with the right code, and another one cancelled. Records Mitto's responses,
 * and compares them with the assumptions.
 */
import { type Finding, failed, ok, warning } from '../../worker/doctor/finding.ts';
import type { RecordedAnswer } from '../../worker/doctor/mitto-probe.ts';
import type { Terminal } from '../terminal.ts';

interface ProbeAnswer {
  outcome: string;
  requestId?: string;
  recorded?: RecordedAnswer;
}

/** The record, as a file for tests and bug reports. */
export interface Fixture {
  /** ISO 8601. */
  at: string;
  send?: RecordedAnswer | undefined;
  verifyWrong?: RecordedAnswer | undefined;
  verifyRight?: RecordedAnswer | undefined;
  cancel?: RecordedAnswer | undefined;
}

const DEADLINE_MS = 30_000;

/** @param save called with the record so far after each response */
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
      return { outcome: 'no response' };
    }
  };

  const sent = await probe('send', { operation: 'send' });
  const { requestId } = sent;
  if (sent.outcome !== 'accepted' || requestId === undefined)
    return [failed('probe.send', 'send a code', sent.outcome, sendMend(sent.outcome))];
  findings.push(ok('probe.send', 'send a code', 'accepted by Mitto'));

  let code = await askCode(
    terminal,
    'Enter the code that arrived (or just press Enter if none did):',
  );
  if (code === null) {
    const cancelled = await probe('cancel', { operation: 'cancel', requestId });
    const mend = `Mitto accepted the message to ${to}. Ask it for the delivery state.`;
    findings.push(warning('probe.verify', 'verify a code', 'no code entered', mend));
    return [...findings, cancelFinding(cancelled)];
  }
  const verify = { operation: 'verify', requestId };
  const wrong = await probe('verifyWrong', { ...verify, code: otherThan(code) });
  findings.push(wrongFinding(wrong));
  let right = await probe('verifyRight', { ...verify, code });
  if (right.outcome === 'wrong') {
    const again =
      'Mitto says that the code is wrong. Enter it once more, exactly as in the message (or just press Enter):';
    code = await askCode(terminal, again);
    if (code !== null) right = await probe('verifyRight', { ...verify, code });
  }
  findings.push(rightFinding(right));

  terminal.note('Sending and cancelling another code: ignore it.');
  const another = await probe(undefined, { operation: 'send' });
  if (another.requestId === undefined)
    return [
      ...findings,
      warning('probe.cancel', 'cancel a code', another.outcome, sendMend(another.outcome)),
    ];
  const { requestId: cancelledId } = another;
  const cancelled = await probe('cancel', { operation: 'cancel', requestId: cancelledId });
  return [...findings, cancelFinding(cancelled)];
}

/** Accepts spaces and hyphens, as phones show them. `null` if none is entered. */
async function askCode(terminal: Terminal, question: string): Promise<string | null> {
  for (;;) {
    const code = (await terminal.ask(question))?.replace(/[\s-]/g, '');
    if (!code) return null;
    if (/^\d{4,10}$/.test(code)) return code;
    terminal.note('A code has four to ten digits.');
  }
}

/** Every digit differs, so the code stays wrong even if one digit was mistyped. */
function otherThan(code: string): string {
  return code.replace(/\d/g, (digit) => String((Number(digit) + 5) % 10));
}

/** By outcome: error codes of the API, and reasons of the log. */
function sendMend(outcome: string): string {
  switch (outcome) {
    case 'invalid_phone':
    case 'provider_bad_number':
      return 'The number cannot receive an SMS. Use a mobile number with its country code.';
    case 'destination_not_allowed':
      return 'Add its country to ALLOWED_COUNTRIES.';
    case 'provider_blocked':
      return 'Mitto blocks this destination. Ask it to enable the country.';
    case 'rate_limited':
      return 'LIMITS.message_per_phone is used up for this number. Wait, or raise it for the test.';
    case 'capacity':
      return 'A budget of LIMITS is used up: see the budgets line.';
    case 'misconfigured':
      return 'mitto-2fa is not configured. Set MITTO_ACCOUNT_ID, MITTO_API_KEY and SENDER.';
    case 'provider_bad_sender':
      return 'Mitto does not allow this account to send as SENDER.';
    case 'provider_unauthorized':
      return 'The credentials are read-only, or the credentials check failed too: see its line. Send Mitto the record.';
    case 'delivery_unknown':
    case 'no response':
      return 'The message may have been sent. Check the phone before you retry.';
    default:
      return "See Mitto's response in the record.";
  }
}

function wrongFinding({ outcome, recorded }: ProbeAnswer): Finding {
  const tried = 'verify a wrong code';
  if (outcome === 'wrong')
    return ok('probe.wrong', tried, `rejected (${statusOf(recorded)}), as assumed`);
  if (outcome === 'right')
    return failed(
      'probe.wrong',
      tried,
      'accepted by Mitto',
      'Do not go live. Send the record to the maintainers: the response of verify differs from what is assumed.',
    );
  return warning('probe.wrong', tried, `${outcome} (${statusOf(recorded)})`, NOT_AS_ASSUMED);
}

function rightFinding({ outcome, recorded }: ProbeAnswer): Finding {
  const tried = 'verify the right code';
  if (outcome === 'right')
    return ok('probe.right', tried, `accepted (${statusOf(recorded)}), as assumed`);
  return failed(
    'probe.right',
    tried,
    `${outcome} (${statusOf(recorded)})`,
    outcome === 'wrong'
      ? 'If you entered it correctly, Mitto may identify the code by other fields: try MITTO_VERIFY_KEYS = "service,to,code", or with "requestID".'
      : NOT_AS_ASSUMED,
  );
}

function cancelFinding({ recorded }: ProbeAnswer): Finding {
  const tried = 'cancel a code';
  const status = recorded?.status ?? 0;
  if (status >= 200 && status < 300) return ok('probe.cancel', tried, `HTTP ${status}, as assumed`);
  return warning('probe.cancel', tried, statusOf(recorded), NOT_AS_ASSUMED);
}

const NOT_AS_ASSUMED =
  'Differs from what is assumed. Check the record, and docs/mitto.md for the switch.';

function statusOf(recorded: RecordedAnswer | undefined): string {
  return recorded === undefined ? 'no record' : `HTTP ${recorded.status}`;
}
