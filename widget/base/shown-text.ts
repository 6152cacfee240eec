import { html } from 'lit';

/** Lit identifies templates by their strings array: one array per text. */
const templates = new Map<string, TemplateStringsArray>();

/**
 * A text that may change. Translation puts elements in the place of text nodes, and Lit would go on writing into a node
 * that is shown no more: a button would keep the words of what it does not do any longer. So another text is drawn in
 * the place of the old, whatever has become of that.
 */
export function shownText(text: string): unknown {
  const strings = templates.get(text) ?? Object.assign(['', ''], { raw: ['', ''] });
  templates.set(text, strings);
  return html(strings, text);
}
