import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Figures } from '../../shared/api/admin-responses.ts';
import { emptyNotice, shown } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { countText, durationText, plural, timeText } from '../parts/format.ts';
import { meterBar } from '../parts/meter-bar.ts';
import { Task } from '../parts/task.ts';

/** The ledger has no numbers in it, so there is nothing here to name the prefix by. */
const PREFIX_HINT =
  'Numbers that share all but their last four digits. Prefixes are stored as keyed hashes, so it has no name here.';

/** How much of each budget is used, and who is not asked for a while. */
export class FiguresView extends ConsoleView {
  readonly #figures = new Task<Figures>(this);

  protected override willUpdate(_changes: PropertyValues): void {
    if (!this.hasUpdated) this.#load();
  }

  #load(): void {
    void this.#figures.run((signal) => this.api.figures(signal));
  }

  protected override render(): TemplateResult {
    return html`<div class="lead-row">
        <p class="lead">Current use of each budget. When a budget is used up, no more messages are sent.</p>
        <button type="button" class="side" @click=${this.#load}>Refresh</button>
      </div>
      ${shown(this.#figures.state, 'figures', drawFigures)}`;
  }
}

function drawFigures({ at, budgets, connectors }: Figures): TemplateResult {
  const paused = connectors.filter(
    ({ sendPausedFor, checkPausedFor }) => sendPausedFor > 0 || checkPausedFor > 0,
  );
  return html`<section aria-labelledby="budgets-heading">
      <h2 id="budgets-heading">Budgets</h2>
      ${
        budgets.length === 0
          ? emptyNotice('No budget in use', 'A budget is listed from its first message on.')
          : html`<ul class="plain meters">
              ${budgets.map(drawBudget)}
            </ul>`
      }
    </section>
    <section aria-labelledby="circuits-heading">
      <h2 id="circuits-heading">Connectors</h2>
      ${
        paused.length === 0
          ? html`<p>${connectors.length === 0 ? 'No connectors are configured.' : 'All connectors healthy.'}</p>`
          : html`<ul class="plain">
              ${paused.map(
                ({ name, sendPausedFor, checkPausedFor }) => html`<li>
                  <b>${name}</b>
                  ${pause('Sends', sendPausedFor)} ${pause('Checks', checkPausedFor)}
                </li>`,
              )}
            </ul>`
      }
    </section>
    <p class="fine">As of ${timeText(at)}.</p>`;
}

function pause(what: string, seconds: number): TemplateResult | typeof nothing {
  if (seconds <= 0) return nothing;
  return html`<span class="tag bad">${what} paused for ${plural(seconds, 'second')}</span>`;
}

function drawBudget({ budget, used, count, window }: Figures['budgets'][number]): TemplateResult {
  const name = budgetName(budget);
  const text = `${countText(used)} of ${countText(count)} in ${durationText(window)}`;
  return html`<li class="meter-row">
    <span class="meter-name">${name}</span>
    <span class="meter-text">${text}</span>
    ${budget === 'prefix' ? html`<span class="fine">${PREFIX_HINT}</span>` : nothing}
    ${meterBar({ label: `${name}, ${durationText(window)}`, value: used, max: count, text })}
  </li>`;
}

function budgetName(budget: string): string {
  if (budget === 'total') return 'All messages';
  if (budget === 'prefix') return 'Busiest number prefix';
  const [, kind, name = ''] = /^(country|flow):(.*)$/.exec(budget) ?? [];
  if (kind === 'country') return `Country ${name}`;
  return kind === 'flow' ? `Flow ${name}` : budget;
}
