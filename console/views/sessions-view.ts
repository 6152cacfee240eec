import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { emptyNotice, problemNotice, shown } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { describedBy, formField } from '../parts/form-field.ts';
import { countText, plural } from '../parts/format.ts';
import { scrollTable } from '../parts/scroll-table.ts';
import { Task } from '../parts/task.ts';
import { fieldOf, headingOf, newestFirst } from './record-fields.ts';
import { columnsOf, recordsWith, sidOf, textOf, type UnknownRecord } from './records.ts';

/** First in a table, in this order, what matters most in sight of a phone; what else a record has comes after them. */
const KNOWN = ['dateCreated', 'status', 'to', 'channel', 'service', 'from'];
/** They say nothing to a person, and stand in the closer look. */
const NOT_IN_TABLE = ['sid', 'uri', 'accountSid'];
const ROWS_AT_A_TIME = 100;

const FILTERS = [
  { name: 'to', label: 'To', type: 'text', hint: '' },
  { name: 'status', label: 'Status', type: 'text', hint: 'Mitto’s own word, such as verified.' },
  { name: 'startDate', label: 'From', type: 'date', hint: '' },
  { name: 'endDate', label: 'Until', type: 'date', hint: '' },
] as const;

/** Mitto's session detail records: what became of each one-time password. */
export class SessionsView extends ConsoleView {
  static override properties: PropertyDeclarations = {
    words: { state: true },
    rows: { state: true },
    opened: { state: true },
  };

  declare words: string;
  declare rows: number;
  declare opened: UnknownRecord | undefined;
  readonly #list = new Task<readonly UnknownRecord[]>(this);
  readonly #one = new Task<UnknownRecord>(this);

  constructor() {
    super();
    this.words = '';
    this.rows = ROWS_AT_A_TIME;
  }

  protected override willUpdate(_changes: PropertyValues): void {
    if (!this.hasUpdated) this.#load({});
  }

  #load(filter: UnknownRecord): void {
    this.rows = ROWS_AT_A_TIME;
    void this.#list.run(async (signal) => newestFirst(await this.api.sessions(filter, signal)));
  }

  #submit(event: Event): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const filter = FILTERS.map(({ name }) => [name, String(data.get(name) ?? '').trim()] as const);
    this.#load(Object.fromEntries(filter.filter(([, value]) => value !== '')));
  }

  #open(record: UnknownRecord): void {
    this.opened = record;
    this.#one.reset();
    const sid = sidOf(record);
    if (sid !== undefined) void this.#one.run((signal) => this.api.session(sid, signal));
  }

  protected override render(): TemplateResult {
    return html`<p class="lead">Mitto’s session records: the status of each one-time password, newest first.</p>
      <form class="filters" autocomplete="off" novalidate @submit=${this.#submit}>
        ${FILTERS.map(({ name, label, type, hint }) =>
          formField({
            id: `sessions-${name}`,
            label,
            hint,
            control: html`<input
              id="sessions-${name}"
              name=${name}
              type=${type}
              autocomplete="off"
              aria-describedby=${describedBy(`sessions-${name}`)}
            />`,
          }),
        )}
        <button class="main">Search</button>
      </form>
      ${shown(this.#list.state, 'sessions', (records) => this.#table(records))}
      ${this.opened ? this.#closerLook(this.opened) : nothing}`;
  }

  #table(records: readonly UnknownRecord[]): TemplateResult {
    if (records.length === 0)
      return emptyNotice('No sessions', 'Mitto has no session that matches these filters.');
    const matching = recordsWith(records, this.words);
    const columns = columnsOf(records, KNOWN).filter((name) => !NOT_IN_TABLE.includes(name));
    return html`<div class="table-head">
        <label>Filter these rows <input
            type="search"
            autocomplete="off"
            .value=${this.words}
            @input=${(event: Event) => {
              this.words = (event.target as HTMLInputElement).value;
            }}
        /></label>
        <p class="fine" role="status">${
          matching.length === records.length
            ? plural(records.length, 'session')
            : `${countText(matching.length)} of ${plural(records.length, 'session')}`
        }</p>
      </div>
      ${
        matching.length === 0
          ? emptyNotice('No matching rows', 'Remove a word from the filter.')
          : scrollTable('Sessions', this.#rows(matching.slice(0, this.rows), columns))
      }
      ${
        matching.length > this.rows
          ? html`<button
              type="button"
              class="side"
              @click=${() => {
                this.rows += ROWS_AT_A_TIME;
              }}
            >
              Show more
            </button>`
          : nothing
      }`;
  }

  #rows(records: readonly UnknownRecord[], columns: readonly string[]): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col" title=${name}>${headingOf(name)}</th>`)}
          <th scope="col"><span class="unseen">Details</span></th>
        </tr>
      </thead>
      <tbody>
        ${records.map(
          (record) => html`<tr>
            ${columns.map((name) => html`<td>${fieldOf(name, record[name])}</td>`)}
            <td>
              <button type="button" class="small" @click=${() => this.#open(record)}>
                Details<span class="unseen"> of session ${sidOf(record) ?? textOf(record['to'])}</span>
              </button>
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** What the list had of it, until the record itself is there. */
  #closerLook(listed: UnknownRecord): TemplateResult {
    const { state } = this.#one;
    const record = state.kind === 'done' ? state.result : listed;
    return html`<dialog-box
      heading="Session"
      .content=${html`${state.kind === 'failed' ? problemNotice(state.problem) : nothing}
        <dl class="facts" aria-busy=${state.kind === 'loading' ? 'true' : 'false'}>
          ${Object.entries(record).map(
            ([name, value]) =>
              html`<div><dt title=${name}>${headingOf(name)}</dt><dd>${fieldOf(name, value)}</dd></div>`,
          )}
        </dl>`}
      @close=${() => {
        this.opened = undefined;
      }}
    ></dialog-box>`;
  }
}
