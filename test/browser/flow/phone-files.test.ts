import { expect, waitUntil } from '@open-wc/testing';
import type { MittoOtpElement } from '../../../widget/mitto-otp-element.ts';

/** The built element in a frame, out of a deployment that lacks one of its later files. */
async function openWithout(file: 'country-listbox' | 'number-validator') {
  const base = `/deployed/${crypto.randomUUID()}`;
  await fetch(`${base}/missing?file=${file}-&times=${Number.MAX_SAFE_INTEGER}`);
  const frame = document.createElement('iframe');
  frame.src = `${base}/page`;
  frame.width = '400';
  frame.height = '500';
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  const element = frame.contentDocument?.querySelector<MittoOtpElement>('mitto-otp');
  if (!element) throw new Error('There is no element');
  const part = (name: string) => element.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`);
  await until(() => Boolean(part('country-face')), 'the element does not start');
  const phone = element.querySelector<HTMLInputElement>('input[slot=phone]');
  if (!phone) throw new Error('There is no input');
  const fill = (text: string) => {
    phone.value = text;
    phone.dispatchEvent(new Event('change', { bubbles: true }));
  };
  return { frame, element, part, phone, fill };
}

const until = (condition: () => boolean, what: string) =>
  waitUntil(condition, what, { timeout: 5000, interval: 10 });

describe('where a file of the number does not arrive', () => {
  afterEach(() => document.querySelector('iframe')?.remove());

  it('the country is chosen by the native select, which has the focus then', async () => {
    const { part, element } = await openWithout('country-listbox');
    part('country')?.click();
    await until(() => part('country')?.localName === 'select', 'no select');
    await until(() => element.shadowRoot?.activeElement === part('country'), 'no focus');
    const select = part('country') as HTMLSelectElement;
    select.value = 'FR';
    select.dispatchEvent(new Event('change'));
    await until(() => part('country-code')?.textContent === 'FR', 'nothing is chosen');
  });

  it('the number is not grouped, not judged, and sent', async () => {
    const { phone, element, part, fill, frame } = await openWithout('number-validator');
    phone.focus();
    fill('0151 2345');
    // As long as the two tries for the file take.
    const asked = () =>
      frame.contentWindow?.performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('number-validator')).length ?? 0;
    await until(() => asked() > 0, 'nobody asks for the file');
    phone.blur();
    expect(phone.value).to.equal('0151 2345');
    part('send')?.click();
    await until(() => element.matches(':state(code)'), 'nothing is sent');
    expect(element.querySelector('[slot=phone-error]')?.textContent).to.equal('');
  });
});
