import { expect, waitUntil } from '@open-wc/testing';
import type { ReactPage } from '../../support/ssr/react-app.ts';

interface ReactWindow extends Window {
  remarks: string[];
  served: HTMLElement;
}

const MODES = ['development', 'production'] as const;
const ORDERS = ['element-first', 'react-first', 'late'] as const;

async function open(page: ReactPage, mode: string, order: string): Promise<ReactWindow> {
  const frame = document.createElement('iframe');
  frame.src = `/react/${page}/${mode}/${order}`;
  frame.width = '400';
  frame.height = '600';
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  const view = frame.contentWindow as unknown as ReactWindow;
  await waitUntil(
    () => view.document.querySelector('output')?.textContent === 'hydrated',
    'it is not hydrated',
    { timeout: 8000 },
  );
  return view;
}

describe('React 19 that takes over a page of its server’s', () => {
  afterEach(() => {
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  for (const mode of MODES)
    for (const order of ORDERS)
      for (const page of ['bare', 'with-told-input', 'with-label'] as const)
        it(`finds nothing to complain of: ${page}, ${mode}, ${order}`, async () => {
          const { remarks, served, document } = await open(page, mode, order);
          const element = document.querySelector('mitto-otp');
          expect(element).to.equal(served);
          await waitUntil(() => element?.querySelectorAll('input[slot=phone]').length === 1);
          await waitUntil(() => Boolean(element?.querySelector('[slot=phone-hint]')?.textContent));
          expect(element?.querySelectorAll('label[slot=phone-label]')).to.have.length(1);
          expect(remarks).to.deep.equal([]);
        });

  // In development React names the attributes that the element has added to the page's own input.
  for (const order of ORDERS)
    it(`keeps an input of the page’s, and what was typed into it: ${order}`, async () => {
      const { remarks, served, document } = await open('with-input', 'production', order);
      expect(document.querySelector('mitto-otp')).to.equal(served);
      expect(document.querySelectorAll('input[name=tel]')).to.have.length(1);
      expect(remarks).to.deep.equal([]);
    });
});
