import { html, LitElement, type TemplateResult } from 'lit';
import '../../../widget/define.ts';

/** A site's own Lit component with the element in its shadow tree: the element waits until its host has hydrated. */
class SignUpHost extends LitElement {
  override render(): TemplateResult {
    return html`<form>
      <mitto-otp name="phone-proof" required lang="de">
        <label slot="phone-label" for="phone">Phone number</label>
        <input slot="phone" id="phone" name="phone" type="tel">
      </mitto-otp>
    </form>`;
  }
}

if (!customElements.get('sign-up-host')) customElements.define('sign-up-host', SignUpHost);
