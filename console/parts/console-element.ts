import { LitElement, type PropertyDeclarations } from 'lit';
import type { AdminApi } from '../admin-client.ts';

/**
 * A part of the page. It draws into the document itself: the page is all ours, and labels, ids and one set of style
 * sheets then work as they do on any page.
 */
export abstract class ConsoleElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** A page of the console: what one entry of the navigation shows. */
export abstract class ConsoleView extends ConsoleElement {
  static override properties: PropertyDeclarations = { api: { attribute: false } };

  declare api: AdminApi;
}
