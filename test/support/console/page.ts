/** What a test does on the page, by the words that a person sees. */
import { fixture, waitUntil } from '@open-wc/testing';
import type { LitElement, TemplateResult } from 'lit';
import '../../../console/console.ts';

for (const name of ['page', 'controls', 'tables', 'connectors', 'chart']) {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = new URL(`../../../console/styles/${name}.css`, import.meta.url).href;
  document.head.append(sheet);
}

export async function show<Element extends LitElement>(template: TemplateResult): Promise<Element> {
  return fixture<Element>(template);
}

/** Waits for words on the page. */
export async function sees(root: Element, words: string): Promise<void> {
  await waitUntil(
    () => root.textContent?.replace(/\s+/g, ' ').includes(words),
    `"${words}" is not to be seen in: ${root.textContent?.replace(/\s+/g, ' ').slice(0, 600)}`,
    { timeout: 4_000 },
  );
}

export function button(root: Element, name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find(
    ({ textContent }) => textContent?.replace(/\s+/g, ' ').trim() === name,
  );
  if (!found) throw new Error(`There is no button "${name}"`);
  return found;
}

export function field<Control extends HTMLElement = HTMLInputElement>(
  root: Element,
  label: string,
): Control {
  const found = [...root.querySelectorAll('label')].find((one) =>
    one.textContent?.trim().startsWith(label),
  )?.control;
  if (!found) throw new Error(`There is no field "${label}"`);
  return found as unknown as Control;
}

export async function type(
  root: LitElement,
  control: HTMLInputElement | HTMLTextAreaElement,
  text: string,
): Promise<void> {
  control.value = text;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await root.updateComplete;
}
