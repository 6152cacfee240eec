import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { type DateRange, USAGE_BLOCKS, type UsageBlock } from '../admin-client.ts';
import { emptyNotice, shown } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { formField } from '../parts/form-field.ts';
import { channelName, countText, plural } from '../parts/format.ts';
import { scrollTable } from '../parts/scroll-table.ts';
import { Task } from '../parts/task.ts';
import { textOf, type UnknownRecord } from './records.ts';
import { blockName, type UsageData, usageDataOf, withEmptyDays } from './usage-data.ts';

const DAY_MS = 86_400_000;
const DAYS_AT_FIRST = 30;

const BLOCK_NAMES: Readonly<Record<UsageBlock, string>> = {
  Daily: 'Days',
  Monthly: 'Months',
  Yearly: 'Years',
  Today: 'Today',
  Yesterday: 'Yesterday',
  ThisMonth: 'This month',
  LastMonth: 'Last month',
  AllTime: 'All time',
};

/** Those that cover a time of the reader's choice; the others have their own. */
const RANGED: readonly UsageBlock[] = ['Daily', 'Monthly', 'Yearly'];

interface Usage {
  data: UsageData;
  records: readonly UnknownRecord[];
}

/** How many one-time passwords Mitto has sent, by time and channel. */
export class UsageView extends ConsoleView {
  static override properties: PropertyDeclarations = {
    block: { state: true },
    range: { state: true },
    dateProblem: { state: true },
  };

  declare block: UsageBlock;
  declare range: DateRange;
  declare dateProblem: string;
  readonly #usage = new Task<Usage>(this);
  readonly #form = createRef<HTMLFormElement>();

  constructor() {
    super();
    this.block = 'Daily';
    const now = Date.now();
    this.range = { startDate: dayOf(now - (DAYS_AT_FIRST - 1) * DAY_MS), endDate: dayOf(now) };
    this.dateProblem = '';
  }

  protected override willUpdate(_changes: PropertyValues): void {
    if (!this.hasUpdated) this.#load();
  }

  #load(): void {
    const { block } = this;
    const range = RANGED.includes(block) ? this.range : { startDate: '', endDate: '' };
    void this.#usage.run(async (signal) => {
      const records = await this.api.usage(block, range, signal);
      const data = usageDataOf(records);
      return { data: block === 'Daily' ? withEmptyDays(data, range) : data, records };
    });
  }

  #submit(event: Event): void {
    event.preventDefault();
    const form = this.#form.value;
    if (!form) return;
    const data = new FormData(form);
    const range = {
      startDate: String(data.get('startDate') ?? ''),
      endDate: String(data.get('endDate') ?? ''),
    };
    const isBackwards =
      range.startDate !== '' && range.endDate !== '' && range.endDate < range.startDate;
    this.dateProblem = isBackwards ? '“Until” must not be before “From”.' : '';
    if (isBackwards) {
      this.#usage.reset();
      form.querySelector<HTMLInputElement>('[name=endDate]')?.focus();
      return;
    }
    if (RANGED.includes(this.block)) this.range = range;
    this.#load();
  }

  protected override render(): TemplateResult {
    const isRanged = RANGED.includes(this.block);
    return html`<p class="lead">One-time passwords that Mitto sent for this account.</p>
      <form class="filters" ${ref(this.#form)} novalidate @submit=${this.#submit}>
        ${formField({
          id: 'usage-block',
          label: 'By',
          control: html`<select
            id="usage-block"
            name="block"
            @change=${(event: Event) => {
              this.block = (event.target as HTMLSelectElement).value as UsageBlock;
            }}
          >
            ${USAGE_BLOCKS.map(
              (block) =>
                html`<option value=${block} ?selected=${block === this.block}>${BLOCK_NAMES[block]}</option>`,
            )}
          </select>`,
        })}
        ${isRanged ? this.#days() : nothing}
        <button class="main">Show</button>
      </form>
      ${shown(this.#usage.state, 'usage', drawUsage)}`;
  }

  #days(): TemplateResult {
    return html`${formField({
      id: 'usage-from',
      label: 'From',
      control: html`<input id="usage-from" name="startDate" type="date" .value=${this.range.startDate} />`,
    })}
    ${formField({
      id: 'usage-until',
      label: 'Until',
      problem: this.dateProblem,
      control: html`<input
        id="usage-until"
        name="endDate"
        type="date"
        aria-describedby="usage-until-problem"
        aria-invalid=${this.dateProblem ? 'true' : nothing}
        .value=${this.range.endDate}
      />`,
    })}`;
  }
}

function drawUsage({ data, records }: Usage): TemplateResult {
  if (data.bars.length === 0 && data.uncounted.length === 0)
    return emptyNotice('No usage', 'Mitto has no records for this period.');
  return html`<p class="total"><b>${countText(data.total)}</b> sent</p>
    <div class="usage">
      <usage-chart .data=${data}></usage-chart>
      ${usageTable(data)}
    </div>
    ${
      data.uncounted.length === 0
        ? nothing
        : html`<p class="notice">${plural(data.uncounted.length, 'record')} without a numeric count:
            not in the chart, see the raw records.</p>`
    }
    <details>
      <summary>${records.length === 1 ? 'Raw record' : `Raw records (${countText(records.length)})`}</summary>
      <pre><code>${records.map(textOf).join('\n')}</code></pre>
    </details>`;
}

/** All that the chart shows, to be read. Days on which nothing was sent are left out. */
function usageTable({ bars, channels, total }: UsageData): TemplateResult {
  return scrollTable(
    'Usage as a table',
    html`<table>
      <caption class="unseen">One-time passwords by time and channel</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          ${channels.map((channel) => html`<th scope="col" class="number">${channelName(channel)}</th>`)}
          <th scope="col" class="number">All</th>
        </tr>
      </thead>
      <tbody>
        ${bars
          .filter((bar) => bar.total > 0 || bar.counts.size > 0)
          .map(
            (bar) => html`<tr>
              <th scope="row" class="unbroken">${blockName(bar)}</th>
              ${channels.map(
                (channel) =>
                  html`<td class="number">${countText(bar.counts.get(channel) ?? 0)}</td>`,
              )}
              <td class="number">${countText(bar.total)}</td>
            </tr>`,
          )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          ${channels.map(
            (channel) =>
              html`<td class="number">${countText(bars.reduce((sum, { counts }) => sum + (counts.get(channel) ?? 0), 0))}</td>`,
          )}
          <td class="number">${countText(total)}</td>
        </tr>
      </tfoot>
    </table>`,
  );
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
