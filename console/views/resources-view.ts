import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { ResourceKind } from '../admin-client.ts';
import { emptyNotice, problemNotice, shown } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import { scrollTable } from '../parts/scroll-table.ts';
import { Task } from '../parts/task.ts';
import { sidOf, textOf, type UnknownRecord } from './records.ts';
import { RESOURCE_KINDS, summaryOf } from './resource-kinds.ts';

/** What stands over the list. */
type Opened =
  | { kind: 'nothing' }
  | { kind: 'editor'; record: UnknownRecord | undefined }
  | { kind: 'deletion'; record: UnknownRecord; sid: string };

/** Limits or workflows at Mitto: the list, and how one is made, changed and deleted. */
export class ResourcesView extends ConsoleView {
  static override properties: PropertyDeclarations = {
    kind: {},
    opened: { state: true },
    said: { state: true },
  };

  declare kind: ResourceKind;
  declare opened: Opened;
  /** What was just done. */
  declare said: string;
  readonly #list = new Task<readonly UnknownRecord[]>(this);
  readonly #deletion = new Task<true>(this);

  constructor() {
    super();
    this.kind = 'limits';
    this.opened = { kind: 'nothing' };
    this.said = '';
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('kind')) return;
    // The pages of limits and of workflows are one element, which stays when one is turned to the other.
    this.opened = { kind: 'nothing' };
    this.said = '';
    this.#list.reset();
    this.#load();
  }

  #load(): void {
    const { api, kind } = this;
    void this.#list.run((signal) => api.resources(kind, signal));
  }

  #close(): void {
    this.opened = { kind: 'nothing' };
    this.#deletion.reset();
  }

  #done(said: string): void {
    this.#close();
    this.said = said;
    this.#load();
  }

  async #delete(sid: string, name: string): Promise<void> {
    const { api, kind } = this;
    if (this.#deletion.isLoading) return;
    const isGone = await this.#deletion.run(async () => {
      await api.deleteResource(kind, sid);
      return true;
    });
    if (isGone) this.#done(`Deleted ${name}.`);
  }

  protected override render(): TemplateResult {
    const { one, lead, title } = RESOURCE_KINDS[this.kind];
    return html`<div class="lead-row">
        <p class="lead">${lead}</p>
        <button
          type="button"
          class="main"
          @click=${() => {
            this.opened = { kind: 'editor', record: undefined };
          }}
        >
          New ${one}
        </button>
      </div>
      <p class="said" role="status">${this.said}</p>
      ${shown(
        this.#list.state,
        title.toLowerCase(),
        (records) => this.#table(records),
        () => this.#load(),
      )}
      ${this.#over()}`;
  }

  #over(): TemplateResult | typeof nothing {
    const { opened } = this;
    switch (opened.kind) {
      case 'nothing':
        return nothing;
      case 'editor':
        return html`<resource-editor
          .api=${this.api}
          .kind=${this.kind}
          .record=${opened.record}
          @saved=${() => this.#done(opened.record ? 'Saved.' : 'Created.')}
          @close=${this.#close}
        ></resource-editor>`;
      case 'deletion':
        return this.#confirmation(opened.record, opened.sid);
    }
  }

  #confirmation(record: UnknownRecord, sid: string): TemplateResult {
    const { one } = RESOURCE_KINDS[this.kind];
    const name = nameOf(record);
    const { state } = this.#deletion;
    return html`<dialog-box
      heading="Delete the ${one} ${name}?"
      .content=${html`<p>Mitto may reject sends that name it. This cannot be undone.</p>
        ${state.kind === 'failed' ? problemNotice(state.problem) : nothing}`}
      .actions=${html`<button
        type="button"
        class="danger"
        aria-disabled=${this.#deletion.isLoading ? 'true' : nothing}
        @click=${() => this.#delete(sid, name)}
      >
        Delete
      </button>`}
      @close=${this.#close}
    ></dialog-box>`;
  }

  #table(records: readonly UnknownRecord[]): TemplateResult {
    const { one, title } = RESOURCE_KINDS[this.kind];
    if (records.length === 0)
      return emptyNotice(
        `No ${title.toLowerCase()}`,
        `Mitto has none for this account. Create the first ${one}.`,
      );
    return scrollTable(
      title,
      html`<table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">${this.kind === 'limits' ? 'Buckets' : 'Channels'}</th>
            <th scope="col">Description</th>
            <th scope="col"><span class="unseen">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          ${records.map((record) => this.#row(record))}
        </tbody>
      </table>`,
    );
  }

  #row(record: UnknownRecord): TemplateResult {
    const sid = sidOf(record);
    const name = nameOf(record);
    return html`<tr>
      <th scope="row">${name}</th>
      <td>${summaryOf(this.kind, record)}</td>
      <td>${textOf(record['description'])}</td>
      <td class="row-actions">
        ${
          sid === undefined
            ? html`<span class="fine">No ID: it cannot be changed here.</span>`
            : html`<button
                  type="button"
                  class="small"
                  @click=${() => {
                    this.opened = { kind: 'editor', record };
                  }}
                >
                  Change<span class="unseen"> ${name}</span>
                </button>
                <button
                  type="button"
                  class="small"
                  @click=${() => {
                    this.opened = { kind: 'deletion', record, sid };
                  }}
                >
                  Delete<span class="unseen"> ${name}</span>
                </button>`
        }
      </td>
    </tr>`;
  }
}

function nameOf(record: UnknownRecord): string {
  return textOf(record['name']) || sidOf(record) || 'unnamed';
}
