import { expect } from '@open-wc/testing';
import type { MittoErrorEvent } from '../../../widget/events.ts';
import { answers, type FakeWorker, VERIFIED } from '../../support/widget/fake-worker.ts';
import { open, startWorker } from '../../support/widget/harness.ts';
import { StrictPage } from './csp-page.ts';

declare global {
  interface Window {
    /** Set by markup that came to life. */
    hasRun?: boolean;
  }
}

const MARKUP = `"'><img src="data:," onerror="window.hasRun = true"><b>`;

describe('markup stays text', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    delete window.hasRun;
  });

  const ATTRIBUTES = ['country', 'channel', 'flow', 'lang', 'nonce-value', 'code-length', 'name'];

  for (const attribute of ATTRIBUTES)
    it(`in the attribute ${attribute}`, async () => {
      const page = await open('<div><mitto-otp></mitto-otp></div>');
      page.element.setAttribute(attribute, MARKUP);
      await page.configured();
      await page.verifies();
      await expectText(page.element);
    });

  it('in what the Worker says, were it to say it', async () => {
    worker.always('config', answers.config({ callingCodes: { DE: MARKUP } }));
    worker.always('send', answers.send({ to: MARKUP }));
    worker.next('verify', () =>
      Response.json(
        { type: MARKUP, title: MARKUP, status: 418, code: MARKUP, detail: MARKUP },
        { status: 418 },
      ),
    );
    const page = await open();
    await page.configured();
    await page.sendsCode();
    // The Worker's own word for the number is shown in a page that comes back from the cache.
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await page.until(() => page.hint.includes('<img'), 'the Worker’s word is not shown');
    page.fill(page.code, '123456');
    await page.until(() => page.error !== '', 'no error');
    await expectText(page.element);
  });

  it('in what is typed and pasted', async () => {
    const page = await open();
    await page.configured();
    await page.sendsCode(MARKUP);
    expect(worker.callsTo('send')).to.have.length(0);
    await page.sendsCode();
    page.paste(page.code, MARKUP);
    await expectText(page.element);
  });

  async function expectText(element: Element): Promise<void> {
    const trees = [element, element.shadowRoot];
    for (const tree of trees) expect(tree?.querySelector('img, b:not([part])')).to.equal(null);
    // A handler that came to life would run once its image has failed to load.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(window.hasRun).to.equal(undefined);
  }
});

describe('DOM clobbering around the element', () => {
  afterEach(() => StrictPage.closeAll());

  for (const form of ['source', 'built'] as const)
    it(`changes nothing: ${form}`, async () => {
      const page = await StrictPage.open(form, '/clobbered');
      // The premise: these names are taken indeed.
      expect(page.document.body.tagName).to.equal('IMG');
      expect(page.element.form?.requestSubmit).not.to.be.a('function');

      page.fill(page.phone, '0151 23456789');
      page.pressEnter(page.phone);
      await page.reaches('code');
      page.paste(page.code, 'Your code is 123 456.');
      await page.reaches('verified');
      expect(page.element.value).to.equal(VERIFIED.proof);
      expect(page.formData.get('phone-proof')).to.equal(VERIFIED.proof);
      expect([page.callsTo('send'), page.callsTo('verify')]).to.deep.equal([1, 1]);
      expect(page.violations).to.deep.equal([]);
    });
});

describe('an insecure or invalid endpoint', () => {
  for (const endpoint of [
    'http://otp.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'ws://localhost',
    'ftp://localhost',
    'javascript:alert(1)',
    'data:application/json,{}',
    'blob:http://localhost/1',
    '//otp.example.com',
    '/v1',
  ])
    it(`is never called: ${endpoint}`, async () => {
      const worker = startWorker();
      const page = await open();
      page.element.endpoint = endpoint;
      await page.element.updateComplete;
      worker.calls.length = 0;
      await page.sendsCode();
      await page.until(() => page.error !== '', 'no error');
      expect((page.events.at(-1) as MittoErrorEvent).code).to.equal('misconfigured');
      expect(worker.calls).to.deep.equal([]);
    });
});
