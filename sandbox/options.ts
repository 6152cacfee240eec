/**
 * Everything about the sandbox that can be switched while it runs. Each provider's knobs stand with it; here are
 * those of all.
 *
 * Each line says what the knob switches and what its default rests on: "documented" by the provider, "from Restcomm"
 * (the documentation of the product that Mitto's 2FA API is almost certainly a white label of), or "assumed", where
 * nobody has published it.
 */
import * as v from 'valibot';
import { type AutomaticReport, AutomaticReportSchema } from './delivery-reports.ts';
import { RequestError } from './envelope.ts';
import { type Fault, FaultSchema, takeFaults } from './faults.ts';
import {
  TWO_FACTOR_DEFAULTS,
  TWO_FACTOR_SCHEMAS,
  type TwoFactorOptions,
} from './mitto-2fa/options.ts';
import { SMS_DEFAULTS, SMS_SCHEMAS, type SmsOptions } from './mitto-sms/options.ts';
import type { Operation } from './operation.ts';
import { describeIssue } from './request-body.ts';
import { TWILIO_DEFAULTS, TWILIO_SCHEMAS, type TwilioOptions } from './twilio/options.ts';

export interface SandboxOptions extends TwoFactorOptions, SmsOptions, TwilioOptions {
  /**
   * `Retry-After` of a 429, sent as it is; empty leaves it out. `null`: the seconds until a limit has room again,
   * and none with a 429 that is a fault. That Mitto sends the header at all: assumed.
   */
  readonly retryAfter: string | null;
  /** What is told of each message that is taken, one report after the other. Nothing. */
  readonly reports: readonly AutomaticReport[];
  /** What goes wrong on the way, in the order in which it is looked for. Nothing. */
  readonly faults: readonly Fault[];
}

export const DEFAULT_OPTIONS: SandboxOptions = {
  ...TWO_FACTOR_DEFAULTS,
  ...SMS_DEFAULTS,
  ...TWILIO_DEFAULTS,
  retryAfter: null,
  reports: [],
  faults: [],
};

const KnobsSchema = v.strictObject({
  ...TWO_FACTOR_SCHEMAS,
  ...SMS_SCHEMAS,
  ...TWILIO_SCHEMAS,
  // Visible ASCII and spaces: anything else cannot stand in a header.
  retryAfter: v.exactOptional(v.nullable(v.pipe(v.string(), v.regex(/^[\x20-\x7e]*$/)))),
  reports: v.exactOptional(v.array(AutomaticReportSchema)),
  faults: v.exactOptional(v.array(FaultSchema)),
} satisfies Record<
  keyof SandboxOptions,
  v.GenericSchema | v.ExactOptionalSchema<v.GenericSchema, undefined>
>);

/**
 * Knobs from outside. An unknown name is refused: a misspelt knob would make a test pass that tests nothing.
 *
 * @throws RequestError
 */
export function parseOptions(input: unknown): Partial<SandboxOptions> {
  const parsed = v.safeParse(KnobsSchema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  if (issue.type === 'strict_object' && issue.expected === 'never' && path !== null)
    throw new RequestError(400, `Unknown knob: ${path}`);
  throw new RequestError(400, describeIssue(issue));
}

/** The knobs of one sandbox: read them in `current`, turn them with `patch` and `replace`. */
export class OptionStore {
  readonly #initial: SandboxOptions;
  #current: SandboxOptions;

  /** `initial` differs from the defaults where a sandbox was made so; `reset` comes back to it. */
  constructor(initial: Partial<SandboxOptions> = {}) {
    this.#initial = { ...DEFAULT_OPTIONS, ...parseOptions(initial) };
    this.#current = this.#initial;
  }

  /** Faults that were used up are gone from it. */
  get current(): SandboxOptions {
    return this.#current;
  }

  /** Sets these and leaves the rest. */
  patch(knobs: Partial<SandboxOptions>): void {
    this.#current = { ...this.#current, ...parseOptions(knobs) };
  }

  /** Sets these, and the rest to what the sandbox started with. */
  replace(knobs: Partial<SandboxOptions>): void {
    this.#current = { ...this.#initial, ...parseOptions(knobs) };
  }

  reset(): void {
    this.#current = this.#initial;
  }

  /** The faults that meet a call; those for the next calls only are counted down. */
  takeFaults(operation: Operation | null): Omit<ReturnType<typeof takeFaults>, 'left'> {
    const { left, ...taken } = takeFaults(this.#current.faults, operation);
    this.#current = { ...this.#current, faults: left };
    return taken;
  }
}
