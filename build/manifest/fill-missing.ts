/** What a manifest leaves unsaid, or says twice, that can be seen without a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Documented, elementOf, eventClassesOf, type Manifest } from './manifest.ts';

const WIDGET = join(import.meta.dirname, '../../widget');

/** One sentence each. */
export function gapsIn(manifest: Manifest, source: string = readWidget()): string[] {
  const element = elementOf(manifest);
  const lists: Record<string, readonly Documented[]> = {
    attribute: element.attributes,
    member: element.members,
    event: element.events,
    slot: element.slots,
    part: element.cssParts,
    state: element.cssStates,
    'custom property': element.cssProperties,
    'member of an event': eventClassesOf(manifest).flatMap(({ members }) => members),
  };
  return [
    ...Object.entries(lists).flatMap(([what, list]) => [
      ...list
        .filter(({ description }) => description === '')
        .map(({ name }) => `The ${what} ${name} is not described in the source`),
      ...(what === 'member of an event'
        ? []
        : doubles(list).map((name) => `The ${what} ${name} is described twice`)),
    ]),
    ...undocumented('custom property', element.cssProperties, source, /var\(\s*(--mitto-[\w-]+)/g),
    ...undocumented('event', element.events, source, /static readonly type = '([\w-]+)'/g),
    ...undocumented('slot', element.slots, source, /<slot name="([\w-]+)"/g),
    ...undocumented(
      'attribute',
      element.attributes,
      element.members.map(({ attribute }) => `attribute: ${attribute}`).join('\n'),
      /attribute: (?!undefined)([\w-]+)/g,
    ),
  ];
}

/** What stands in the source and not in the manifest, and the other way round but for attributes. */
function undocumented(
  what: string,
  list: readonly Documented[],
  source: string,
  pattern: RegExp,
): string[] {
  const found = new Set([...source.matchAll(pattern)].map(([, name = '']) => name));
  const documented = new Set(list.map(({ name }) => name));
  const missing = [...found]
    .filter((name) => !documented.has(name))
    .map((name) => `The ${what} ${name} is not in the manifest`);
  // The browser has attributes of its own that mean something here.
  if (what === 'attribute') return missing;
  const gone = [...documented]
    .filter((name) => !found.has(name))
    .map((name) => `The ${what} ${name} is in the manifest alone`);
  return [...missing, ...gone];
}

function doubles(list: readonly Documented[]): string[] {
  const seen = new Set<string>();
  return list.map(({ name }) => name).filter((name) => seen.size === seen.add(name).size);
}

function readWidget(): string {
  return readdirSync(WIDGET, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map((file) => readFileSync(join(WIDGET, file), 'utf8'))
    .join('\n');
}
