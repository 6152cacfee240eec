import { html, nothing, type TemplateResult } from 'lit';

export interface FormField {
  id: string;
  label: string;
  hint?: string | undefined;
  /** What is amiss; the control has to carry `aria-invalid` then. */
  problem?: string | undefined;
  control: TemplateResult;
}

/** What a control has to name in `aria-describedby`, so that its hint and its problem are read out with it. */
export function describedBy(id: string): string {
  return `${id}-hint ${id}-problem`;
}

/** A label, its control, what helps with it, and what is wrong with what stands in it. */
export function formField({ id, label, hint, problem, control }: FormField): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${control}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    <p class="field-problem" id="${id}-problem" aria-live="polite">${problem ?? nothing}</p>
  </div>`;
}
