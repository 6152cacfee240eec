import { expect, waitUntil } from '@open-wc/testing';
import { answers, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { definedLanguages, defineLanguage } from './define-language.ts';
import { words as de } from './locales/de.ts';
import { en } from './locales/en.ts';
import type { PartialMessages } from './messages.ts';

describe('the page’s own words', () => {
  let worker: FakeWorker;
  let warnings: string[];
  const { warn } = console;
  beforeEach(() => {
    worker = startWorker();
    warnings = [];
    console.warn = (...parts) => warnings.push(parts.join(' '));
  });
  afterEach(() => {
    console.warn = warn;
    definedLanguages.clear();
    expect(worker.faults).to.deep.equal([]);
  });

  const sendLabel = (page: Harness) => page.button('send').textContent?.trim();
  const says = (page: Harness, text: string) =>
    page.until(() => sendLabel(page) === text, `"${text}" is not said`);
  const openWith = async (words: unknown, lang = 'en') => {
    const page = await open(`<mitto-otp lang="${lang}"></mitto-otp>`);
    page.element.words = words as PartialMessages;
    return page;
  };

  describe('for one element', () => {
    it('are said instead of the language’s, and the others stay', async () => {
      const page = await openWith({ send: 'Get my code' });
      await says(page, 'Get my code');
      expect(page.phone.labels?.[0]?.textContent).to.equal(en.phoneLabel);
      expect(warnings).to.deep.equal([]);
    });

    it('are said over another language, too', async () => {
      const page = await openWith({ send: 'Los' }, 'de');
      await says(page, 'Los');
      await page.until(() => page.phone.labels?.[0]?.textContent === de.phoneLabel, 'no German');
    });

    it('may stand there before the element is', async () => {
      const element = document.createElement('mitto-otp');
      element.words = { phoneLabel: 'Mobile' };
      document.body.append(element);
      await element.updateComplete;
      await waitUntil(() => element.querySelector('label')?.textContent === 'Mobile');
      element.remove();
    });

    it('may be set as soon as it is', async () => {
      const element = document.createElement('mitto-otp');
      document.body.append(element);
      element.words = { phoneLabel: 'Mobile' };
      await waitUntil(() => element.querySelector('label')?.textContent === 'Mobile');
      element.remove();
    });

    it('are taken back', async () => {
      const page = await openWith({ send: 'Get my code' });
      await says(page, 'Get my code');
      page.element.words = null;
      await says(page, en.send);
    });

    it('take places and plural forms', async () => {
      worker.next('verify', answers.problem('incorrect_code', { attemptsLeft: 1 }));
      const page = await openWith({
        codeHint: { sms: 'Sent to {to}.' },
        attemptsLeft: { one: 'Last try!', other: '{count} to go' },
      });
      await page.sendsCode();
      expect(page.hint).to.match(/^Sent to .*4567.*\.$/);
      page.fill(page.code, '111111');
      await page.until(() => page.error !== '', 'no error');
      expect(page.error).to.contain('Last try!');
    });

    it('are text, and never markup', async () => {
      const markup = '<img src=x onerror="alert(1)">';
      const page = await openWith({ send: markup, phoneLabel: markup });
      await says(page, markup);
      expect(page.phone.labels?.[0]?.textContent).to.equal(markup);
      expect(document.querySelector('mitto-otp img')).to.equal(null);
      expect(page.element.shadowRoot?.querySelector('img')).to.equal(null);
    });
  });

  describe('that mean nothing', () => {
    for (const [what, words, warning] of [
      ['a name that is not known', { sned: 'Go' }, 'sned is not known'],
      ['no sentence', { send: 5 }, 'send is not a sentence'],
      ['no table', { errors: 'oh no' }, 'errors is not a table of sentences'],
      ['a table in place of a sentence', { send: { sms: 'Go' } }, 'send is not a sentence'],
      ['a place that is missing', { resendIn: 'Wait' }, 'resendIn (other) lacks {time}'],
      [
        'a place that is missing in one form',
        { sent: { sms: { one: 'Sent.', other: '{length} to {to}' } } },
        'sent.sms (one) lacks {to}',
      ],
      [
        'a place that is not known',
        { send: 'Send {what}' },
        'send (other) has {what}, which nothing fills',
      ],
      ['a language that is none', { lang: 'not a tag!' }, 'not a tag! is no language tag'],
    ] as const)
      it(`${what} are told to the developer, and the element goes on`, async () => {
        const page = await openWith(words);
        await page.configured();
        await page.until(() => warnings.length > 0, 'no warning');
        expect(warnings.join('\n')).to.contain(`<mitto-otp> words: ${warning}`);
        await page.verifies();
        expect(page.step).to.equal('verified');
      });

    for (const words of [undefined, 5, 'words', [], () => 'x', { send: undefined }])
      it(`${JSON.stringify(words) ?? String(words)} take nothing down`, async () => {
        const page = await openWith(words);
        await page.verifies();
        expect(page.step).to.equal('verified');
      });

    it('are told once, and not for each element', async () => {
      const words = { sned: 'Go' };
      for (let round = 0; round < 3; round += 1) await (await openWith(words)).sendsCode();
      expect(warnings).to.have.length(1);
    });
  });

  describe('for a language', () => {
    const danish = { phoneLabel: 'Telefonnummer', send: 'Send kode' };

    it('bring one that the element does not speak, to elements that are there already', async () => {
      const page = await open('<mitto-otp lang="da-DK"></mitto-otp>');
      expect(sendLabel(page)).to.equal(en.send);
      defineLanguage('da', danish);
      await says(page, 'Send kode');
      expect(page.part('base')?.lang).to.equal('da');
      await page.sendsCode();
      expect(page.button('verify').textContent?.trim()).to.equal(en.verify);
    });

    it('may be fetched when a page speaks it, and not before', async () => {
      let fetched = 0;
      defineLanguage('da', async () => {
        fetched += 1;
        return danish;
      });
      await open('<mitto-otp lang="sv"></mitto-otp>');
      expect(fetched).to.equal(0);
      await says(await open('<mitto-otp lang="da"></mitto-otp>'), 'Send kode');
      expect(fetched).to.equal(1);
    });

    it('that fail to come leave English, or the element’s own', async () => {
      for (const load of [
        () => Promise.reject(new Error('gone')),
        (): never => {
          throw new Error('gone');
        },
      ]) {
        defineLanguage('da', load);
        defineLanguage('de', load);
        await says(await open('<mitto-otp lang="da"></mitto-otp>'), en.send);
        await says(await open('<mitto-otp lang="de"></mitto-otp>'), de.send);
      }
      expect(warnings.join()).to.contain('the words of da did not come');
    });

    it('change some sentences of one that the element speaks', async () => {
      defineLanguage('de', { send: 'Los' });
      const page = await open('<mitto-otp lang="de-AT"></mitto-otp>');
      await says(page, 'Los');
      expect(page.phone.labels?.[0]?.textContent).to.equal(de.phoneLabel);
    });

    it('of a region serve that region, with the whole language behind it', async () => {
      defineLanguage('de-ch', { send: 'Code senden, gäll' });
      const swiss = await open('<mitto-otp lang="de-CH"></mitto-otp>');
      await says(swiss, 'Code senden, gäll');
      expect(swiss.part('base')?.lang).to.equal('de-CH');
      expect(swiss.phone.labels?.[0]?.textContent).to.equal(de.phoneLabel);
      await says(await open('<mitto-otp lang="de-AT"></mitto-otp>'), de.send);
    });

    it('change English, too, and the element’s own words come last', async () => {
      defineLanguage('en', { send: 'Go', phoneLabel: 'Mobile' });
      const page = await openWith({ send: 'Go on' });
      await says(page, 'Go on');
      expect(page.phone.labels?.[0]?.textContent).to.equal('Mobile');
    });

    it('go from right to left when they say so', async () => {
      defineLanguage('fa', { dir: 'rtl', send: 'ارسال کد' });
      const page = await open('<mitto-otp lang="fa"></mitto-otp>');
      await says(page, 'ارسال کد');
      const base = page.part('base');
      expect(base && getComputedStyle(base).direction).to.equal('rtl');
    });

    it('are found by the name of old, and refused under none', () => {
      defineLanguage('iw', {});
      expect([...definedLanguages.keys()]).to.deep.equal(['he']);
      expect(() => defineLanguage('no tag', {})).to.throw(RangeError);
    });
  });

  it('can be brought by a page that has the built script alone', async () => {
    const built: typeof import('../define.ts') = await import(
      // As a path of its own, or the runner would look for it while it reads this file.
      new URL('/dist/assets/mitto-otp.js', location.href).href
    );
    customElements.define('built-otp', class extends built.MittoOtpElement {});
    const element = document.createElement('built-otp');
    element.lang = 'da';
    document.body.append(element);
    built.defineLanguage('da', { phoneLabel: 'Mobilnummer' });
    await waitUntil(() => element.querySelector('label')?.textContent === 'Mobilnummer');
    element.remove();
  });
});
