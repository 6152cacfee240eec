import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Channel } from '../../shared/api/channel.ts';
import type { SendRequest } from '../../shared/api/requests.ts';
import type {
  Challenge,
  ChallengeConfig,
  ConfigAnswer,
  SendAnswer,
} from '../../shared/api/responses.ts';
import { OtpError } from '../../shared/otp-error.ts';
import type { PhoneMetadata } from '../../shared/phone-number/metadata.ts';
import { importWithRetry } from '../base/import-with-retry.ts';
import type { ReviewedElement } from '../base/reviewed-element.ts';
import { challengeOf } from '../challenge/run-challenge.ts';
import { failureOf, isSetupFault, reportFault, setupFaultOf } from '../diagnostics/setup-fault.ts';
import type { HandedBackProof } from '../proof/handed-back-proof.ts';
import { ProofRenewal } from '../proof/proof-renewal.ts';
import { ApiSession, type WorkerSettings } from './api-session.ts';
import type { ChallengeAsk, ChallengeToken } from './challenge.ts';
import { DeliveryPoller } from './delivery-poller.ts';
import { INITIAL_STATE } from './initial-state.ts';
import { localeOf } from './message-locale.ts';
import { createMonotonicClock } from './monotonic-clock.ts';
import type { Failure, FlowEvent, FlowState, PhoneNumber } from './state.ts';
import { nextChange } from './timers.ts';
import { transition } from './transition.ts';

/** The page's attributes, read at each user action. */
export interface FlowSettings extends WorkerSettings {
  channel: Channel | undefined;
  /** The language around the element, as the page wrote it. */
  locale: string;
  nonce: string | undefined;
  /** Overrides the Worker's code length. */
  codeLength: number | undefined;
}

export interface FlowChange {
  previous: FlowState;
  next: FlowState;
  event: FlowEvent;
}

export interface FlowControllerOptions {
  settings(): FlowSettings;
  /** The number to send to. Asked once the configuration is there, because its country may come from it. */
  number(config: ConfigAnswer): PhoneNumber | Failure;
  /** Whether two spellings are of one number. */
  isSame(a: PhoneNumber, b: PhoneNumber): boolean;
  /** Shows the challenge and waits for its token, which is valid for one request. */
  runChallenge(ask: ChallengeAsk): Promise<ChallengeToken | Failure>;
  /** Whether the visitor has started, so that a lost connection is shown. */
  hasBegun(): boolean;
  /** Called at once, before anything is drawn: forms and events must not be a frame behind. */
  onChange(change: FlowChange): void;
}

/** The request for a first code, without its channel. */
type Order = Exclude<SendRequest, { session: string }>;

const PAGE_EVENTS = ['pageshow', 'pagehide', 'online', 'offline'] as const;

/**
 * Owns the requests and the clock of one flow. It lets the transition function decide whether a gesture counts, makes
 * the one request of a gesture that does, and hands the answer back under the call's id. It does not know what the
 * flow looks like.
 */
export class FlowController implements ReactiveController {
  state: FlowState = INITIAL_STATE;
  readonly now = createMonotonicClock();

  readonly #host: ReactiveControllerHost & ReviewedElement;
  readonly #options: FlowControllerOptions;
  readonly #worker: ApiSession;
  readonly #delivery: DeliveryPoller;
  readonly #renewal: ProofRenewal;
  #lastId = 0;
  /** The request of the session. */
  #order = '';
  /** The last request: the same number in another format is the same request, for the session and for the Worker. */
  #number: PhoneNumber | null = null;
  #running: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & ReviewedElement, options: FlowControllerOptions) {
    this.#host = host;
    this.#options = options;
    this.#worker = new ApiSession(options.settings, (config) => {
      importWithRetry(() => import('../view/finishing.ts')).then(
        ({ checkAttributes }) => checkAttributes(host, config),
        () => undefined,
      );
      host.requestUpdate();
    });
    this.#delivery = new DeliveryPoller(
      (session, signal) => this.#worker.delivery(session, signal),
      (session, state) => this.#dispatch({ type: 'delivery', session, state }),
    );
    this.#renewal = new ProofRenewal({
      ask: (session, signal) => this.#worker.renew(session, signal),
      now: this.now,
      failureOf,
      onEvent: (event) => this.#dispatch(event),
    });
    host.addController(this);
  }

  /** The Worker's configuration; `null` until it is loaded. */
  get config(): ConfigAnswer | null {
    return this.#worker.config;
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this);
    for (const type of PAGE_EVENTS) window.addEventListener(type, this);
    this.#tick();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this);
    for (const type of PAGE_EVENTS) window.removeEventListener(type, this);
    clearTimeout(this.#timer);
    // What the challenge shows does not survive even a move.
    if (challengeOf(this.state)) this.stop();
    // Moving an element disconnects and connects it in one operation; its request continues.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.stop();
      this.#renewal.stop();
      this.#delivery.follow(null);
    });
  }

  handleEvent(event: Event): void {
    const { type } = event;
    switch (type) {
      case 'offline':
        if (this.#options.hasBegun()) this.#dispatch({ type });
        break;
      case 'online':
        this.#renewal.online();
        this.#dispatch({ type });
        break;
      case 'pagehide':
        // A page restored from the back/forward cache would wait forever for a discarded response.
        this.stop();
        this.#renewal.stop();
        break;
      case 'pageshow':
        if ((event as PageTransitionEvent).persisted) this.#dispatch({ type: 'restored' });
        this.#tick();
        break;
      default:
        // Timers stop in a sleeping or cached page; expiries must be shown when it wakes.
        this.#tick();
    }
  }

  /** Before a user action, silently: only setup errors are reported. */
  async prepare(): Promise<void> {
    try {
      await this.#worker.loadConfig();
    } catch (error) {
      const failure = await this.#failureOf(error);
      if (isSetupFault(failure)) this.refuse(failure);
    }
  }

  /**
   * The first code, another one in the same session, or a fresh start once the session is over. To the number of a code
   * that is still good nothing is sent again: that code is asked for.
   */
  async send(channel?: Channel): Promise<void> {
    if (this.#resumed()) return;
    // What was verified once needs no second message for as long as it can be renewed.
    if (this.state.step === 'verified' && !this.state.proof && this.state.session) {
      await this.renew();
      const { state } = this;
      if (state.step !== 'verified' || state.session) return;
    }
    const id = ++this.#lastId;
    if (!this.#began({ type: 'send', id, at: this.now(), channel }, id)) return;
    await this.#run(id, async (signal) => {
      const config = await this.#worker.reach();
      signal.throwIfAborted();
      const { state } = this;
      const number = state.step === 'code' ? state.number : this.#numberNow(config);
      if ('code' in number) return { type: 'failed', id, failure: number, at: this.now() };
      this.#number = number;

      const order = this.#orderFor(number);
      const request = this.#requestFor(order, channel);
      const answer = await this.#deliver(id, request, config.challenge, signal);
      if ('code' in answer) return { type: 'failed', id, failure: answer, at: this.now() };
      if (!('session' in request)) this.#order = JSON.stringify(order);
      const codeLength = this.#options.settings().codeLength ?? answer.codeLength;
      return { type: 'sent', id, number, answer: { ...answer, codeLength }, at: this.now() };
    });
  }

  async verify(code: string): Promise<void> {
    const id = ++this.#lastId;
    if (!this.#began({ type: 'verify', id, code, at: this.now() }, id)) return;
    const session = this.state.step === 'code' ? this.state.session : null;
    if (!session) return;
    await this.#run(id, async (signal) => {
      if (!navigator.onLine) await this.#worker.reach();
      signal.throwIfAborted();
      const askedAt = this.now();
      const answer = await this.#worker.verify({ session, code }, signal);
      return { type: 'verified', id, answer, askedAt };
    });
  }

  /** Whether the proof has expired, or is about to, and can be renewed without the visitor. */
  needsRenewal(): boolean {
    this.#tick();
    return this.#renewal.isDue();
  }

  /**
   * Renews the proof while the visitor waits.
   * @returns whether there is one that holds
   */
  async renew(): Promise<boolean> {
    this.#dispatch({ type: 'renew', id: ++this.#lastId });
    await this.#renewal.renew();
    return this.state.step === 'verified' && this.state.proof !== null;
  }

  changeNumber(): void {
    this.stop();
    this.#dispatch({ type: 'change_number' });
  }

  reset(): void {
    this.#worker.forgetKeys();
    this.#number = null;
    this.stop();
    this.#dispatch({ type: 'reset' });
  }

  refuse(failure: Failure): void {
    this.#dispatch({ type: 'refused', failure });
  }

  /** The page has a proof from before. */
  handBack(proof: HandedBackProof): void {
    const expiresAt = this.now() + proof.expiresAt - Date.now();
    this.#dispatch({ type: 'handed_back', proof: { ...proof, expiresAt } });
  }

  /** As `refuse`, without a user action. */
  notice(failure: Failure): void {
    this.#dispatch({ type: 'noticed', failure });
  }

  phoneMetadata(country: string): Promise<PhoneMetadata> {
    return this.#worker.phoneMetadata(country);
  }

  edited(): void {
    // A visitor who types while a challenge is pending no longer wants its request.
    if (challengeOf(this.state)) this.stop();
    this.#dispatch({ type: 'edited' });
  }

  /** Aborts the pending request. If a code may have been sent, the step stays as it is. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#dispatch({ type: 'stopped' });
  }

  /** The page changed `endpoint` or `flow`: what was configured, and a session of the old one, mean nothing now. */
  settingsChanged(): void {
    this.reset();
    this.#worker.forget();
    void this.prepare();
  }

  /** The number is again the one whose code is still good: to send would send nothing, and lead back to that code. */
  get resumes(): boolean {
    const { state, config } = this;
    if (state.step !== 'phone' || state.busy || !state.kept || !config) return false;
    if (this.now() >= state.kept.expiresAt) return false;
    const number = this.#numberNow(config);
    return !('code' in number) && JSON.stringify(this.#orderFor(number)) === this.#order;
  }

  #resumed(): boolean {
    if (!this.resumes) return false;
    const { state } = this;
    this.#dispatch({ type: 'resumed', at: this.now() });
    return this.state !== state;
  }

  #numberNow(config: ConfigAnswer): PhoneNumber | Failure {
    const number = this.#options.number(config);
    const last = this.#number;
    return !('code' in number) && last && this.#options.isSame(last, number) ? last : number;
  }

  #began(event: FlowEvent, id: number): boolean {
    this.#dispatch(event);
    return this.state.busy?.id === id;
  }

  async #run(id: number, request: (signal: AbortSignal) => Promise<FlowEvent>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    let event: FlowEvent;
    try {
      event = await request(running.signal);
    } catch (error) {
      if (running.signal.aborted) return;
      event = { type: 'failed', id, failure: await this.#failureOf(error), at: this.now() };
    }
    if (!running.signal.aborted) this.#dispatch(event);
  }

  /** The one send of a user action. A request rejected for a missing challenge has sent and cost nothing. */
  async #deliver(
    id: number,
    request: SendRequest,
    challenge: ChallengeConfig,
    signal: AbortSignal,
  ): Promise<SendAnswer | Failure> {
    const passed = challenge && (await this.#pass(challenge, id, signal));
    if (passed && 'code' in passed) return passed;
    const body: SendRequest = passed ? { ...request, challenge: passed.token } : request;
    try {
      return await this.#worker.send(body, this.now(), signal);
    } catch (error) {
      const asked = error instanceof OtpError ? error.challenge : undefined;
      // A Worker that asks again, with a token in its hand, might do so for ever.
      if (!asked || passed) throw error;
      return this.#deliver(id, request, asked, signal);
    }
  }

  async #pass(challenge: Challenge, id: number, signal: AbortSignal) {
    const event = { type: 'challenge', id } as const;
    const onShown = () => this.#dispatch({ ...event, stage: 'shown' });
    this.#dispatch({ ...event, stage: 'running' });
    const passed = await this.#options.runChallenge({ challenge, signal, onShown });
    this.#dispatch({ ...event, stage: 'over' });
    return passed;
  }

  /** Until the configuration is loaded, a failure may be a setup error of the page or the Worker. */
  async #failureOf(error: unknown): Promise<Failure> {
    const { endpoint, flow } = this.#options.settings();
    const isConfigured = this.config !== null;
    const failure = isConfigured ? failureOf(error) : await setupFaultOf(error, endpoint);
    const isEndpointGiven = this.#host.hasAttribute('endpoint');
    reportFault(failure, { endpoint, flow, isEndpointGiven }, isConfigured);
    return failure;
  }

  #requestFor(order: Order, channel: Channel | undefined): SendRequest {
    const { state } = this;
    const by =
      channel ?? (state.step === 'code' ? state.channel : this.#options.settings().channel);
    const asked = state.step === 'code' && state.session ? { session: state.session } : order;
    return { ...asked, ...(by && { channel: by }) };
  }

  #orderFor(number: PhoneNumber): Order {
    const settings = this.#options.settings();
    const locale = localeOf(settings.locale);
    return {
      phone: number.phone,
      ...(number.country && { country: number.country }),
      ...(settings.flow && { flow: settings.flow }),
      ...(locale && { locale }),
      ...(settings.nonce && { nonce: settings.nonce }),
    };
  }

  #dispatch(event: FlowEvent): void {
    const previous = this.state;
    const next = transition(previous, event);
    if (next !== previous) {
      this.state = next;
      const abandoned = abandonedSession(previous, next);
      if (abandoned) this.#worker.cancel(abandoned);
      this.#options.onChange({ previous, next, event });
      this.#host.requestUpdate();
      this.#delivery.follow(
        // What failed may still arrive.
        next.step === 'code' && ['awaited', 'not_delivered'].includes(next.delivery)
          ? next.session
          : null,
      );
    }
    this.#setTimer();
  }

  #tick(): void {
    this.#dispatch({ type: 'tick', at: this.now() });
    this.#host.requestUpdate();
  }

  #setTimer(): void {
    if (this.#host.isConnected) this.#renewal.follow(this.state);
    clearTimeout(this.#timer);
    const wait = nextChange(this.state, this.now());
    if (wait !== null && this.#host.isConnected) this.#timer = setTimeout(() => this.#tick(), wait);
  }
}

/** The session to cancel, if any. */
function abandonedSession(previous: FlowState, next: FlowState): string | null {
  if (next.step === 'phone' && next.kept) return null;
  switch (previous.step) {
    case 'phone':
      return previous.kept && next !== previous.kept ? previous.kept.session : null;
    case 'code':
      return next.step === 'phone' ? previous.session : null;
    case 'verified':
      return null;
    default:
      return previous satisfies never;
  }
}
