/**
 * The guard's object: one for each country, which sees that country's sends and no others, and one that keeps the
 * operator's rules. Its methods await nothing, so that what is asked at the same time is counted one after the other.
 */
import type { ObjectStorage } from '../rate-limit/object-storage.ts';
import { type Counter, counterLapsesAtMs, DAY_MS } from './counter.ts';
import { decide, type GuardAsk, type GuardVerdict, getsCode, learn } from './decide.ts';
import {
  type DecisionFacts,
  DecisionLog,
  type DecisionQuery,
  type LoggedDecision,
} from './decision-log.ts';
import { Pages, type Space } from './pages.ts';
import type { Rule } from './rules.ts';
import type { CountedSend, Outcome } from './types.ts';

const ALARM = 'alarm';
const RULES = 'rules';
const MAX_RULES = 500;
/** What is known of numbers and of times ends with this. */
const MEMORY_MS: Readonly<Partial<Record<Space, number>>> = { seen: DAY_MS, times: 90 * DAY_MS };

/** What the log says of a request besides the decision. */
export type AskFacts = Pick<DecisionFacts, 'site' | 'flow' | 'channel' | 'range' | 'rule'>;

/** Tells within the same call what became of it: one billed request instead of two. */
export type SettleAsk = (outcome: Outcome, nowMs: number) => void;

export class GuardObject {
  readonly #storage: ObjectStorage;

  constructor(storage: ObjectStorage) {
    this.#storage = storage;
  }

  /** @returns with a send that was counted, the way to take it back, as long as the object lives */
  decide(ask: GuardAsk, facts: AskFacts, nowMs: number): GuardVerdict & { settle?: SettleAsk } {
    const pages = new Pages(this.#storage.kv);
    const verdict = decide(pages, ask, nowMs);
    pages.flush();
    const { decision, sent } = verdict;
    if (decision.action !== 'allow' || decision.reasons.length > 0)
      this.#note(ask, facts, decision, nowMs);
    this.#scheduleSweep(nowMs);
    if (!sent) return verdict;
    return { ...verdict, settle: (outcome, atMs) => this.learn(sent, outcome, atMs) };
  }

  learn(sent: CountedSend, outcome: Outcome, nowMs: number): void {
    const pages = new Pages(this.#storage.kv);
    learn(pages, sent, outcome, nowMs);
    pages.flush();
    this.#scheduleSweep(nowMs);
  }

  /** What was decided elsewhere: by a rule, or because the number is known. */
  note(facts: DecisionFacts, nowMs: number): void {
    new DecisionLog(this.#storage.kv).add(facts, nowMs);
    this.#scheduleSweep(nowMs);
  }

  decisions(query: DecisionQuery, nowMs: number): LoggedDecision[] {
    return new DecisionLog(this.#storage.kv).list(query, nowMs);
  }

  rules(nowMs: number): Rule[] {
    return (this.#storage.kv.get<Rule[]>(RULES) ?? []).filter(
      ({ untilMs }) => untilMs === undefined || untilMs > nowMs,
    );
  }

  /** @returns whether there was room */
  addRule(rule: Rule, nowMs: number): boolean {
    const rules = this.rules(nowMs);
    if (rules.length >= MAX_RULES) return false;
    this.#storage.kv.put(RULES, [...rules, rule]);
    this.#scheduleSweep(nowMs);
    return true;
  }

  /** @returns whether there was one of that id */
  removeRule(id: string, nowMs: number): boolean {
    const rules = this.rules(nowMs);
    const left = rules.filter((rule) => rule.id !== id);
    if (left.length === rules.length) return false;
    this.#storage.kv.put(RULES, left);
    return true;
  }

  /** Once a day: drops what has lapsed, and the object with the last of it. */
  alarm(nowMs: number): void {
    const pages = new Pages(this.#storage.kv);
    const hasCounters = pages.sweep((space, [, touchedMs, value]) => {
      const memoryMs = MEMORY_MS[space];
      const lapsesAtMs =
        memoryMs === undefined ? counterLapsesAtMs(value as Counter) : touchedMs + memoryMs;
      return lapsesAtMs <= nowMs;
    });
    const hasDecisions = new DecisionLog(this.#storage.kv).sweep(nowMs);
    const rules = this.rules(nowMs);
    if (!hasCounters && !hasDecisions && rules.length === 0) {
      void this.#storage.deleteAll();
      return;
    }
    pages.flush();
    if (this.#storage.kv.get<Rule[]>(RULES)?.length !== rules.length)
      this.#storage.kv.put(RULES, rules);
    this.#storage.kv.put(ALARM, nowMs + DAY_MS);
    void this.#storage.setAlarm(nowMs + DAY_MS);
  }

  #note(
    ask: GuardAsk,
    facts: AskFacts,
    { action, reasons }: GuardVerdict['decision'],
    nowMs: number,
  ): void {
    this.note(
      {
        ...facts,
        action,
        isActedOn:
          ask.mode === 'on' &&
          (action === 'block' || !getsCode(action, { ...ask, hasToken: false })),
        reasons: [...reasons],
        family: ask.keys.range4 ?? '',
        number: ask.number,
      },
      nowMs,
    );
  }

  /** Set once a day and not with each send. */
  #scheduleSweep(nowMs: number): void {
    const setMs = this.#storage.kv.get<number>(ALARM);
    // One that is overdue is set anew: the alarm itself writes the next.
    if (setMs !== undefined && setMs > nowMs - DAY_MS) return;
    this.#storage.kv.put(ALARM, nowMs + DAY_MS);
    void this.#storage.setAlarm(nowMs + DAY_MS);
  }
}
