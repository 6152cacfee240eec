/**
 * The public surface of the package's elements as the Custom Elements Manifest has it
 * (https://github.com/webcomponents/custom-elements-manifest, 2.1.0): what the analyzer found, without what is private,
 * and with the types and defaults that it does not see.
 */
import { type Analyzed, type AnalyzedMember, classNamed } from './analyzer-output.ts';

export interface Documented {
  name: string;
  description: string;
}

export interface Attribute extends Documented {
  type: { text: string };
  default?: string;
  /** The property that goes with it. */
  fieldName?: string;
}

export interface Member extends Documented {
  kind: 'field' | 'method';
  type?: { text: string };
  readonly?: boolean;
  default?: string;
  attribute?: string;
  reflects?: boolean;
  parameters?: { name: string; type: { text: string }; optional?: boolean }[];
  return?: { type: { text: string } };
}

export interface CssProperty extends Documented {
  default?: string;
}

export interface ElementEvent extends Documented {
  type: { text: string };
}

export interface CustomElement extends Documented {
  kind: 'class';
  customElement: true;
  tagName: string;
  summary: string;
  superclass: { name: string; package: string };
  attributes: Attribute[];
  members: Member[];
  events: ElementEvent[];
  slots: Documented[];
  cssParts: Documented[];
  cssProperties: CssProperty[];
  cssStates: Documented[];
}

export interface EventClass extends Documented {
  kind: 'class';
  superclass: { name: string };
  members: Member[];
}

export interface Manifest {
  schemaVersion: '2.1.0';
  readme: string;
  modules: {
    kind: 'javascript-module';
    path: string;
    declarations: (CustomElement | EventClass)[];
    exports: { kind: string; name: string; declaration: { name: string; module: string } }[];
  }[];
}

export interface Sources {
  /** Of the class of the element. */
  element: string;
  /** Of all its style sheets. */
  styles: string;
}

const ELEMENT = 'MittoOtpElement';
const [ELEMENT_MODULE, DEFINITION_MODULE, EVENTS_MODULE] = [
  'dist/npm/widget/mitto-otp-element.js',
  'dist/npm/widget/define.js',
  'dist/npm/widget/events.js',
];

/** The analyzer takes what is set on `ElementInternals` for members of the element. */
const OF_INTERNALS = /^(role|aria[A-Z])/;

export function manifestOf(analyzed: Analyzed, sources: Sources): Manifest {
  const element = customElement(analyzed, sources);
  const events = element.events.map(({ type }) => eventClass(type.text, analyzed));
  const exported = (name: string, module: string) => ({
    kind: 'js',
    name,
    declaration: { name, module },
  });
  const declaration = { name: ELEMENT, module: ELEMENT_MODULE };
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: ELEMENT_MODULE,
        declarations: [element],
        exports: [exported(ELEMENT, ELEMENT_MODULE)],
      },
      {
        kind: 'javascript-module',
        path: EVENTS_MODULE,
        declarations: events,
        exports: events.map(({ name }) => exported(name, EVENTS_MODULE)),
      },
      {
        kind: 'javascript-module',
        path: DEFINITION_MODULE,
        declarations: [],
        exports: [{ kind: 'custom-element-definition', name: element.tagName, declaration }],
      },
    ],
  };
}

/** @throws where the manifest holds none */
export function elementOf({ modules }: Manifest): CustomElement {
  for (const { declarations } of modules)
    for (const declaration of declarations) if ('customElement' in declaration) return declaration;
  throw new Error('There is no element');
}

export function eventClassesOf({ modules }: Manifest): EventClass[] {
  return modules
    .flatMap(({ declarations }) => declarations)
    .filter((declaration) => !('customElement' in declaration));
}

function customElement(analyzed: Analyzed, { element, styles }: Sources): CustomElement {
  const found = classNamed(ELEMENT, analyzed);
  const attributes = attributesIn(element).map(({ name, ...documented }): Attribute => {
    const { default: initial, fieldName } = found.attributes.find((one) => one.name === name) ?? {};
    return {
      name,
      ...documented,
      ...(initial && { default: initial }),
      ...(fieldName && { fieldName }),
    };
  });
  const described = new Map(attributes.map(({ name, description }) => [name, description]));
  return {
    kind: 'class',
    name: found.name,
    customElement: true,
    tagName: found.tagName ?? '',
    summary: found.summary ?? '',
    description: found.description,
    superclass: { name: 'LitElement', package: 'lit' },
    attributes,
    members: found.members
      .filter(isPublic)
      .map((member) => memberOf(member, described.get(member.attribute ?? ''))),
    events: found.events.flatMap(({ name, type, description }) =>
      // Those without are what the analyzer made out of a `dispatchEvent`.
      name && type && description ? [{ name, type, description }] : [],
    ),
    slots: found.slots,
    cssParts: found.cssParts,
    cssProperties: found.cssProperties.map((property) => {
      const initial = defaultIn(styles, property.name);
      return initial ? { ...property, default: initial } : property;
    }),
    cssStates: found.cssStates,
  };
}

function eventClass(name: string, analyzed: Analyzed): EventClass {
  const { description, members } = classNamed(name, analyzed);
  return {
    kind: 'class',
    name,
    description,
    superclass: { name: 'Event' },
    members: members.filter(isPublic).map((member) => memberOf(member, undefined)),
  };
}

function isPublic({ name, privacy, static: isStatic }: AnalyzedMember): boolean {
  const isHidden = name.startsWith('#') || (privacy ?? 'public') !== 'public' || isStatic === true;
  // The browser's and Lit's to call, and nobody else's.
  return !isHidden && !name.endsWith('Callback') && !OF_INTERNALS.test(name);
}

function memberOf(member: AnalyzedMember, ofAttribute: string | undefined): Member {
  const { kind, name, type, readonly, attribute, reflects, parameters } = member;
  return {
    kind,
    name,
    description: member.description || ofAttribute || '',
    ...(kind === 'field' && type && { type }),
    ...(readonly && { readonly }),
    ...(member.default && !readonly && { default: member.default }),
    ...(attribute && { attribute }),
    ...(reflects && { reflects }),
    ...(parameters && {
      parameters: parameters.map(({ name, type, optional }) => ({
        name,
        type: { text: type?.text ?? 'unknown' },
        ...(optional && { optional }),
      })),
    }),
    ...(member.return && { return: member.return }),
  };
}

/** The `@attr` tags in their order. The analyzer has another, and the types of the properties in the place of theirs. */
export function attributesIn(
  source: string,
): { name: string; description: string; type: { text: string } }[] {
  const tags = source.matchAll(/^ \* @attr \{(.+?)\} ([\w-]+)((?:.|\n \* {2})*)/gm);
  return [...tags].map(([, type = '', name = '', rest = '']) => ({
    name,
    type: { text: type },
    description: rest
      .replaceAll(/\n \*\s+/g, ' ')
      .replace(/^ - /, '')
      .trim(),
  }));
}

/** What the style sheets fall back to, `var(--mitto-space, 0.5rem)`, where they do so in one way alone. */
export function defaultIn(styles: string, property: string): string | undefined {
  const uses = styles.matchAll(new RegExp(`var\\(\\s*${property}\\s*,`, 'g'));
  const fallbacks = new Set([...uses].map((use) => untilClosed(styles, use.index + use[0].length)));
  return fallbacks.size === 1 ? [...fallbacks][0] : undefined;
}

/** Up to the parenthesis that closes what is open at `from`. */
function untilClosed(text: string, from: number): string {
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
  }
  return text
    .slice(from, at - 1)
    .replaceAll(/\s+/g, ' ')
    .trim();
}
