import { RequestError } from '../errors.ts';

/** One line of the doctor: what was checked, the result, and the fix. */
export interface Finding {
  /** Stable, for scripts: `kv`, `connector.mitto-2fa`. */
  check: string;
  /** What was checked, for a person. */
  tried: string;
  result: 'ok' | 'warning' | 'failed';
  detail: string;
  /** The fix; absent if none is needed. */
  mend?: string;
}

export function ok(check: string, tried: string, detail: string): Finding {
  return { check, tried, result: 'ok', detail };
}

export function warning(check: string, tried: string, detail: string, mend: string): Finding {
  return { check, tried, result: 'warning', detail, mend };
}

export function failed(check: string, tried: string, detail: string, mend: string): Finding {
  return { check, tried, result: 'failed', detail, mend };
}

/** A check that throws is a finding too. The error may quote a value, so only its name is reported. */
export async function found(
  check: string,
  tried: string,
  look: () => Promise<Finding> | Finding,
  mend: string,
): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return failed(check, tried, nameOf(error), mend);
  }
}

export function nameOf(error: unknown): string {
  if (error instanceof RequestError) return error.reason.kind;
  return error instanceof Error ? error.name : 'unknown error';
}
