/** The overshoot as a picture: one panel for each number of locations. Plain SVG, in the reader's light or dark. */
import type { ContenderName } from './contenders.ts';
import { LOCATIONS, POLICY, RATES, type Row } from './figures.ts';
import { rounded } from './wording.ts';

const SERIES: readonly { name: ContenderName; label: string; id: string }[] = [
  { name: 'plain, counted after', label: 'plain, counted after', id: 'after' },
  { name: 'plain, counted before', label: 'plain, counted before', id: 'before' },
  { name: 'kv limiter', label: 'ours in KV', id: 'kv' },
  { name: 'durable object', label: 'Durable Object', id: 'object' },
];

const PANEL = { width: 320, height: 210, left: 86, top: 34 };
const GAP = { x: 30, y: 58 };
const HEAD = 84;
const SIZE = {
  width: 2 * (PANEL.width + PANEL.left + GAP.x),
  height: HEAD + 2 * (PANEL.height + PANEL.top) + GAP.y + 64,
};
/** Powers of ten, bottom to top. */
const DECADES = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const TOP = DECADES[DECADES.length - 1] as number;

const STYLE = `
  svg { --back: #ffffff; --ink: #1f2328; --faint: #d7dce1; --kv: #0b5cad; --object: #4d5761; --before: #a14a00; --after: #9a1f8f; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --ink: #e6edf3; --faint: #30363d; --kv: #6cb6ff; --object: #b1bac4; --before: #f0a04b; --after: #ec8be2; }
  }
  text { fill: var(--ink); font: 12px system-ui, sans-serif; }
  .title { font-size: 15px; font-weight: 600; }
  .panel { font-size: 13px; font-weight: 600; }
  .grid { stroke: var(--faint); stroke-width: 1; }
  .line { fill: none; stroke-width: 2.25; }
  .kv { stroke: var(--kv); } .object { stroke: var(--object); stroke-dasharray: 2 4; }
  .before { stroke: var(--before); stroke-dasharray: 8 4; } .after { stroke: var(--after); stroke-dasharray: 12 3 2 3; }
  .mark { stroke-width: 1.5; stroke-dasharray: none; fill: var(--back); }`;

export function plot(rows: readonly Row[]): string {
  const panels = LOCATIONS.map((locations, index) => {
    const left = PANEL.left + (index % 2) * (PANEL.width + PANEL.left + GAP.x);
    const top = HEAD + PANEL.top + Math.floor(index / 2) * (PANEL.height + PANEL.top + GAP.y);
    const own = rows.filter((row) => row.locations === locations);
    return `<g transform="translate(${left} ${top})">${panel(locations, own)}</g>`;
  });
  const legend = SERIES.map(({ label, id }, index) => {
    const x = PANEL.left + index * 186;
    return `<path class="line ${id}" d="M${x} 60h34"/>${mark(id, x + 17, 60)}<text x="${x + 42}" y="64">${label}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="title about">
<title id="title">Requests admitted in an hour under a limit of ${POLICY.count}</title>
<desc id="about">Four panels, for attacks from ${LOCATIONS.join(', ')} locations. Both axes are logarithmic. The Durable Object stays at ${POLICY.count}; ours in KV stays below ${rounded(ceilingOf(rows))}; plain read-modify-write that counts after the send grows with the rate of the attack. The table beside this picture has the figures.</desc>
<style>${STYLE}
</style>
<rect width="${SIZE.width}" height="${SIZE.height}" fill="var(--back)"/>
<text class="title" x="${PANEL.left}" y="30">Requests of one client admitted in an hour, under a limit of ${POLICY.count}</text>
${legend.join('\n')}
${panels.join('\n')}
<text x="${SIZE.width / 2}" y="${SIZE.height - 12}" text-anchor="middle">requests a second</text>
</svg>
`;
}

function panel(locations: number, rows: readonly Row[]): string {
  const horizontal = DECADES.map((decade) => {
    const y = yOf(10 ** decade);
    return `<path class="grid" d="M0 ${y}h${PANEL.width}"/><text x="-8" y="${y + 4}" text-anchor="end">${rounded(10 ** decade)}</text>`;
  });
  const vertical = RATES.map((rate) => {
    const x = xOf(rate);
    return `<path class="grid" d="M${x} 0v${PANEL.height}"/><text x="${x}" y="${PANEL.height + 18}" text-anchor="middle">${rounded(rate)}</text>`;
  });
  const lines = SERIES.map(({ name, id }) => {
    const points = rows.map((row) => ({
      x: xOf(row.requestsPerSecond),
      y: yOf(row.admitted[name].hour),
    }));
    const path = points.map(({ x, y }) => `${x} ${y}`).join('L');
    return `<path class="line ${id}" d="M${path}"/>${points.map(({ x, y }) => mark(id, x, y)).join('')}`;
  });
  const title = locations === 1 ? 'from 1 location' : `from ${locations} locations`;
  return `<text class="panel" x="0" y="-12">${title}</text>\n${horizontal.join('')}\n${vertical.join('')}\n${lines.join('\n')}`;
}

/** A form for each line, for those who do not tell the colours apart. */
function mark(id: string, x: number, y: number): string {
  const shape: Record<string, string> = {
    kv: `<circle class="mark kv" cx="${x}" cy="${y}" r="4"/>`,
    object: `<path class="mark object" d="M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7"/>`,
    before: `<rect class="mark before" x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
    after: `<path class="mark after" d="M${x} ${y - 4.5}l4.5 8h-9z"/>`,
  };
  return shape[id] ?? '';
}

function xOf(rate: number): number {
  const decades = Math.log10(RATES[RATES.length - 1] as number);
  return toTenth((PANEL.width * Math.log10(rate)) / decades);
}

/** The axis begins a little below the limit, so that the line on it can be seen. */
function yOf(admitted: number): number {
  const bottom = DECADES[0] - 0.3;
  return toTenth((PANEL.height * (TOP - Math.log10(admitted))) / (TOP - bottom));
}

function ceilingOf(rows: readonly Row[]): number {
  const most = Math.max(...rows.map(({ admitted }) => admitted['kv limiter'].hour));
  return Math.ceil(most / 100) * 100;
}

function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
