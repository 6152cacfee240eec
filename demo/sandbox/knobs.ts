/** Everything about the sandbox that can be switched while it runs. */
import * as v from 'valibot';
import { Refusal } from './envelope.ts';
import { type Fault, FaultSchema, takeFaults } from './faults.ts';
import type { Operation } from './operation.ts';
import { describeIssue } from './request-body.ts';

/**
 * Each line says what the knob switches and what its default rests on: "documented" by Mitto, "from Restcomm" (the
 * documentation of the product that Mitto's 2FA API is almost certainly a white label of), or "assumed", where
 * nobody has published it.
 */
export interface SandboxKnobs {
  /** How many digits a code has, 4 to 10. Six: documented. */
  readonly codeLength: number;
  /** Whether every `{code}` of a body is replaced, or the first alone. Every one: assumed. */
  readonly codeReplacement: 'every' | 'first';
  /** Whether line breaks of a body survive, or become spaces (which breaks autofill). Kept: assumed. */
  readonly newlines: 'kept' | 'folded';
  /** Whether a code is compared with every open OTP that the keys name, or with the newest alone. Any: assumed. */
  readonly verifyMatches: 'any' | 'latest';
  /** Whether a right code closes its OTP. It does: assumed. */
  readonly rightCodeConsumes: boolean;
  /** Seconds that an OTP lives, for OTPs sent from now on. 600: assumed. */
  readonly expirySeconds: number;
  /** Wrong codes after which an OTP is dead, for OTPs sent from now on. Five: assumed. */
  readonly attemptsPerOtp: number;
  /** HTTP status and body for a wrong code. The last is the trap: all is well but for `valid: false`. 400: assumed. */
  readonly wrongCodeAnswer: 'http_400' | 'http_200_code_400' | 'http_404' | 'http_200_valid_false';
  /** What a check gets when no open OTP fits (expired, used, cancelled, never sent). As a wrong code: assumed. */
  readonly noOtpAnswer: 'as_wrong_code' | 'http_404';
  /** Whether a refusal has its code as HTTP status too, or always HTTP 200 with the code inside. Both: assumed. */
  readonly errorStatus: 'as_code' | 'always_200';
  /** Whether the lists of records, limits and workflows come as a member of an object or bare. Object: assumed. */
  readonly listShape: 'object' | 'array';
  /** Whether a send may name a limit that was never created. Passed over: assumed. */
  readonly unknownLimit: 'ignored' | 'refused';
  /**
   * `Retry-After` of a 429, sent as it is; empty leaves it out. `null`: the seconds until a limit has room again,
   * and none with a 429 that is a fault. That Mitto sends the header at all: assumed.
   */
  readonly retryAfter: string | null;
  /** What goes wrong on the way, in the order in which it is looked for. Nothing. */
  readonly faults: readonly Fault[];
}

export const DEFAULT_KNOBS: SandboxKnobs = {
  codeLength: 6,
  codeReplacement: 'every',
  newlines: 'kept',
  verifyMatches: 'any',
  rightCodeConsumes: true,
  expirySeconds: 600,
  attemptsPerOtp: 5,
  wrongCodeAnswer: 'http_400',
  noOtpAnswer: 'as_wrong_code',
  errorStatus: 'as_code',
  listShape: 'object',
  unknownLimit: 'ignored',
  retryAfter: null,
  faults: [],
};

const KnobsSchema = v.strictObject({
  codeLength: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(4), v.maxValue(10))),
  codeReplacement: v.exactOptional(v.picklist(['every', 'first'])),
  newlines: v.exactOptional(v.picklist(['kept', 'folded'])),
  verifyMatches: v.exactOptional(v.picklist(['any', 'latest'])),
  rightCodeConsumes: v.exactOptional(v.boolean()),
  expirySeconds: v.exactOptional(v.pipe(v.number(), v.gtValue(0))),
  attemptsPerOtp: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  wrongCodeAnswer: v.exactOptional(
    v.picklist(['http_400', 'http_200_code_400', 'http_404', 'http_200_valid_false']),
  ),
  noOtpAnswer: v.exactOptional(v.picklist(['as_wrong_code', 'http_404'])),
  errorStatus: v.exactOptional(v.picklist(['as_code', 'always_200'])),
  listShape: v.exactOptional(v.picklist(['object', 'array'])),
  unknownLimit: v.exactOptional(v.picklist(['ignored', 'refused'])),
  // Visible ASCII and spaces: anything else cannot stand in a header.
  retryAfter: v.exactOptional(v.nullable(v.pipe(v.string(), v.regex(/^[\x20-\x7e]*$/)))),
  faults: v.exactOptional(v.array(FaultSchema)),
} satisfies Record<
  keyof SandboxKnobs,
  v.GenericSchema | v.ExactOptionalSchema<v.GenericSchema, undefined>
>);

/**
 * Knobs from outside. An unknown name is refused: a misspelt knob would make a test pass that tests nothing.
 *
 * @throws Refusal
 */
export function parseKnobs(input: unknown): Partial<SandboxKnobs> {
  const parsed = v.safeParse(KnobsSchema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  if (issue.type === 'strict_object' && issue.expected === 'never' && path !== null)
    throw new Refusal(400, `Unknown knob: ${path}`);
  throw new Refusal(400, describeIssue(issue));
}

/** The knobs of one sandbox: read them in `current`, turn them with `patch` and `replace`. */
export class KnobPanel {
  readonly #initial: SandboxKnobs;
  #current: SandboxKnobs;

  /** `initial` differs from the defaults where a sandbox was made so; `reset` comes back to it. */
  constructor(initial: Partial<SandboxKnobs> = {}) {
    this.#initial = { ...DEFAULT_KNOBS, ...parseKnobs(initial) };
    this.#current = this.#initial;
  }

  /** Faults that were used up are gone from it. */
  get current(): SandboxKnobs {
    return this.#current;
  }

  /** Sets these and leaves the rest. */
  patch(knobs: Partial<SandboxKnobs>): void {
    this.#current = { ...this.#current, ...parseKnobs(knobs) };
  }

  /** Sets these, and the rest to what the sandbox started with. */
  replace(knobs: Partial<SandboxKnobs>): void {
    this.#current = { ...this.#initial, ...parseKnobs(knobs) };
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
