import { expect, waitUntil } from '@open-wc/testing';
import type { FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { definedLanguages, defineLanguage } from './define-language.ts';
import { SHIPPED } from './load-language.ts';
import { en } from './locales/en.ts';
import type { Messages, PartialMessages } from './messages.ts';

/** A language that nobody ships, to be brought when a test wants it. */
const SLOW = 'tlh';

describe('the language of the element', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    definedLanguages.clear();
    document.documentElement.lang = 'en';
    document.documentElement.removeAttribute('dir');
    expect(worker.faults).to.deep.equal([]);
  });

  const label = (page: Harness) => page.phone.labels?.[0];
  const speaks = (page: Harness, { phoneLabel }: PartialMessages) =>
    page.until(() => label(page)?.textContent === phoneLabel, `"${phoneLabel}" is not said`);

  describe('while its words are on their way', () => {
    const arriving = () => {
      const { promise, resolve } = Promise.withResolvers<PartialMessages>();
      defineLanguage(SLOW, () => promise);
      return { arrive: resolve };
    };

    const textsSeen = (page: Harness) =>
      [
        ...page.element.querySelectorAll<HTMLElement>('label, [slot$=-hint], [slot$=-error]'),
        page.button('send'),
      ]
        .filter((node) => node.textContent?.trim() && node.checkVisibility())
        .filter((node) => !isClear(getComputedStyle(node).webkitTextFillColor))
        .map((node) => node.textContent?.trim());

    it('shows no other language, and its own as soon as it is there', async () => {
      const { arrive } = arriving();
      const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`);
      expect(textsSeen(page)).to.deep.equal([]);
      arrive({ phoneLabel: 'ghogh mI’', send: 'yIngeH' });
      await speaks(page, { phoneLabel: 'ghogh mI’' });
      expect(textsSeen(page)).to.include.members(['ghogh mI’', 'yIngeH']);
      expect(page.part('base')?.lang).to.equal(SLOW);
    });

    it('what is typed is seen, and each control has a name', async () => {
      arriving();
      const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`);
      await page.typePhone('0151');
      const ink = getComputedStyle(page.phone).webkitTextFillColor;
      expect(isClear(ink), ink).to.equal(false);
      expect(label(page)?.textContent).to.equal(en.phoneLabel);
      expect(page.button('send').textContent?.trim()).to.equal(en.send);
    });

    it('waits a moment and no longer, then speaks English, and theirs when they come after all', async () => {
      const { arrive } = arriving();
      const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`);
      await page.until(() => textsSeen(page).includes(en.phoneLabel), 'it stays mute');
      await page.sendsCode();
      expect(page.step).to.equal('code');
      arrive({ verify: 'yI’ol' });
      await page.until(() => page.button('verify').textContent?.trim() === 'yI’ol', 'not theirs');
    });

    it('takes a gesture, and does what it asks in the language that comes', async () => {
      const { arrive } = arriving();
      const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`);
      page.fill(page.phone, '015123456789');
      const sent = page.element.send();
      arrive({ codeLabel: 'ngoq' });
      await sent;
      await page.element.updateComplete;
      expect(page.step).to.equal('code');
      expect(page.code.labels?.[0]?.textContent).to.equal('ngoq');
    });

    it('speaks English at once when they fail', async () => {
      const { warn } = console;
      console.warn = () => undefined;
      defineLanguage(SLOW, () => Promise.reject(new Error('gone')));
      const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`);
      await page.until(() => textsSeen(page).includes(en.phoneLabel), 'it stays mute');
      console.warn = warn;
    });

    it('shows no other language when the page brings it right after the script', async () => {
      const element = document.createElement('mitto-otp');
      element.lang = SLOW;
      document.body.append(element);
      defineLanguage(SLOW, { phoneLabel: 'ghogh mI’' });
      await element.updateComplete;
      const seen = element.querySelector('label');
      expect(seen && isClear(getComputedStyle(seen).webkitTextFillColor)).to.equal(true);
      await waitUntil(() => seen?.textContent === 'ghogh mI’');
      element.remove();
    });

    it('stays as it is when it is moved meanwhile', async () => {
      arriving();
      const page = await open(`<div><mitto-otp lang="${SLOW}"></mitto-otp><p></p></div>`);
      document.querySelector('p')?.append(page.element);
      await page.element.updateComplete;
      expect(textsSeen(page)).to.deep.equal([]);
    });

    it('keeps what it said before, when it has said something', async () => {
      arriving();
      const page = await open('<mitto-otp lang="en"></mitto-otp>');
      page.element.lang = SLOW;
      await page.element.updateComplete;
      expect(textsSeen(page)).to.include(en.phoneLabel);
    });

    for (const tag of Object.keys(SHIPPED))
      it(`keeps the room that ${tag} takes`, async () => {
        const load = SHIPPED[tag];
        const words = await load?.();
        defineLanguage(SLOW, words?.words ?? {});
        // Where each hint takes one line: how many another language takes cannot be known before it is there.
        const english = await open('<mitto-otp lang="en"></mitto-otp>', 'narrow');
        const before = english.element.getBoundingClientRect().height;
        const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`, 'narrow');
        await speaks(page, words?.words ?? {});
        // A script may have its letters from a taller font.
        expect(page.element.getBoundingClientRect().height).to.be.closeTo(before, 6);
      });
  });

  it('never hides English on an English page', async () => {
    const page = await open('<mitto-otp lang="en-GB"></mitto-otp>');
    expect(page.part('base')?.className.trim()).to.equal('base');
  });

  it('follows a page that changes its own without being loaded anew', async () => {
    const page = await open();
    await page.configured();
    document.documentElement.lang = 'fr';
    await speaks(page, { phoneLabel: 'Numéro de téléphone' });
    document.documentElement.lang = 'en';
    await speaks(page, { phoneLabel: en.phoneLabel });
  });

  it('is the last that was asked for, whichever arrives first', async () => {
    const { promise, resolve } = Promise.withResolvers<PartialMessages>();
    defineLanguage(SLOW, () => promise);
    const page = await open(`<mitto-otp lang="${SLOW}"></mitto-otp>`);
    page.element.lang = 'fr';
    await speaks(page, { phoneLabel: 'Numéro de téléphone' });
    resolve({ phoneLabel: 'ghogh mI’' });
    await promise;
    await page.element.updateComplete;
    expect(label(page)?.textContent).to.equal('Numéro de téléphone');
  });

  describe('from right to left', () => {
    for (const tag of ['ar', 'he'])
      for (const [where, markup] of [
        ['on a page of that language', '<mitto-otp></mitto-otp>'],
        ['on a page in English', `<mitto-otp lang="${tag}"></mitto-otp>`],
      ] as const)
        it(`${tag} ${where}: from the right, with the number in its own order`, async () => {
          if (!markup.includes('lang')) {
            document.documentElement.lang = tag;
            document.documentElement.dir = 'rtl';
          }
          const words = await wordsOf(tag);
          const page = await open(markup);
          await speaks(page, words);
          const base = page.part('base');
          expect(base && getComputedStyle(base).direction).to.equal('rtl');
          await page.sendsCode('+49 151 23456787');
          const hint = page.element.querySelector<HTMLElement>('[slot=code-hint]');
          const text = hint?.firstChild;
          if (!hint || !text) throw new Error('There is no hint');
          expect(getComputedStyle(hint).direction).to.equal('rtl');
          // The number is one run, from its plus to its last digit.
          const [plus, last] = [placeOf(text, '+'), placeOf(text, '7')];
          expect(plus.left).to.be.lessThan(last.left);
          expect(plus.top).to.equal(last.top);
          // And the sentence begins on the right.
          const { right } = placeOf(text, text.textContent?.charAt(0) ?? '');
          expect(right).to.be.greaterThan(hint.getBoundingClientRect().right - 40);
          for (const field of ['phone-field', 'code-row']) {
            const node = page.part(field);
            expect(node && getComputedStyle(node).direction, field).to.equal('ltr');
          }
          for (const animation of page.element.shadowRoot?.getAnimations() ?? [])
            animation.finish();
          await expect(page.element).to.be.accessible();
        });

    it('English keeps to the left where the page goes from the right', async () => {
      document.documentElement.lang = 'fa';
      document.documentElement.dir = 'rtl';
      const page = await open();
      await page.configured();
      const base = page.part('base');
      expect(base && [base.lang, getComputedStyle(base).direction]).to.deep.equal(['en', 'ltr']);
    });
  });

  it('is that of every sentence on the way to a proof, in Japanese as in Polish', async () => {
    for (const tag of ['ja', 'pl']) {
      const words = await wordsOf(tag);
      const page = await open(`<mitto-otp lang="${tag}"></mitto-otp>`);
      await speaks(page, words);
      await page.sendsCode('');
      expect(page.error).to.equal(words.phoneMissing);
      await page.sendsCode();
      expect(page.button('verify').textContent?.trim()).to.equal(words.verify);
      expect(page.hint).to.contain('6').and.not.match(/[{}]/);
      page.fill(page.code, '12');
      await page.element.verify();
      await page.element.updateComplete;
      expect(page.error).to.contain('6').and.not.match(/[{}]/);
    }
  });
});

async function wordsOf(tag: string): Promise<Messages> {
  const words = (await SHIPPED[tag]?.())?.words;
  if (!words) throw new Error(`There are no words of ${tag}`);
  return words;
}

function isClear(colour: string): boolean {
  return /rgba\(.*, 0\)|transparent/.test(colour);
}

/** Where the last such character of a text stands on the page. */
function placeOf(text: Node, character: string): DOMRect {
  const range = document.createRange();
  const at = text.textContent?.indexOf(character) ?? -1;
  if (at < 0) throw new Error(`There is no ${character}`);
  range.setStart(text, at);
  range.setEnd(text, at + 1);
  return range.getBoundingClientRect();
}
