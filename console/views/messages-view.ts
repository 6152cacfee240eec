import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { FoundMessage } from '../../shared/api/admin-responses.ts';
import { emptyNotice, shown } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { describedBy, formField } from '../parts/form-field.ts';
import { channelName, plural } from '../parts/format.ts';
import { PHONE_NUMBER_HINT, PHONE_NUMBER_PROBLEM, readPhoneNumber } from '../parts/phone-number.ts';
import { scrollTable } from '../parts/scroll-table.ts';
import { Task } from '../parts/task.ts';
import { timeOf } from './record-fields.ts';

interface Found {
  to: string;
  messages: readonly FoundMessage[];
}

/** What became of the messages to one number. */
export class MessagesView extends ConsoleView {
  static override properties: PropertyDeclarations = { numberProblem: { state: true } };

  declare numberProblem: string;
  readonly #search = new Task<Found>(this);
  readonly #input = createRef<HTMLInputElement>();

  constructor() {
    super();
    this.numberProblem = '';
  }

  #submit(event: Event): void {
    event.preventDefault();
    const to = readPhoneNumber(this.#input.value?.value ?? '');
    this.numberProblem = to === undefined ? PHONE_NUMBER_PROBLEM : '';
    if (to === undefined) {
      // What was found for another number would read as the answer.
      this.#search.reset();
      this.#input.value?.focus();
      return;
    }
    void this.#search.run(async (signal) => ({
      to,
      messages: (await this.api.messagesTo(to, signal)).messages,
    }));
  }

  protected override render(): TemplateResult {
    return html`<p class="lead">
        The delivery status of the messages to one phone number. Numbers are stored as keyed hashes
        only, so they cannot be listed: enter the one that you look for.
      </p>
      <form class="search" autocomplete="off" novalidate @submit=${this.#submit}>
        ${formField({
          id: 'search-to',
          label: 'Phone number',
          hint: PHONE_NUMBER_HINT,
          problem: this.numberProblem,
          control: html`<input
            id="search-to"
            type="tel"
            autocomplete="off"
            aria-describedby=${describedBy('search-to')}
            aria-invalid=${this.numberProblem ? 'true' : nothing}
            ${ref(this.#input)}
            @input=${() => {
              this.numberProblem = '';
            }}
          />`,
        })}
        <button class="main">Search</button>
      </form>
      <div aria-live="polite">${shown(this.#search.state, 'messages', found)}</div>`;
  }
}

function found({ to, messages }: Found): TemplateResult {
  if (messages.length === 0)
    return emptyNotice(
      'No messages to this number',
      'None was sent to it, or the records have expired.',
    );
  return html`<p>${plural(messages.length, 'message')} to <b>${to}</b>, newest first.</p>
    ${scrollTable(
      `Messages to ${to}`,
      html`<table>
        <thead>
          <tr>
            <th scope="col">Sent</th>
            <th scope="col">Status</th>
            <th scope="col">Type</th>
            <th scope="col">Channel</th>
            <th scope="col">Connector</th>
            <th scope="col">Provider ID</th>
          </tr>
        </thead>
        <tbody>
          ${messages.map(
            (message) => html`<tr>
              <td>${timeOf(message.sentAt)}</td>
              <td>${stateTag(message)}</td>
              <td>${message.kind === 'code' ? 'Code' : message.kind === 'message' ? 'Message' : message.kind}</td>
              <td>${channelName(message.channel ?? '')}</td>
              <td class="unbroken">${message.connector ?? nothing}</td>
              <td>${message.providerId ? html`<code>${message.providerId}</code>` : nothing}</td>
            </tr>`,
          )}
        </tbody>
      </table>`,
    )}`;
}

const STATES: Readonly<Record<string, { text: string; look: string }>> = {
  // Some providers report nothing of a code, be it verified or not.
  pending: { text: 'No report', look: '' },
  sent: { text: 'Sent', look: '' },
  delivered: { text: 'Delivered', look: 'good' },
  not_delivered: { text: 'Not delivered', look: 'bad' },
};

/** A state that this page does not know is shown as it came. */
function stateTag({ state, code, errorCode, verified }: FoundMessage): TemplateResult {
  // Whoever has typed the code has got it, whatever the report says.
  if (verified) return html`<span class="tag good">Verified</span>`;
  const { text, look } = (Object.hasOwn(STATES, state) ? STATES[state] : undefined) ?? {
    text: state,
    look: '',
  };
  return html`<span class="tag ${look}">${code === 'blocked_by_provider' ? 'Blocked' : text}</span>
    ${errorCode === undefined ? nothing : html` <span class="fine">code ${errorCode}</span>`}`;
}
