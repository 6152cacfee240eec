import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { MessagePreview } from '../../shared/api/admin-responses.ts';
import { emptyNotice } from '../parts/alert.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { channelName, languageName, plural } from '../parts/format.ts';

/** Every message of a code, as a phone will show it or read it out: one at a time, with the size of each beside it. */
export class MessagePreviews extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    flow: { state: true },
    channel: { state: true },
    language: { state: true },
  };

  declare messages: readonly MessagePreview[];
  declare flow: string | undefined;
  declare channel: string | undefined;
  declare language: string | undefined;

  constructor() {
    super();
    this.messages = [];
  }

  protected override render(): TemplateResult {
    const flows = namesOf(this.messages, 'flow');
    const ofFlow = this.messages.filter(({ flow }) => flow === chosen(flows, this.flow));
    const channels = namesOf(ofFlow, 'channel');
    const channel = chosen(channels, this.channel);
    const listed = ofFlow.filter((message) => message.channel === channel);
    const language = chosen(namesOf(listed, 'language'), this.language);
    const message = listed.find((one) => one.language === language);
    if (!message)
      return emptyNotice('No messages', 'No flow sends a message that this deployment writes.');
    return html`<div class="row">
        ${select(
          'Flow',
          flows,
          message.flow,
          (name) => name,
          (flow) => {
            this.flow = flow;
          },
        )}
        ${select('Channel', channels, message.channel, channelName, (name) => {
          this.channel = name;
        })}
      </div>
      <div class="previews">
        ${phone(message)}
        <fieldset class="languages">
          <legend>Language</legend>
          <div class="language-list">
            ${listed.map((one) => this.#language(one, one === message))}
          </div>
        </fieldset>
      </div>`;
  }

  #language(message: MessagePreview, isChosen: boolean): TemplateResult {
    const { language } = message;
    return html`<label class="language">
      <input
        type="radio"
        name="preview-language"
        .checked=${isChosen}
        @change=${() => {
          this.language = language;
        }}
      />
      <span class="language-name">${languageName(language)} <span class="fine">${language}</span></span>
      <span class="fine">${sizeText(message)}</span>
      ${
        (message.size?.segments ?? 0) > 1
          ? html`<span class="tag warn">${plural(message.size?.segments ?? 0, 'segment')}</span>`
          : nothing
      }
    </label>`;
  }
}

function phone(message: MessagePreview): TemplateResult {
  const { channel, language, site, text, size } = message;
  return html`<figure class="phone-figure">
    <div class="phone">
      <div class="screen">
        <p class="screen-head">${channel === 'voice' ? 'Call' : 'Message'} · ${channelName(channel)}</p>
        <p class="bubble ${channel === 'voice' ? 'spoken' : ''}" lang=${language} dir="auto">${text}</p>
      </div>
    </div>
    <figcaption>
      <span>${languageName(language)}, for <b>${hostOf(site)}</b></span>
      <span class="fine">${sizeText(message)}${size ? ` · ${plural(size.segments, 'segment')}` : ''}</span>
    </figcaption>
  </figure>`;
}

/** What a text costs in units, by the names that the field has for them. */
function sizeText({ size, text }: MessagePreview): string {
  const characters = plural([...text].length, 'character');
  if (!size) return characters;
  const encoding = { gsm7: 'GSM 7-bit', ucs2: 'UCS-2' }[size.encoding] ?? size.encoding;
  return `${encoding} · ${characters}`;
}

function hostOf(site: string): string {
  return URL.canParse(site) ? new URL(site).host : site;
}

function namesOf(
  messages: readonly MessagePreview[],
  member: 'flow' | 'channel' | 'language',
): string[] {
  return [...new Set(messages.map((message) => message[member]))];
}

/** What was chosen, for as long as it is there; at first English, or what comes first. */
function chosen(names: readonly string[], name: string | undefined): string | undefined {
  if (name !== undefined && names.includes(name)) return name;
  return names.includes('en') ? 'en' : names[0];
}

function select(
  label: string,
  names: readonly string[],
  value: string,
  nameOf: (name: string) => string,
  choose: (name: string) => void,
): TemplateResult {
  return html`<label>${label} <select
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${names.map(
        (name) => html`<option value=${name} ?selected=${name === value}>${nameOf(name)}</option>`,
      )}
    </select></label>`;
}
