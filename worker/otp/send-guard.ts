/**
 * The guard and the operator's rules, as a send meets them: asked beside the phone's object, acted on before anything is
 * charged, and told what became of it.
 */

import { seal } from '../crypto/seal.ts';
import { RequestError } from '../errors.ts';
import type { GuardVerdict } from '../guard/decide.ts';
import type { Guard, GuardCall } from '../guard/guard.ts';
import { sendKeysOf } from '../guard/keys.ts';
import { markOf, readMark } from '../guard/marks.ts';
import { type Rule, ruleFor } from '../guard/rules.ts';
import type { GuardReason, Outcome, SendKeys } from '../guard/types.ts';
import { clientKey, UNKNOWN_CLIENT } from '../rate-limit/client/ip-address.ts';
import type { Context } from '../request-context.ts';
import type { SendCodeCommand } from './order.ts';
import type { Session } from './session.ts';

/** What a visitor is told to wait, as any limit would: neither nothing nor the length of a block of hours. */
const WAIT_MS = { least: 30_000, most: 3_600_000 } as const;

export interface SendGuard {
  /**
   * What the guard and the rules have to say, once the phone has given its leave.
   * @param isKnown the number was verified here before
   * @throws RequestError
   */
  requireLeave(isKnown: boolean): Promise<void>;
  /** The message never left. */
  takeBack(): Promise<void>;
  /** Nobody will take it back any more. */
  release(): Promise<void>;
  /** What the guard has counted, for the session: later evidence names it by that. */
  mark(): Promise<string | undefined>;
}

const NO_GUARD: SendGuard = {
  requireLeave: async () => {},
  takeBack: async () => {},
  release: async () => {},
  mark: async () => undefined,
};

/**
 * @param challenge the token that came along, and whether it was checked already for this send
 * @throws RequestError where a rule that is known here refuses
 */
export async function startSendGuard(
  order: SendCodeCommand,
  challenge: { token: string | undefined; isPassed: boolean },
  context: Context,
): Promise<SendGuard> {
  const { service, runtime } = context;
  const { guard, turnstile, keyring } = service;
  if (!guard) return NO_GUARD;
  const { destination, site, flow, channel } = order;
  const { phone, country } = destination;
  const nowMs = runtime.now();
  const rules = guard.rules(nowMs);
  const known = guard.knownRules(nowMs);
  const [keys, range] = await Promise.all([
    sendKeysOf(
      { ...destination, site, edge: order.edge, client: clientOf(order) },
      keyring.current,
    ),
    seal(phone.slice(0, -4), 'range', keyring),
  ]);
  const facts = { site, flow: flow.name ?? null, channel, range };
  const note = (rule: Rule | undefined, action: Rule['action'], reason: GuardReason) =>
    context.waitUntil(
      guard.note(
        country,
        {
          ...facts,
          action,
          isActedOn: true,
          reasons: [reason],
          family: keys.keys.range4 ?? '',
          number: keys.number,
          rule: rule?.id,
        },
        nowMs,
      ),
    );
  if (known) requireNoBlock(await matching(known, order, guard, nowMs), note, nowMs);

  const call = flow.guard === 'off' ? undefined : ask(keys, flow.guard);
  function ask(keys: SendKeys, mode: 'shadow' | 'on'): GuardCall {
    const isChallengeable = turnstile !== undefined;
    const hasToken = challenge.isPassed || challenge.token !== undefined;
    const question = { ...keys, mode, canChallenge: isChallengeable, hasToken };
    return (guard as Guard).ask(country, question, facts, nowMs);
  }

  async function requireChallenge(): Promise<void> {
    if (challenge.isPassed || !turnstile) return;
    if (challenge.token === undefined)
      throw new RequestError({ kind: 'challenge_required', challenge: turnstile.config });
    await turnstile.check(challenge.token, site);
  }

  return {
    async requireLeave(isKnown) {
      const rule = await matching(await rules, order, guard, nowMs);
      requireNoBlock(rule, note, nowMs);
      if (rule?.action === 'allow') return;
      if (rule) {
        note(rule, 'challenge', operatorReason);
        return requireChallenge();
      }
      // In the shadow nobody waits: what it says changes nothing.
      if (!call || flow.guard !== 'on') return;
      const verdict = await call.verdict;
      noteInLog(verdict, context);
      const action = verdict?.decision.action ?? 'allow';
      if (action === 'allow') return;
      if (isKnown) return note(undefined, 'allow', { rule: 'known_number', figures: {} });
      if (action === 'challenge') return requireChallenge();
      throw new RequestError({
        kind: 'guard_blocked',
        waitMs: waitOf(verdict?.decision.waitMs ?? 0),
      });
    },
    takeBack: async () => call?.takeBack(runtime.now()),
    release: async () => call?.release(),
    async mark() {
      const verdict = await call?.verdict;
      noteInLog(verdict, context);
      return verdict?.sent && markOf(verdict.sent);
    },
  };
}

/** What became of the send that a session is of. For after the answer; never rejects. */
export async function tellGuard(
  { guard: mark, country }: Pick<Session, 'guard' | 'country'>,
  outcome: Outcome,
  { service, runtime }: Pick<Context, 'service' | 'runtime'>,
): Promise<void> {
  const sent = mark === undefined ? undefined : readMark(mark, country);
  if (sent) await service.guard?.learn(country, sent, outcome, runtime.now());
}

const operatorReason: GuardReason = { rule: 'operator', figures: {} };

function requireNoBlock(
  rule: Rule | undefined,
  note: (rule: Rule, action: 'block', reason: GuardReason) => void,
  nowMs: number,
): void {
  if (rule?.action !== 'block') return;
  note(rule, 'block', operatorReason);
  const leftMs = (rule.untilMs ?? Number.POSITIVE_INFINITY) - nowMs;
  throw new RequestError({ kind: 'rule_blocked', waitMs: waitOf(leftMs) });
}

async function matching(
  rules: readonly Rule[],
  { destination, site, flow, client, edge }: SendCodeCommand,
  guard: Guard,
  nowMs: number,
): Promise<Rule | undefined> {
  if (rules.length === 0) return undefined;
  const { phone, country } = destination;
  const isByPhone = rules.some(({ match }) => match.phone !== undefined);
  const subject = {
    country,
    phone,
    phoneHashes: isByPhone ? await guard.phoneHashes(phone) : [],
    asn: edge.asn,
    address: client.address,
    site,
    flow: flow.name,
  };
  return ruleFor(rules, subject, nowMs);
}

/** All whose address is not known are one to the limits, and nobody to the guard. */
function clientOf({ client }: SendCodeCommand): string | undefined {
  return clientKey(client.address ?? '') === UNKNOWN_CLIENT ? undefined : client.hash;
}

function noteInLog(verdict: GuardVerdict | undefined, { facts }: Context): void {
  if (!verdict) facts.guard = 'unavailable';
  else if (verdict.decision.action !== 'allow') facts.guard = verdict.decision.action;
}

function waitOf(milliseconds: number): number {
  return Math.min(WAIT_MS.most, Math.max(WAIT_MS.least, milliseconds));
}
