import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ConnectorList, Flow } from '../../shared/api/admin-responses.ts';
import { shown } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { channelName } from '../parts/format.ts';
import { scrollTable } from '../parts/scroll-table.ts';
import { Task } from '../parts/task.ts';
import { textOf } from './records.ts';

/** What carries the messages, how each flow uses it, and how every message will arrive. */
export class ConnectorsView extends ConsoleView {
  readonly #list = new Task<ConnectorList>(this);

  protected override willUpdate(_changes: PropertyValues): void {
    if (!this.hasUpdated) this.#load();
  }

  #load(): void {
    void this.#list.run((signal) => this.api.connectors(signal));
  }

  protected override render(): unknown {
    return shown(
      this.#list.state,
      'connectors',
      (list) => this.#draw(list),
      () => this.#load(),
    );
  }

  #draw({ connectors, flows, messages }: ConnectorList): TemplateResult {
    return html`<div class="cards">
        ${connectors.map(
          (connector) =>
            html`<connector-card .api=${this.api} .connector=${connector}></connector-card>`,
        )}
      </div>
      <section aria-labelledby="flows-heading">
        <h2 id="flows-heading">Flows</h2>
        ${flowTable(flows)}
      </section>
      <section aria-labelledby="previews-heading">
        <h2 id="previews-heading">Message previews</h2>
        <message-previews .messages=${messages}></message-previews>
      </section>`;
  }
}

function flowTable(flows: readonly Flow[]): TemplateResult {
  return scrollTable(
    'Table of flows',
    html`<table>
      <thead>
        <tr>
          <th scope="col">Flow</th>
          <th scope="col">Connectors, in order</th>
          <th scope="col">Channels</th>
          <th scope="col" class="number">Digits</th>
          <th scope="col">Senders</th>
        </tr>
      </thead>
      <tbody>
        ${flows.map(
          (flow) => html`<tr>
            <th scope="row">${flow.name}</th>
            <td>${flow.connectors.join(', then ')}</td>
            <td>${flow.channels.map(channelName).join(', ')}</td>
            <td class="number">${flow.codeLength}</td>
            <td>${sendersOf(flow)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

function sendersOf({ senders }: Flow): TemplateResult | typeof nothing {
  const lines = Object.entries(senders).flatMap(([connector, channels]) =>
    Object.entries(channels).map(([channel, sender]) => ({ connector, channel, sender })),
  );
  if (lines.length === 0) return nothing;
  return html`<ul class="plain unbroken">
    ${lines.map(
      ({ connector, channel, sender }) =>
        html`<li><b>${textOf(sender)}</b> <span class="fine">${connector}, ${channelName(channel)}</span></li>`,
    )}
  </ul>`;
}
