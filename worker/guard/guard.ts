/**
 * The Worker's side of the guard: finds the object of a country, bounds the wait, and takes every failure for "nothing
 * stood out". A guard that is down, slow or missing refuses nobody; the limits hold without it.
 */
import type { ObjectNamespace } from '../bindings.ts';
import { type Keyring, keyedHash } from '../crypto/keyring.ts';
import { callDurableObject } from '../rate-limit/call-object.ts';
import type { Remote } from '../rate-limit/object-storage.ts';
import { withTimeout } from '../util/with-timeout.ts';
import type { GuardAsk, GuardVerdict } from './decide.ts';
import type { DecisionFacts, DecisionQuery, LoggedDecision } from './decision-log.ts';
import { Elsewhere } from './elsewhere.ts';
import type { AskFacts, GuardObject, SettleAsk } from './guard-object.ts';
import type { Rule } from './rules.ts';
import type { CountedSend, Outcome } from './types.ts';

/** So long a visitor waits for it, from when it was asked; it is asked beside the phone's object. */
const ASK_DEADLINE_MS = 500;
/** So old the rules that an isolate knows may be. What is said of them is 60 seconds. */
const RULES_FRESH_MS = 30_000;
const RULES_NAME = 'rules';

export interface GuardCall {
  /** Within its time; `undefined` where the guard has not answered. Never rejects. */
  verdict: Promise<GuardVerdict | undefined>;
  /** Takes back a send that was counted and never went out. Never rejects. */
  takeBack(nowMs: number): Promise<void>;
  /** Lets go of the object's ticket, unless it was used. Never rejects. */
  release(): Promise<void>;
}

export interface Guard {
  ask(country: string, ask: GuardAsk, facts: AskFacts, nowMs: number): GuardCall;
  /** What became of a send. Never rejects: for after the answer. */
  learn(country: string, sent: CountedSend, outcome: Outcome, nowMs: number): Promise<void>;
  /** Writes down what was decided without asking. Never rejects. */
  note(country: string, facts: DecisionFacts, nowMs: number): Promise<void>;
  /** @throws RequestError `store_unavailable` */
  decisions(country: string, query: DecisionQuery, nowMs: number): Promise<LoggedDecision[]>;
  /** As this isolate knows them: half a minute old at most, older only while nobody can be asked. Never rejects. */
  rules(nowMs: number): Promise<readonly Rule[]>;
  /** The same where nobody has to be asked for it. */
  knownRules(nowMs: number): readonly Rule[] | undefined;
  /** As they are. @throws RequestError `store_unavailable` */
  currentRules(nowMs: number): Promise<readonly Rule[]>;
  /** @returns whether there was room. @throws RequestError `store_unavailable` */
  addRule(rule: Rule, nowMs: number): Promise<boolean>;
  /** @returns whether there was one. @throws RequestError `store_unavailable` */
  removeRule(id: string, nowMs: number): Promise<boolean>;
  /** Keyed hash of a number that a rule names, under the current keys and, during a rotation, those before. */
  phoneHashes(phone: string): Promise<string[]>;
}

type Ticketed = GuardVerdict & { sent: CountedSend; settle?: SettleAsk };

/** The counters of two halves of a country would see half an attack each: one object for each country. */
const nameOf = (country: string) => `country:${country}`;

export function createGuard(namespace: ObjectNamespace, keyring: Keyring): Guard {
  const object = (name: string) => namespace.getByName(name) as Remote<GuardObject>;
  const memory = new Elsewhere();
  let known: { rules: readonly Rule[]; atMs: number } | undefined;

  async function currentRules(nowMs: number): Promise<readonly Rule[]> {
    const rules = await callDurableObject<Rule[]>(object(RULES_NAME).rules(nowMs));
    known = { rules, atMs: nowMs };
    return rules;
  }

  function knownRules(nowMs: number): readonly Rule[] | undefined {
    return known && Math.abs(nowMs - known.atMs) < RULES_FRESH_MS ? known.rules : undefined;
  }

  return {
    knownRules,
    ask(country, ask, facts, nowMs) {
      const elsewhere = memory.hints(ask.keys, country, nowMs);
      const answer = Promise.resolve().then(
        () =>
          object(nameOf(country)).decide({ ...ask, elsewhere }, facts, nowMs) as PromiseLike<
            GuardVerdict & { settle?: SettleAsk }
          >,
      );
      const verdict = withTimeout(answer, ASK_DEADLINE_MS).then(
        ({ decision, sent }): GuardVerdict => {
          if (!sent) return { decision };
          memory.sent(ask.keys, country, nowMs);
          return { decision, sent };
        },
        () => undefined,
      );
      async function endWith(use: (given: Ticketed) => Promise<void>): Promise<void> {
        const given = await answer.catch(() => undefined);
        if (!given?.sent) return;
        await use(given as Ticketed);
        // Over RPC the far end waits until it is disposed of; within one process it is a function like any other.
        (given.settle as Partial<Disposable> | undefined)?.[Symbol.dispose]?.();
      }
      let ended: Promise<void> | undefined;
      return {
        verdict,
        async takeBack(atMs) {
          ended ??= endWith(async ({ settle, sent }) => {
            memory.learn(sent.keys, country, 'not_sent', atMs);
            try {
              if (!settle) throw new TypeError('no ticket');
              await settle('not_sent', atMs);
            } catch {
              // The object was reset in between: its counters were not.
              await quietly(object(nameOf(country)).learn(sent, 'not_sent', atMs));
            }
          });
          await ended;
        },
        async release() {
          ended ??= endWith(async () => {});
          await ended;
        },
      };
    },
    learn(country, sent, outcome, nowMs) {
      memory.learn(sent.keys, country, outcome, nowMs);
      return quietly(object(nameOf(country)).learn(sent, outcome, nowMs));
    },
    note: (country, facts, nowMs) => quietly(object(nameOf(country)).note(facts, nowMs)),
    decisions: (country, query, nowMs) =>
      callDurableObject<LoggedDecision[]>(object(nameOf(country)).decisions(query, nowMs)),

    async rules(nowMs) {
      const fresh = knownRules(nowMs);
      if (fresh) return fresh;
      try {
        return await withTimeout(currentRules(nowMs), ASK_DEADLINE_MS);
      } catch {
        return known?.rules ?? [];
      }
    },
    currentRules,
    async addRule(rule, nowMs) {
      const isAdded = await callDurableObject<boolean>(object(RULES_NAME).addRule(rule, nowMs));
      known = undefined;
      return isAdded;
    },
    async removeRule(id, nowMs) {
      const isRemoved = await callDurableObject<boolean>(object(RULES_NAME).removeRule(id, nowMs));
      known = undefined;
      return isRemoved;
    },
    phoneHashes: (phone) =>
      Promise.all(
        [keyring.current, keyring.previous].flatMap((keys) =>
          keys ? [keyedHash(keys, 'guard', `phone ${phone}`)] : [],
        ),
      ),
  };
}

async function quietly(call: PromiseLike<unknown>): Promise<void> {
  await callDurableObject(call).catch(() => undefined);
}
