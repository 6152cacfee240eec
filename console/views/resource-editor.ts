import {
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { ResourceKind } from '../admin-client.ts';
import { problemNotice } from '../parts/alert.ts';
import { ConsoleView } from '../parts/console-element.ts';
import type { DialogBox } from '../parts/dialog-box.ts';
import { describedBy, formField } from '../parts/form-field.ts';
import { Task } from '../parts/task.ts';
import { parseRecord, sidOf, textOf, type UnknownRecord, withMember } from './records.ts';
import {
  bucketsIn,
  channelsIn,
  MAX_BUCKETS,
  RESOURCE_KINDS,
  readChannels,
  readCount,
} from './resource-kinds.ts';

/**
 * A form for one limit or workflow. The known members have fields; beside them stands the whole record as JSON, so that
 * what is not known is seen, can be changed, and is kept. The two are one: either shows at once what is done in the
 * other.
 *
 * @fires saved - Mitto has it.
 * @fires close - It was closed without that.
 */
export class ResourceEditor extends ConsoleView {
  static override properties: PropertyDeclarations = {
    kind: { attribute: false },
    record: { attribute: false },
    draft: { state: true },
    json: { state: true },
    jsonProblem: { state: true },
    nameProblem: { state: true },
  };

  declare kind: ResourceKind;
  /** `undefined` for a new one. */
  declare record: UnknownRecord | undefined;
  declare draft: UnknownRecord;
  /** As it stands in the field, be it JSON or not yet. */
  declare json: string;
  declare jsonProblem: string;
  declare nameProblem: string;
  readonly #saving = new Task<true>(this);
  readonly #box = createRef<DialogBox>();
  #isSaved = false;

  constructor() {
    super();
    this.json = '';
    this.jsonProblem = '';
    this.nameProblem = '';
  }

  protected override willUpdate(_changes: PropertyValues): void {
    if (!this.hasUpdated) this.#setDraft(this.record ?? RESOURCE_KINDS[this.kind].blank);
  }

  #setDraft(draft: UnknownRecord): void {
    this.draft = draft;
    this.json = JSON.stringify(draft, null, 2);
    this.jsonProblem = '';
  }

  #setMember(name: string, value: unknown): void {
    this.#setDraft(withMember(this.draft, name, value));
  }

  #setJson(text: string): void {
    this.json = text;
    const parsed = parseRecord(text);
    if (parsed.kind === 'record') this.draft = parsed.record;
    this.jsonProblem = parsed.kind === 'invalid' ? parsed.problem : '';
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { api, kind, record, draft } = this;
    const form = event.currentTarget as HTMLFormElement;
    this.nameProblem = textOf(draft['name']).trim() === '' ? 'Enter a name.' : '';
    if (this.jsonProblem || this.nameProblem) {
      if (!this.#saving.isLoading) this.#saving.reset();
      form.querySelector<HTMLElement>(this.jsonProblem ? 'textarea' : '#member-name')?.focus();
      return;
    }
    if (this.#saving.isLoading) return;
    const sid = record && sidOf(record);
    const isSaved = await this.#saving.run(async () => {
      if (sid === undefined) await api.createResource(kind, draft);
      else await api.updateResource(kind, sid, draft);
      return true;
    });
    if (!isSaved) return;
    this.#isSaved = true;
    // Closed first, so that the browser gives the focus back to the button that opened it.
    this.#box.value?.close();
  }

  protected override render(): TemplateResult {
    const { one } = RESOURCE_KINDS[this.kind];
    return html`<dialog-box
      heading=${this.record ? `Change the ${one}` : `New ${one}`}
      .content=${this.#form()}
      .actions=${html`<button
        class="main"
        form="resource-form"
        aria-disabled=${this.#saving.isLoading ? 'true' : nothing}
      >
        ${this.#saving.isLoading ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
        ${this.record ? 'Save' : 'Create'}
      </button>`}
      ${ref(this.#box)}
      @close=${(event: Event) => {
        event.stopPropagation();
        this.dispatchEvent(new Event(this.#isSaved ? 'saved' : 'close'));
      }}
    ></dialog-box>`;
  }

  #form(): TemplateResult {
    const { texts } = RESOURCE_KINDS[this.kind];
    const { state } = this.#saving;
    return html`<form id="resource-form" class="editor" autocomplete="off" novalidate @submit=${(event: Event) => this.#save(event)}>
      <div class="editor-fields">
        ${texts.map(({ name, label, hint, required }) => {
          const id = `member-${name}`;
          const problem = name === 'name' ? this.nameProblem : '';
          return formField({
            id,
            label,
            hint,
            problem,
            control: html`<input
              id=${id}
              autocomplete="off"
              ?required=${required}
              aria-describedby=${describedBy(id)}
              aria-invalid=${problem ? 'true' : nothing}
              .value=${textOf(this.draft[name])}
              @input=${(event: Event) => {
                this.nameProblem = '';
                this.#setMember(name, (event.target as HTMLInputElement).value);
              }}
            />`,
          });
        })}
        ${this.kind === 'limits' ? this.#buckets() : this.#channels()}
      </div>
      ${formField({
        id: 'member-json',
        label: 'All fields, as JSON',
        hint: 'Includes fields without an input above. Everything here is sent to Mitto.',
        problem: this.jsonProblem,
        control: html`<textarea
          id="member-json"
          rows="12"
          spellcheck="false"
          autocomplete="off"
          aria-describedby=${describedBy('member-json')}
          aria-invalid=${this.jsonProblem ? 'true' : nothing}
          .value=${this.json}
          @input=${(event: Event) => this.#setJson((event.target as HTMLTextAreaElement).value)}
        ></textarea>`,
      })}
      ${state.kind === 'failed' ? problemNotice(state.problem) : nothing}
    </form>`;
  }

  #channels(): TemplateResult {
    const id = 'member-channels';
    const channels = channelsIn(this.draft);
    if (channels === undefined) return onlyInJson('Channels');
    return formField({
      id,
      label: 'Channels, in order',
      hint: 'Such as: sms, call. Separated by commas.',
      // Only when it is left, or the comma that begins the next one would be gone again.
      control: html`<input
        id=${id}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby=${describedBy(id)}
        .value=${channels}
        @change=${(event: Event) =>
          this.#setMember('channels', readChannels((event.target as HTMLInputElement).value))}
      />`,
    });
  }

  #buckets(): TemplateResult {
    const buckets = bucketsIn(this.draft);
    if (!buckets) return onlyInJson('Buckets');
    const set = (changed: readonly UnknownRecord[]) => this.#setMember('buckets', changed);
    return html`<fieldset>
      <legend>Buckets</legend>
      ${buckets.map((bucket, index) => {
        const setIn = (name: string, value: unknown) =>
          set(buckets.map((one, nth) => (nth === index ? withMember(one, name, value) : one)));
        return html`<div class="bucket">
          ${bucketField(index, 'name', 'Name', bucket, (text) => setIn('name', text))}
          ${bucketField(index, 'max', 'At most', bucket, (text) => setIn('max', readCount(text)))}
          ${bucketField(index, 'interval', 'In (interval)', bucket, (text) => setIn('interval', readCount(text)))}
          <button
            type="button"
            class="small"
            @click=${() => set(buckets.filter((_, nth) => nth !== index))}
          >
            Remove<span class="unseen"> bucket ${index + 1}</span>
          </button>
        </div>`;
      })}
      ${
        buckets.length < MAX_BUCKETS
          ? html`<button
              type="button"
              class="small"
              @click=${() => set([...buckets, { name: 'day', max: 10, interval: 86_400 }])}
            >
              Add a bucket
            </button>`
          : nothing
      }
      <p class="hint">Mitto does not publish the unit of the interval; seconds are assumed.</p>
    </fieldset>`;
  }
}

function bucketField(
  index: number,
  member: string,
  label: string,
  bucket: UnknownRecord,
  set: (text: string) => void,
): TemplateResult {
  const id = `bucket-${index}-${member}`;
  return html`<div class="field">
    <label for=${id}>${label}<span class="unseen">, bucket ${index + 1}</span></label>
    <input
      id=${id}
      autocomplete="off"
      inputmode=${member === 'name' ? nothing : 'numeric'}
      .value=${textOf(bucket[member])}
      @input=${(event: Event) => set((event.target as HTMLInputElement).value)}
    />
  </div>`;
}

/** What came is not of the form that the fields could give back unharmed. */
function onlyInJson(label: string): TemplateResult {
  return html`<p class="notice">${label} have a format that this form does not know: edit them in the JSON.</p>`;
}
