import { html, nothing, type PropertyDeclarations, svg, type TemplateResult } from 'lit';
import { ConsoleElement } from '../parts/console-element.ts';
import { channelName, countText, plural } from '../parts/format.ts';
import { blockName, topOfScale, type UsageBar, type UsageData } from './usage-data.ts';

/** In CSS pixels, so that text is as large as everywhere else whatever the width. */
const HEIGHT = 260;
const MARGIN = { top: 12, right: 8, bottom: 30, left: 46 };
const LABEL_WIDTH = 84;
const WIDEST_BAR = 46;
/** Colours that are told apart; further channels share the last. */
const COLOURS = 5;

/** Stacked bars, by time and channel. The table beside it says the same in words. */
export class UsageChart extends ConsoleElement {
  static override properties: PropertyDeclarations = {
    data: { attribute: false },
    width: { state: true },
  };

  declare data: UsageData;
  declare width: number;
  readonly #watch = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    // In the next frame: drawn in this one, its new height would be an error of the observer's.
    requestAnimationFrame(() => {
      this.width = width;
    });
  });

  constructor() {
    super();
    this.data = { bars: [], channels: [], total: 0, uncounted: [] };
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { bars, channels, total } = this.data;
    if (this.width < 120 || bars.length === 0) return nothing;
    const top = topOfScale(Math.max(...bars.map((bar) => bar.total)));
    const name = `Stacked bars: ${plural(total, 'one-time password')}, ${channels.map(channelName).join(', ')}. The table has the figures.`;
    return html`<ul class="legend">
        ${channels.map(
          (channel, index) =>
            html`<li><span class="swatch ${colourOf(index)}" aria-hidden="true"></span>${channelName(channel)}</li>`,
        )}
      </ul>
      <svg class="chart" width=${this.width} height=${HEIGHT} role="img" aria-label=${name}>
        ${this.#scale(top)} ${bars.map((bar, index) => this.#bar(bar, index, top))} ${this.#times()}
      </svg>`;
  }

  get #room(): number {
    return this.width - MARGIN.left - MARGIN.right;
  }

  /** The middle of a bar. */
  #x(index: number): number {
    return MARGIN.left + ((index + 0.5) * this.#room) / this.data.bars.length;
  }

  #scale(top: number) {
    return [0, top / 2, top].map((count) => {
      const y = yOf(count, top);
      return svg`<line class="grid" x1=${MARGIN.left} x2=${this.width - MARGIN.right} y1=${y} y2=${y}></line>
        <text x=${MARGIN.left - 8} y=${y + 4} text-anchor="end">${countText(count)}</text>`;
    });
  }

  #bar(bar: UsageBar, index: number, top: number) {
    const each = this.#room / this.data.bars.length;
    const width = Math.max(1, Math.min(WIDEST_BAR, each > 4 ? each * 0.72 : each - 0.5));
    let below = 0;
    const parts = this.data.channels.flatMap((channel, nth) => {
      const count = bar.counts.get(channel) ?? 0;
      if (count === 0) return [];
      const y = yOf(below + count, top);
      const height = yOf(below, top) - y;
      below += count;
      return [
        svg`<rect
          class="part ${colourOf(nth)}"
          x=${this.#x(index) - width / 2}
          y=${y}
          width=${width}
          height=${Math.max(height, 1)}
          rx=${width > 8 ? 2 : 0}
        ><title>${blockName(bar)}: ${countText(count)} by ${channelName(channel)}</title></rect>`,
      ];
    });
    return svg`<g>${parts}</g>`;
  }

  /** As many times as have room. */
  #times() {
    const { bars } = this.data;
    const every = Math.max(1, Math.ceil((bars.length * LABEL_WIDTH) / this.#room));
    return bars.flatMap((bar, index) =>
      index % every === 0
        ? [
            svg`<text x=${this.#labelX(index)} y=${HEIGHT - 8} text-anchor="middle">${shortName(bar)}</text>`,
          ]
        : [],
    );
  }

  /** No label hangs over the edge. */
  #labelX(index: number): number {
    const half = LABEL_WIDTH / 2;
    return Math.min(Math.max(this.#x(index), half - 6), this.width - half + 6);
  }
}

function yOf(count: number, top: number): number {
  const room = HEIGHT - MARGIN.top - MARGIN.bottom;
  return MARGIN.top + room * (1 - count / top);
}

function colourOf(index: number): string {
  return `colour-${Math.min(index, COLOURS - 1) + 1}`;
}

function shortName({ start, end }: UsageBar): string {
  const text = start || end;
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
