import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Connector, ConnectorTest } from '../../shared/admin-answers.ts';
import type { TestRequest } from '../admin-api.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { describedBy, formField } from '../parts/form-field.ts';
import { problemNotice } from '../parts/notices.ts';
import { PHONE_NUMBER_HINT, PHONE_NUMBER_PROBLEM, readPhoneNumber } from '../parts/phone-number.ts';
import { Task } from '../parts/task.ts';
import { channelName, countText, plural } from '../parts/words.ts';

/** It alone can do all but deliver. */
const TRIES_WITHOUT_DELIVERING = 'mitto-sms';

/** One connector: how it is set up, and its test. */
export class ConnectorCard extends ConsoleView {
  static override properties: PropertyDeclarations = {
    connector: { attribute: false },
    numberProblem: { state: true },
  };

  declare connector: Connector;
  declare numberProblem: string;
  readonly #test = new Task<ConnectorTest>(this);
  readonly #form = createRef<HTMLFormElement>();

  constructor() {
    super();
    this.numberProblem = '';
  }

  #run(request: TestRequest): void {
    // Without a signal: a message that has left cannot be called back, and its result should not be lost.
    if (!this.#test.isLoading)
      void this.#test.run(() => this.api.testConnector(this.connector.name, request));
  }

  #send(event: Event): void {
    event.preventDefault();
    const form = this.#form.value;
    if (!form) return;
    const data = new FormData(form);
    const to = readPhoneNumber(String(data.get('to') ?? ''));
    this.numberProblem = to === undefined ? PHONE_NUMBER_PROBLEM : '';
    if (to === undefined) {
      // The last result would read as this one's; one that is still to come is waited for.
      if (!this.#test.isLoading) this.#test.reset();
      form.querySelector<HTMLInputElement>('[name=to]')?.focus();
      return;
    }
    const channel = String(data.get('channel') ?? this.connector.channels[0] ?? 'sms');
    this.#run({ to, channel, ...(data.has('dryRun') ? { dryRun: true } : {}) });
  }

  protected override render(): TemplateResult {
    const { name, isSetUp, pausedFor } = this.connector;
    return html`<article class="card connector" aria-labelledby="${name}-heading">
      <div class="card-head">
        <h2 id="${name}-heading">${name}</h2>
        <span class="tag ${isSetUp ? 'good' : ''}">${isSetUp ? 'Set up' : 'Not set up'}</span>
        ${
          pausedFor > 0
            ? html`<span class="tag bad">Paused for ${plural(pausedFor, 'second')}</span>`
            : nothing
        }
      </div>
      ${pausedFor > 0 ? html`<p class="fine">It has failed several times in a row.</p>` : nothing}
      ${this.#facts()} ${isSetUp ? this.#tests() : this.#howToSetUp()}
    </article>`;
  }

  #facts(): TemplateResult {
    const { channels, codes, reports, callbackUrl } = this.connector;
    return html`<dl class="facts">
      <div><dt>Channels</dt><dd>${channels.map(channelName).join(', ')}</dd></div>
      <div><dt>Makes the codes</dt><dd>${codes === 'provider' ? 'The provider' : 'This deployment'}</dd></div>
      <div><dt>Delivery reports</dt><dd>${reports ? 'Yes' : 'No'}</dd></div>
      ${
        callbackUrl
          ? html`<div class="wide">
              <dt>Callback URL, for your Mitto account</dt>
              <dd class="copy-line"><code>${callbackUrl}</code>
                <copy-button .text=${callbackUrl} what="the callback URL"></copy-button></dd>
            </div>`
          : nothing
      }
    </dl>`;
  }

  #howToSetUp(): TemplateResult {
    return html`<p class="fine">
      Set the secrets that the page on settings lists for <code>${this.connector.name}</code>.
    </p>`;
  }

  #tests(): TemplateResult {
    const { name, channels } = this.connector;
    const id = `${name}-to`;
    const busy = this.#test.isLoading ? 'true' : nothing;
    return html`<form class="test" ${ref(this.#form)} autocomplete="off" novalidate @submit=${this.#send}>
        <h3>Test</h3>
        <div>
          <button type="button" class="side" aria-disabled=${busy} @click=${() => this.#run({})}>
            Check the credentials
          </button>
          <p class="hint">Sends nothing.</p>
        </div>
        ${formField({
          id,
          label: 'Or send to',
          hint: PHONE_NUMBER_HINT,
          problem: this.numberProblem,
          control: html`<input
            id=${id}
            name="to"
            type="tel"
            autocomplete="off"
            aria-describedby=${describedBy(id)}
            aria-invalid=${this.numberProblem ? 'true' : nothing}
            @input=${() => {
              this.numberProblem = '';
            }}
          />`,
        })}
        <div class="row">
          ${
            channels.length > 1
              ? html`<label>By <select name="channel">
                  ${channels.map((channel) => html`<option value=${channel}>${channelName(channel)}</option>`)}
                </select></label>`
              : nothing
          }
          ${
            name === TRIES_WITHOUT_DELIVERING
              ? html`<label class="check"
                  ><input type="checkbox" name="dryRun" checked /> Do not deliver it</label
                >`
              : nothing
          }
          <button class="side" aria-disabled=${busy}>Send a test</button>
        </div>
      </form>
      <div class="results" role="status">${this.#results()}</div>`;
  }

  #results(): unknown {
    const { state } = this.#test;
    switch (state.kind) {
      case 'idle':
        return nothing;
      case 'loading':
        return html`<p class="loading"><span class="spinner" aria-hidden="true"></span>Testing…</p>`;
      case 'failed':
        return problemNotice(state.problem);
      case 'done':
        return testResult(state.result);
    }
  }
}

/** What was tried, what came back, and what to mend. */
function testResult(result: ConnectorTest): TemplateResult {
  const { tried, channel, outcome, detail, messageId, code, mend, took } = result;
  const isGood = outcome === 'passed';
  return html`<div class="result">
    <p class="verdict ${isGood ? 'good' : 'bad'}">${isGood ? 'Passed' : 'Failed'}</p>
    <dl class="facts">
      <div>
        <dt>Tried</dt>
        <dd>${tried === 'credentials' ? 'The credentials, nothing sent' : `A message${channel ? ` by ${channelName(channel)}` : ''}`}</dd>
      </div>
      <div><dt>Came back</dt><dd>${detail}</dd></div>
      ${mend ? html`<div><dt>To mend</dt><dd>${mend}</dd></div>` : nothing}
      ${messageId ? html`<div><dt>Message</dt><dd><code>${messageId}</code></dd></div>` : nothing}
      ${code ? html`<div><dt>A visitor would get</dt><dd><code>${code}</code></dd></div>` : nothing}
      <div><dt>Took</dt><dd>${countText(took)} ms</dd></div>
    </dl>
  </div>`;
}
