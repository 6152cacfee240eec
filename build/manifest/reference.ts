/** The reference of the element in Markdown, made of its manifest. */
import {
  type Documented,
  elementOf,
  eventClassesOf,
  type Manifest,
  type Member,
} from './manifest.ts';

export function reference(manifest: Manifest): string {
  const element = elementOf(manifest);
  const events = new Map(eventClassesOf(manifest).map((event) => [event.name, event]));
  const fields = element.members.filter(({ kind }) => kind === 'field');
  const sections = [
    `# Reference of \`<${element.tagName}>\``,
    wrapped(
      'Generated from the source by `npm run manifest`, as are `custom-elements.json`, the types for frameworks and the data ' +
        'for editors. Guide: [element.md](element.md).',
    ),
    '## Attributes',
    table(
      ['attribute', 'type', 'property', 'description'],
      element.attributes.map(({ name, type, fieldName, description }) => [
        code(name),
        code(type.text),
        fieldName ? code(fieldName) : '',
        description,
      ]),
    ),
    '## Properties',
    wrapped('Each attribute above has a property that reflects it. Further properties:'),
    table(
      ['property', 'type', 'description'],
      fields
        .filter(({ attribute }) => !attribute)
        .map(({ name, type, readonly, description }) => [
          code(name),
          `${code(type?.text ?? '')}${readonly ? ', read-only' : ''}`,
          description,
        ]),
    ),
    '## Methods',
    table(
      ['method', 'returns', 'description'],
      element.members
        .filter(({ kind }) => kind === 'method')
        .map((method) => [
          code(signature(method)),
          code(method.return?.type.text ?? 'void'),
          method.description,
        ]),
    ),
    '## Events',
    wrapped('They bubble and cross shadow roots.'),
    table(
      ['event', 'class', 'fields', 'description'],
      element.events.map(({ name, type, description }) => [
        code(name),
        code(type.text),
        (events.get(type.text)?.members ?? []).map(eventMember).join('<br>'),
        description,
      ]),
    ),
    '## Slots',
    table(['slot', 'description'], named(element.slots)),
    '## States',
    wrapped(`For CSS: \`${element.tagName}:state(verified)\`.`),
    table(['state', 'description'], named(element.cssStates)),
    '## Custom properties',
    table(
      ['property', 'default', 'description'],
      element.cssProperties.map(({ name, default: initial, description }) => [
        code(name),
        initial ? code(initial) : '',
        description,
      ]),
    ),
    '## Parts',
    wrapped(`For CSS: \`${element.tagName}::part(button)\`.`),
    table(['part', 'description'], named(element.cssParts)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function signature({ name, parameters = [] }: Member): string {
  const list = parameters.map((one) => `${one.name}${one.optional ? '?' : ''}: ${one.type.text}`);
  return `${name}(${list.join(', ')})`;
}

function eventMember({ name, type, description }: Member): string {
  return `${code(name)} (${code(type?.text ?? '')}): ${description}`;
}

function named(documented: readonly Documented[]): string[][] {
  return documented.map(({ name, description }) => [code(name), description]);
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(row).join('\n');
}

function row(cells: string[]): string {
  const escaped = cells.map((cell) => cell.replaceAll('|', '\\|'));
  return `|${escaped.map((cell) => (cell === '---' ? cell : ` ${cell} `)).join('|')}|`.replaceAll(
    /\| {2}(?=\|)/g,
    '| ',
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

const LINE_WIDTH = 120;

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
