/** What leaks, as a picture: a row for each family, a mark for each contender. Plain SVG, in the reader's light or dark. */
import { FIGURE_CONTENDERS, type FinishedRun } from './runs.ts';
import { intervalOf } from './statistics.ts';
import { ATTACK_NAMES, figuresOf, titleOf } from './wording.ts';

type Shown = Exclude<(typeof FIGURE_CONTENDERS)[number], 'none' | 'ours-without-challenge'>;
const SHOWN = FIGURE_CONTENDERS.filter(
  (name): name is Shown => name !== 'none' && name !== 'ours-without-challenge',
);

const ROW = 46;
const LEFT = 300;
const WIDTH = 560;
const TOP = 96;
const SIZE = { width: LEFT + WIDTH + 40, height: TOP + ROW * ATTACK_NAMES.length + 56 };
/** Nothing leaked stands on the axis, which is logarithmic above one. */
const DECADES = [1, 10, 100, 1_000, 10_000] as const;

const STYLE = `
  svg { --back: #ffffff; --ink: #1f2328; --faint: #d7dce1; --ours: #0b5cad; --other: #4d5761; --warm: #a14a00; --pink: #9a1f8f; --green: #1a7f37; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --ink: #e6edf3; --faint: #30363d; --ours: #6cb6ff; --other: #b1bac4; --warm: #f0a04b; --pink: #ec8be2; --green: #56d364; }
  }
  text { fill: var(--ink); font: 12px system-ui, sans-serif; }
  .title { font-size: 15px; font-weight: 600; }
  .grid { stroke: var(--faint); }
  .mark { fill: var(--back); stroke-width: 1.75; }
  .span { stroke-width: 1.25; opacity: 0.7; }
  .ours { stroke: var(--ours); fill: var(--ours); stroke-width: 3; } .limits, .gitlab { stroke: var(--other); }
  .authgear { stroke: var(--warm); } .vonage { stroke: var(--pink); } .telnyx, .telnyx-captcha { stroke: var(--green); }`;

export function plot(runs: readonly FinishedRun[]): string {
  const grid = DECADES.map((count) => {
    const x = xOf(count);
    return `<path class="grid" d="M${x} ${TOP - 8}V${SIZE.height - 44}"/><text x="${x}" y="${SIZE.height - 26}" text-anchor="middle">${count.toLocaleString('en-US')}</text>`;
  });
  const rows = ATTACK_NAMES.map((part, index) => {
    const y = TOP + ROW * index + ROW / 2;
    const marks = SHOWN.map((contender, order) => {
      const interval = intervalOf(figuresOf(runs, part, contender).map(({ leaked }) => leaked));
      if (!interval) return '';
      const at = y - 15 + 5 * order;
      return `<path class="span ${contender}" d="M${xOf(interval.low)} ${at}H${xOf(interval.high)}"/>${mark(contender, xOf(interval.middle), at)}`;
    });
    return `<text x="${LEFT - 16}" y="${y + 4}" text-anchor="end">${titleOf(part)}</text><path class="grid" d="M16 ${y + ROW / 2}H${LEFT + WIDTH}"/>${marks.join('')}`;
  });
  const legend = SHOWN.map((contender, index) => {
    const x = 24 + index * 122;
    return `${mark(contender, x, 56)}<text x="${x + 12}" y="60">${contender}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="title about">
<title id="title">Messages that leak in each family of attack</title>
<desc id="about">For each family the messages that each contender let through, on a logarithmic axis, simulated: the middle of the seeds as a mark, the least and the most as a line. The tables on the page have the figures.</desc>
<style>${STYLE}
</style>
<rect width="${SIZE.width}" height="${SIZE.height}" fill="var(--back)"/>
<text class="title" x="16" y="30">Attack messages let through, by family (simulated)</text>
${legend.join('\n')}
${grid.join('\n')}
${rows.join('\n')}
</svg>
`;
}

/** A form for each, for those who do not tell the colours apart. */
function mark(contender: Shown, x: number, y: number): string {
  const shapes: Record<Shown, string> = {
    ours: `<circle class="mark ours" cx="${x}" cy="${y}" r="4"/>`,
    limits: `<path class="mark limits" d="M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7"/>`,
    authgear: `<rect class="mark authgear" x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
    vonage: `<path class="mark vonage" d="M${x} ${y - 4.5}l4.5 8h-9z"/>`,
    telnyx: `<path class="mark telnyx" d="M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5-4.5z"/>`,
    'telnyx-captcha': `<path class="mark telnyx-captcha" d="M${x - 4.5} ${y}h9m-4.5-4.5v9"/>`,
    gitlab: `<path class="mark gitlab" d="M${x} ${y + 4.5}l4.5-8h-9z"/>`,
  };
  return shapes[contender];
}

function xOf(count: number): number {
  const top = Math.log10(DECADES.at(-1) as number) + 0.45;
  const share = count < 1 ? 0 : 0.06 + (0.94 * Math.log10(count)) / top;
  return Math.round(10 * (LEFT + WIDTH * share)) / 10;
}
