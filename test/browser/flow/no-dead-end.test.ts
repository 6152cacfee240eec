import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../support/fixed-seed.ts';
import { render } from 'lit';
import { INITIAL_STATE } from '../../../widget/flow/initial-state.ts';
import type { FlowEvent, FlowState } from '../../../widget/flow/state.ts';
import { nextChange } from '../../../widget/flow/timers.ts';
import { transition } from '../../../widget/flow/transition.ts';
import { en } from '../../../widget/i18n/locales/en.ts';
import { codeStep } from '../../../widget/view/code-step.ts';
import { phoneActions } from '../../../widget/view/phone-actions.ts';
import { SENT, VERIFIED } from '../../support/widget/fake-worker.ts';
import { NUMBER, story } from '../../support/widget/flow-arbitrary.ts';

/** More than any way takes: a request ends, a time passes, a code is sent, and it is checked. */
const STEPS = 8;

/** A visitor in front of the widget as it is really drawn, with a Worker that does what it is asked. */
class Visitor {
  state: FlowState;
  now: number;
  readonly #page = document.createElement('div');
  #lastId = 1000;

  constructor(state: FlowState, now: number) {
    this.state = state;
    this.now = now;
  }

  get hasProof(): boolean {
    return this.state.step === 'verified' && this.state.proof !== null;
  }

  /** What can be pressed, by the names of the parts, the step's one action first. */
  get actions(): HTMLButtonElement[] {
    const { state, now } = this;
    const common = { state, words: en, now, disabled: false };
    const onChangeNumber = () => this.#happens({ type: 'change_number' });
    const drawn =
      state.step === 'code'
        ? codeStep({
            ...common,
            state,
            isShown: true,
            hasError: state.problem !== null,
            codeLength: state.codeLength,
            filled: 0,
            selected: null,
            isInvalid: false,
            onSlot: () => undefined,
            onVerify: () => this.#verify(),
            onResend: () => this.#send(),
            onChangeNumber,
          })
        : phoneActions({
            ...common,
            channels: ['sms'],
            suggestion: null,
            onSuggestion: () => undefined,
            resumes: false,
            onSend: () => this.#send(),
            onChangeNumber,
          });
    render(drawn, this.#page);
    return [...this.#page.querySelectorAll('button')]
      .filter((button) => !button.disabled && button.ariaDisabled !== 'true')
      .filter((button) => !button.closest('[hidden]'));
  }

  can(action: string): boolean {
    return this.actions.some(({ part }) => part.contains(action));
  }

  /** Something changes by itself: an answer comes or does not, a countdown runs. */
  get waits(): boolean {
    return this.state.busy !== null || nextChange(this.state, this.now) !== null;
  }

  /** The shortest way on. */
  goOn(): void {
    const { busy } = this.state;
    // The worst end of a request: it never came to one.
    if (busy) {
      const failure = { code: 'timeout' } as const;
      this.#happens({ type: 'failed', id: busy.id, failure, at: this.now });
      return;
    }
    if (this.#renewsByItself()) return;
    const main = this.actions.find(({ part }) => !part.contains('change-number'));
    const before = this.state;
    main?.click();
    if (this.state !== before) return;
    const wait = nextChange(this.state, this.now);
    if (wait === null) throw new Error(`Nothing leads on from ${JSON.stringify(this.state)}`);
    // The seconds of a countdown show, and change nothing else: to its end.
    const until = [this.state.problem?.until, 'resendAt' in this.state && this.state.resendAt];
    this.now = Math.max(this.now + wait, ...until.map((time) => time || 0));
    this.#happens({ type: 'tick', at: this.now });
  }

  /** A proof that expired unseen is renewed without a press, as soon as somebody looks. */
  #renewsByItself(): boolean {
    const { state } = this;
    if (state.step !== 'verified' || state.proof || !state.session || state.expired) return false;
    this.#happens({ type: 'renew', id: ++this.#lastId });
    const { session } = state;
    this.#happens({ type: 'renewed', session, answer: VERIFIED, askedAt: this.now });
    return true;
  }

  #send(): void {
    const id = ++this.#lastId;
    this.#happens({ type: 'send', id, at: this.now });
    this.#happens({ type: 'sent', id, number: NUMBER, answer: SENT, at: this.now });
  }

  /** Another code each time, as it stands in the message. */
  #verify(): void {
    const id = ++this.#lastId;
    this.#happens({ type: 'verify', id, code: `${100_000 + id}`, at: this.now });
    this.#happens({ type: 'verified', id, answer: VERIFIED, askedAt: this.now });
  }

  #happens(event: FlowEvent): void {
    this.state = transition(this.state, event);
  }
}

function visitorAfter({ events, now }: { events: FlowEvent[]; now: number }): Visitor {
  const state = events.reduce(transition, INITIAL_STATE as FlowState);
  return new Visitor(transition(state, { type: 'tick', at: now }), now);
}

describe('whatever has happened', () => {
  it('there is something to press, or something on its way', () => {
    fc.assert(
      fc.property(story, (happened) => {
        const visitor = visitorAfter(happened);
        expect(visitor.actions.length > 0 || visitor.waits, JSON.stringify(visitor.state)).to.equal(
          true,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('nobody has to wait at a step that has a number: it can be changed', () => {
    fc.assert(
      fc.property(story, (happened) => {
        const visitor = visitorAfter(happened);
        expect(visitor.state.step === 'phone' || visitor.can('change-number')).to.equal(true);
      }),
    );
  });

  it('the step’s own action leads to a proof', () => {
    fc.assert(
      fc.property(story, (happened) => {
        const visitor = visitorAfter(happened);
        for (let step = 0; step < STEPS && !visitor.hasProof; step += 1) visitor.goOn();
        expect(visitor.hasProof, JSON.stringify(visitor.state)).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });
});
