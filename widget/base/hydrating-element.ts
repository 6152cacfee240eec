import { adoptStyles, LitElement, type PropertyValues } from 'lit';

/**
 * Takes over what a server has drawn, as declarative shadow DOM. Where the page has loaded the hydration of
 * `@lit-labs/ssr-client` before Lit, the nodes are kept. Where it has not, or another version of the element drew
 * them, they are drawn anew.
 */
export abstract class HydratingElement extends LitElement {
  /**
   * For the one render that has to give what the server gave: Lit takes the nodes for what is rendered, and compares
   * nothing. Another render follows it.
   */
  protected isHydrating = false;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const served = this.shadowRoot;
    const later = [...(served?.adoptedStyleSheets ?? [])];
    const root = super.createRenderRoot();
    if (!served) return root;
    // Lit that does not hydrate is about to draw in front of what is there.
    this.isHydrating = !this.renderOptions.renderBefore;
    this.renderOptions.renderBefore = null;
    // The served styles are inline, which a policy may have refused.
    adoptStyles(served, (this.constructor as typeof LitElement).elementStyles);
    served.adoptedStyleSheets = [...served.adoptedStyleSheets, ...later];
    if (this.isHydrating) served.querySelector('style')?.remove();
    else served.replaceChildren();
    return root;
  }

  protected override update(changed: PropertyValues): void {
    try {
      super.update(changed);
    } catch (error) {
      if (!this.isHydrating) throw error;
      this.isHydrating = false;
      this.renderRoot.replaceChildren();
      super.update(changed);
    }
  }

  protected override firstUpdated(): void {
    if (!this.isHydrating) return;
    this.isHydrating = false;
    void this.updateComplete.then(() => this.requestUpdate());
  }
}
