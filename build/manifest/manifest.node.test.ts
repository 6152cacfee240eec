import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import ofPackage from '../../package.json' with { type: 'json' };
import { analyze } from './analyze.ts';
import { vsCodeCssData, vsCodeHtmlData, webTypes } from './editor-data.ts';
import { gapsIn } from './fill-missing.ts';
import { frameworkAttributes } from './framework-attributes.ts';
import { attributesIn, defaultIn, elementOf, type Manifest } from './manifest.ts';
import { reference } from './reference.ts';

const manifest = analyze();
const element = elementOf(manifest);

/** The manifest, had the element been documented in another way. */
function changed(change: Partial<typeof element>): Manifest {
  const [first, ...modules] = manifest.modules;
  if (!first) throw new Error('There is no module');
  const declarations = [{ ...element, ...change }];
  return { ...manifest, modules: [{ ...first, declarations }, ...modules] };
}

describe('the manifest', () => {
  it('has what is public, and nothing of the inside', () => {
    const names = element.members.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['value', 'send', 'nonceValue', 'validity']));
    for (const name of names)
      expect(name).not.toMatch(
        /^#|Callback$|^(internals|isHydrating|isDisabledByForm|aria.*|role)$/,
      );
    expect(element).toMatchObject({ tagName: 'mitto-otp', customElement: true });
  });

  it('says of an attribute what the tag says, and which property goes with it', () => {
    expect(element.attributes).toContainEqual({
      name: 'channel',
      description: "Channel of the first code. By default the Worker's.",
      type: { text: "'sms'|'voice'" },
      default: "''",
      fieldName: 'channel',
    });
  });

  it('reads tags that go over several lines, in their order', () => {
    const source =
      '/**\n * @attr {string} b - One\n *   and two.\n * @attr {boolean} a - Three.\n */';
    expect(attributesIn(source)).toEqual([
      { name: 'b', type: { text: 'string' }, description: 'One and two.' },
      { name: 'a', type: { text: 'boolean' }, description: 'Three.' },
    ]);
  });

  it('finds the default of a custom property in the sheets, where there is one alone', () => {
    expect(defaultIn('a { color: var( --x, light-dark(rgb(0 0 0), #fff)) }', '--x')).toBe(
      'light-dark(rgb(0 0 0), #fff)',
    );
    expect(defaultIn('a { color: var(--x, red); b: var(--x, blue) }', '--x')).toBeUndefined();
    expect(defaultIn('a { color: var(--xy, red) }', '--x')).toBeUndefined();
  });

  it('names files that the package has', () => {
    for (const { path } of manifest.modules) expect(existsSync(path), path).toBe(true);
    const targets = Object.values(ofPackage.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    for (const target of [...targets, ofPackage['web-types'], ofPackage.customElements])
      expect(existsSync(target), target).toBe(true);
  });
});

describe('a gap', () => {
  const SOURCE = 'var(--mitto-a, 0) <slot name="s"> static readonly type = \'e\'';

  it('is not there', () => {
    expect(gapsIn(manifest)).toEqual([]);
  });

  it('is whatever is not described, or twice', () => {
    const slots = element.slots.map((slot) => ({ ...slot, description: '' }));
    expect(gapsIn(changed({ slots }))).toContain('The slot phone is not described in the source');
    expect(gapsIn(changed({ cssParts: [...element.cssParts, ...element.cssParts] }))).toContain(
      'The part base is described twice',
    );
  });

  it('is whatever stands in the source alone', () => {
    expect(gapsIn(manifest, SOURCE)).toEqual(
      expect.arrayContaining([
        'The custom property --mitto-a is not in the manifest',
        'The slot s is not in the manifest',
        'The event e is not in the manifest',
      ]),
    );
    const attributes = element.attributes.filter(({ name }) => name !== 'flow');
    expect(gapsIn(changed({ attributes }))).toEqual(['The attribute flow is not in the manifest']);
  });

  it('is whatever stands in the manifest alone', () => {
    expect(gapsIn(manifest, '')).toEqual(
      expect.arrayContaining([
        'The custom property --mitto-accent is in the manifest alone',
        'The slot phone is in the manifest alone',
        'The event mitto-sent is in the manifest alone',
      ]),
    );
  });
});

describe('what is made of it', () => {
  it('names everything in the reference', () => {
    const text = reference(manifest);
    const { attributes, members, events, slots, cssParts, cssProperties, cssStates } = element;
    for (const list of [attributes, members, events, slots, cssParts, cssProperties, cssStates])
      for (const { name } of list) expect(text).toMatch(new RegExp(`^\\|.* \`${name}[\`(]`, 'm'));
  });

  it('types every attribute for frameworks, a number as text too', () => {
    const text = frameworkAttributes(manifest);
    expect(text).toContain(`'code-length'?: number | \`\${number}\` | undefined;`);
    for (const { name, description } of element.attributes) {
      expect(text).toContain(`/** ${description} */`);
      expect(text).toMatch(new RegExp(`^'?${name}'?\\?: `, 'm'));
    }
  });

  it('completes values in editors', () => {
    const [tag] = (vsCodeHtmlData(manifest) as { tags: { attributes: object[] }[] }).tags;
    expect(tag?.attributes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'channel', values: [{ name: 'sms' }, { name: 'voice' }] }),
        expect.objectContaining({ name: 'required', valueSet: 'v' }),
      ]),
    );
    expect(vsCodeCssData(manifest)).toMatchObject({
      properties: expect.arrayContaining([expect.objectContaining({ name: '--mitto-accent' })]),
    });
    expect(webTypes(manifest, { name: 'x', version: '1.2.3' })).toMatchObject({
      version: '1.2.3',
      contributions: { html: { elements: [{ name: 'mitto-otp' }] } },
    });
  });
});
