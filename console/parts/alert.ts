/** What stands where there is nothing to show: not yet, not at all, or not because of a problem. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Upstream } from '../../shared/api/admin-responses.ts';
import type { ConsoleProblem } from '../errors.ts';
import type { TaskState } from './task.ts';

/** A problem in the words that came, with what the provider said to look into. */
export function problemNotice(problem: ConsoleProblem): TemplateResult {
  const { message, detail, code, status, upstream, retryAfterSeconds } = problem;
  return html`<div class="notice problem" role="alert">
    <p class="notice-title">${message}</p>
    ${detail === undefined ? nothing : html`<p>${detail}</p>`}
    ${
      retryAfterSeconds === undefined
        ? nothing
        : html`<p>Try again in ${retryAfterSeconds} seconds.</p>`
    }
    <p class="fine"><code>${code}</code>${status > 0 ? ` · HTTP ${status}` : nothing}</p>
    ${upstream ? upstreamDetails(upstream) : nothing}
  </div>`;
}

function upstreamDetails({ kind, status, code, body }: Upstream): TemplateResult {
  return html`<details>
    <summary>Response from Mitto</summary>
    <dl class="facts">
      ${fact('Classified as', kind)} ${fact('HTTP status', status)} ${fact('Code', code)}
      ${fact('Message', messageIn(body))}
    </dl>
    ${
      body === undefined || body === ''
        ? html`<p class="fine">Empty body.</p>`
        : html`<pre><code>${body}</code></pre>`
    }
  </details>`;
}

/** The member `message` of a JSON body, whatever its case. */
function messageIn(body: string | undefined): string | undefined {
  try {
    const members = Object.entries(JSON.parse(body ?? '') as object);
    const message = members.find(([name]) => name.toLowerCase() === 'message')?.[1];
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

function fact(name: string, value: string | number | undefined) {
  return value === undefined ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

export function emptyNotice(title: string, hint: string): TemplateResult {
  return html`<div class="notice empty">
    <p class="notice-title">${title}</p>
    <p>${hint}</p>
  </div>`;
}

function loadingNotice(what: string): TemplateResult {
  return html`<p class="loading"><span class="spinner" aria-hidden="true"></span>Loading ${what}…</p>`;
}

/**
 * The state of what a view loads, and what it came to.
 *
 * @param retry where nothing else on the page loads it again
 */
export function shown<Result>(
  state: TaskState<Result>,
  what: string,
  draw: (result: Result) => unknown,
  retry?: () => void,
): unknown {
  switch (state.kind) {
    case 'idle':
      return nothing;
    case 'loading':
      return state.last === undefined
        ? loadingNotice(what)
        : html`<div class="stale" aria-busy="true">${draw(state.last)}</div>`;
    case 'failed':
      return html`${problemNotice(state.problem)}
      ${
        retry
          ? html`<button type="button" class="side" @click=${retry}>Try again</button>`
          : nothing
      }`;
    case 'done':
      return draw(state.result);
  }
}
