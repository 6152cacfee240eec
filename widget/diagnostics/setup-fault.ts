import { OtpError, type OtpErrorCode } from '../../shared/otp-error.ts';
import type { Failure } from '../flow/state.ts';
import type { EndpointSettings, SetupFault } from './fault-types.ts';

/** Origins that the page's own policy has kept a call from. The browser reports each before its call has failed. */
const blocked = new Set<string>();

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective === 'connect-src' && /^https?:/.test(blockedURI))
    blocked.add(new URL(blockedURI).origin);
});

/**
 * What a failure of the first call says of the page or of its Worker. A visitor can do nothing about a site that is not
 * set up, and must not look for the fault in their own connection.
 */
export async function setupFaultOf(error: unknown, endpoint: string): Promise<SetupFault> {
  if (!(error instanceof OtpError)) return failureOf(error);
  const { code, status } = error;
  const reason = 'not_set_up';
  if (code === 'network_error' && navigator.onLine) {
    const cause = await causeOf(endpoint);
    return cause ? { code, reason, cause } : { code };
  }
  // A gateway's own page, with 502, is a fault that passes.
  if (code === 'unexpected_answer' && status && status < 500 && status !== 429)
    return { code, reason, status };
  return failureOf(error);
}

/** What a failed call is to the flow. */
export function failureOf(error: unknown): SetupFault {
  // The client itself could not be made, or the page is no secure context: nothing that a visitor could fix.
  if (!(error instanceof OtpError)) return { code: 'misconfigured' };
  const { code, status, detail, retryAfter, attemptsLeft } = error;
  return code === 'network_error' && !navigator.onLine
    ? { code, reason: 'offline' }
    : { code, status, detail, retryAfter, attemptsLeft };
}

/** Faults of the setup by their codes alone, whichever call they answer. */
const CODES: ReadonlySet<OtpErrorCode> = new Set([
  'misconfigured',
  'origin_not_allowed',
  'malformed_request',
  'not_found',
  'method_not_allowed',
]);

/** Whether the page's developer should see it before a visitor has typed anything. */
export function isSetupFault({ code, reason }: Failure): boolean {
  return reason === 'not_set_up' || CODES.has(code);
}

/** Reports to the page's developer in the console. Runs in the background. */
export function reportFault(
  fault: SetupFault,
  page: EndpointSettings,
  isConfigured: boolean,
): void {
  const isUnreached = fault.code === 'network_error' && !isConfigured && navigator.onLine;
  if (!isSetupFault(fault) && !isUnreached) return;
  import('./developer-notes.ts')
    .then(({ explainFault }) => explainFault(fault, page, isConfigured))
    .catch(() => undefined);
}

async function causeOf(endpoint: string): Promise<SetupFault['cause']> {
  // The report of the policy is a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  const { origin } = new URL(endpoint);
  if (blocked.has(origin)) return 'policy';
  // Of the page's own origin every answer can be read.
  if (origin === location.origin) return undefined;
  try {
    // Our Worker keeps its answers from calls of this mode; what answers here is something else.
    await fetch(new URL('/v1/config', endpoint), { mode: 'no-cors', credentials: 'omit' });
    return 'unreadable';
  } catch {
    return undefined;
  }
}
