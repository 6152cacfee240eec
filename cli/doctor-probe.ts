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

export async function probeMitto(
  { url, token, to }: { url: string; token: string; to: string },
  terminal: Terminal,
): Promise<{ findings: Finding[]; fixture: Fixture }> {
  const findings: Finding[] = [];
  const fixture: Fixture = { at: new Date().toISOString() };
  const probe = async (body: Record<string, unknown>): Promise<ProbeAnswer> => {
    const response = await fetch(`${url}/v1/admin/doctor/mitto`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, to }),
      redirect: 'error',
    });
    const answer = (await response.json()) as ProbeAnswer & { code?: string };
    return response.ok ? answer : { outcome: answer.code ?? `HTTP ${response.status}` };
  };

  const sent = await probe({ operation: 'send' });
  fixture.send = sent.recorded;
  if (sent.outcome !== 'accepted' || sent.requestId === undefined) {
    const mend = 'Run the doctor without --to first; its lines say what is wrong.';
    return { findings: [failed('probe.send', 'to send a code', sent.outcome, mend)], fixture };
  }
  findings.push(ok('probe.send', 'to send a code', 'Mitto took it'));

  const { requestId } = sent;
  const code = await terminal.ask('The code that arrived:');
  if (code === null || !/^\d{4,10}$/.test(code)) {
    findings.push(
      warning('probe.verify', 'to check a code', 'none was typed', 'Run it where you can type.'),
    );
    return { findings, fixture };
  }
  const wrongCode = String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
  const wrong = await probe({ operation: 'verify', requestId, code: wrongCode });
  fixture.verifyWrong = wrong.recorded;
  findings.push(wrongFinding(wrong));
  const right = await probe({ operation: 'verify', requestId, code });
  fixture.verifyRight = right.recorded;
  findings.push(rightFinding(right));

  const another = await probe({ operation: 'send' });
  if (another.requestId !== undefined) {
    const cancelled = await probe({ operation: 'cancel', requestId: another.requestId });
    fixture.cancel = cancelled.recorded;
    findings.push(cancelFinding(cancelled));
  } else {
    const mend = 'Wait, or raise LIMITS.message_per_phone for the test.';
    findings.push(warning('probe.cancel', 'to cancel a code', another.outcome, mend));
  }
  return { findings, fixture };
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
    'Mitto may name the code by other members: try MITTO_VERIFY_KEYS = "service,to,code", or with "requestID".',
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
