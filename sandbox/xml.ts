/** The XML form of an answer. That it exists is documented; its element names are assumed to be the JSON keys. */
export function toXml(root: string, content: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, content)}`;
}

function element(name: string, content: unknown): string {
  return `<${name}>${inner(name, content)}</${name}>`;
}

function inner(name: string, content: unknown): string {
  if (content === null || content === undefined) return '';
  if (Array.isArray(content)) return content.map((item) => element(itemName(name), item)).join('');
  if (typeof content === 'object')
    return Object.entries(content)
      .map(([key, value]) => element(key, value))
      .join('');
  return escapeXml(String(content));
}

/** `usageRecords` holds `usageRecord`; a list without a plural name holds `item`. */
function itemName(listName: string): string {
  return listName.endsWith('s') ? listName.slice(0, -1) : 'item';
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES.get(character) ?? character);
}
