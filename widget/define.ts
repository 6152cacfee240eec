/** Registers `<mitto-otp>`. Safe to run twice, and beside another copy of itself. */
import { MittoOtpElement } from './mitto-otp-element.ts';

export * from './mitto-otp-element.ts';

if (globalThis.customElements && !customElements.get('mitto-otp'))
  customElements.define('mitto-otp', MittoOtpElement);
