/** A page with `<mitto-otp>` on it, by what a visitor sees of it. */
import type { Locator, Page } from 'playwright-core';
import type { InboxMessage } from '../../../sandbox/inbox.ts';
import type { ProviderSandbox } from '../../../sandbox/provider-sandbox.ts';

export class OtpPage {
  readonly page: Page;
  readonly sandbox: ProviderSandbox;
  readonly phone: Locator;
  readonly code: Locator;
  readonly verified: Locator;

  constructor(page: Page, sandbox: ProviderSandbox) {
    this.page = page;
    this.sandbox = sandbox;
    this.phone = page.getByRole('textbox', { name: 'Phone number' });
    this.code = page.getByRole('textbox', { name: 'Verification code' });
    this.verified = page.getByText('Your number is confirmed.', { exact: true }).first();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  text(text: string): Locator {
    return this.page.getByText(text, { exact: false }).first();
  }

  /** Types the number, has a code sent, and returns the message that arrived. */
  async sendCodeTo(number: string): Promise<InboxMessage> {
    await this.phone.fill(number);
    return this.messageAfter(number, () => this.button('Send code').click());
  }

  /** The message that comes of a gesture. */
  async messageAfter(number: string, gesture: () => Promise<void>): Promise<InboxMessage> {
    const before = this.sandbox.inbox.list({ to: number }).length;
    await gesture();
    await this.code.waitFor();
    while (this.sandbox.inbox.list({ to: number }).length === before)
      await this.page.waitForTimeout(20);
    // The message may be there before the page has heard of it, and only then is the field empty for its code.
    await this.page.waitForFunction(() =>
      document.querySelector('mitto-otp')?.matches(':state(code):not(:state(busy))'),
    );
    const message = this.sandbox.inbox.last(number);
    if (!message) throw new Error(`nothing arrived at ${number}`);
    return message;
  }

  /** As fingers do, one digit after the other. */
  async typeCode(code: string): Promise<void> {
    await this.code.pressSequentially(code);
  }
}

/** A code of the same length that is not it. */
export function wrongFor(code: string): string {
  return (code.startsWith('0') ? '1' : '0') + code.slice(1);
}
