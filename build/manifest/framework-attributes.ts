/** The attributes and properties of the element as types, for those of the frameworks to be made of. */
import { type Attribute, elementOf, type Manifest } from './manifest.ts';

export function frameworkAttributes(manifest: Manifest): string {
  const { name, attributes, members } = elementOf(manifest);
  const attributed = new Set(attributes.map((attribute) => attribute.name));
  const properties = members
    .filter((member) => member.kind === 'field' && !member.readonly && !attributed.has(member.name))
    // The value can be taken back, in a script; markup would only set it where it is ignored.
    .filter(({ name }) => name !== 'value')
    .map((member) => `'${member.name}'`);
  return `/** Made from the source of the element by \`npm run manifest\`. */
import type { ${name} } from '../../widget/mitto-otp-element.ts';

/** As a page writes them. */
export interface MittoOtpAttributes {
${attributes.map(property).join('\n')}
}

/** What an attribute is called as a property, where that is something else, and what is a property alone. */
export type MittoOtpProperties = {
  [Name in keyof Pick<${name}, ${properties.join(' | ')}>]?: ${name}[Name] | undefined;
};
`;
}

function property({ name, type, description }: Attribute): string {
  // Markup has only strings, so a number may come as one.
  const text = type.text === 'number' ? `number | \`\${number}\`` : type.text;
  const key = /^\w+$/.test(name) ? name : `'${name}'`;
  return `/** ${description} */\n${key}?: ${text} | undefined;`;
}
