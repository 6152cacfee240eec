/** What editors complete and explain in a page's markup and CSS. Made of the manifest, for the package alone. */
import { type Documented, elementOf, type Manifest } from './manifest.ts';

/** https://code.visualstudio.com/api/extension-guides/custom-data-extension */
export function vsCodeHtmlData(manifest: Manifest): object {
  const { tagName, summary, attributes } = elementOf(manifest);
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: summary,
        attributes: attributes.map(({ name, description, type }) => ({
          name,
          description,
          ...(type.text === 'boolean' && { valueSet: 'v' }),
          values: choices(type.text),
        })),
      },
    ],
  };
}

export function vsCodeCssData(manifest: Manifest): object {
  const { cssProperties } = elementOf(manifest);
  return {
    version: 1.1,
    properties: cssProperties.map(({ name, description }) => ({ name, description })),
  };
}

/** https://github.com/JetBrains/web-types */
export function webTypes(manifest: Manifest, { name, version }: { name: string; version: string }) {
  const element = elementOf(manifest);
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: element.tagName,
            description: element.summary,
            attributes: element.attributes.map(({ name, description, type }) => ({
              name,
              description,
              value: { type: type.text, required: type.text !== 'boolean' },
            })),
            slots: documented(element.slots),
            js: {
              properties: element.members
                .filter(({ kind }) => kind === 'field')
                .map(({ name, description, type }) => ({ name, description, type: type?.text })),
              events: documented(element.events),
            },
            css: {
              parts: documented(element.cssParts),
              properties: documented(element.cssProperties),
              'pseudo-classes': element.cssStates.map(({ name, description }) => ({
                name: `state(${name})`,
                description,
              })),
            },
          },
        ],
      },
    },
  };
}

/** `'sms'|'voice'` is a choice of two. */
function choices(type: string): { name: string }[] {
  return [...type.matchAll(/'([^']+)'/g)].map(([, name = '']) => ({ name }));
}

function documented(list: readonly Documented[]): Documented[] {
  return list.map(({ name, description }) => ({ name, description }));
}
