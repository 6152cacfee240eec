import { expect, waitUntil } from '@open-wc/testing';
import { FONTS, fontStack, setFont } from '../../test/support/widget/fonts.ts';
import { relativeTime } from '../view/format-duration.ts';
import { type CountedText, formatMessage } from './format-message.ts';
import { loadLanguage, SHIPPED } from './load-language.ts';
import { en } from './locales/en.ts';
import { isSentence } from './merge-messages.ts';
import type { Messages } from './messages.ts';
import { validateMessages } from './validate-messages.ts';

const TAGS = ['en', ...Object.keys(SHIPPED)];
const RIGHT_TO_LEFT = ['ar', 'he'];
/** Those in which a letter of ours can only be a word left in English, or a name. */
const OTHER_LETTERS = ['ar', 'he', 'ja', 'zh', 'zh-Hant'];
/** More than the attempts of a session and the digits of a code. */
const NUMBERS = Array.from({ length: 201 }, (_, number) => number);

describe('the languages', () => {
  const all = new Map<string, Messages>([['en', en]]);
  before(async () => {
    for (const [tag, load] of Object.entries(SHIPPED)) all.set(tag, (await load()).words);
  });

  const wordsOf = (tag: string): Messages => {
    const words = all.get(tag);
    if (!words) throw new Error(`There are no words of ${tag}`);
    return words;
  };

  it('are these', () => {
    expect(TAGS.join(' ')).to.equal('en ar de es fr he it ja nl pl pt pt-PT tr zh zh-Hant');
  });

  for (const tag of TAGS)
    describe(tag, () => {
      let words: Messages;
      let texts: Map<string, string>;
      before(() => {
        words = wordsOf(tag);
        texts = textsOf(words);
      });

      it('is data, under its own tag and in its own direction', () => {
        expect(JSON.parse(JSON.stringify(words))).to.deep.equal(words);
        expect(words.lang).to.equal(tag);
        expect(words.dir).to.equal(RIGHT_TO_LEFT.includes(tag) ? 'rtl' : 'ltr');
      });

      it('has every sentence, with the places of the English one', () => {
        expect(namesOf(words)).to.deep.equal(namesOf(en));
        expect(validateMessages(words, en)).to.deep.equal([]);
      });

      it('has a form for every number', () => {
        const rules = new Intl.PluralRules(tag);
        const { pluralCategories } = rules.resolvedOptions();
        const needed = pluralCategories.filter((category) =>
          NUMBERS.some((number) => rules.select(number) === category),
        );
        expect(words.attemptsLeft).to.be.an('object');
        for (const [name, sentence] of sentencesOf(words))
          if (typeof sentence === 'object')
            expect(Object.keys(sentence), name).to.include.members(needed);
      });

      it('leaves a number unsaid in the form of that number alone', () => {
        const rules = new Intl.PluralRules(tag);
        for (const [name, sentence] of sentencesOf(words)) {
          if (typeof sentence !== 'object') continue;
          for (const [form, text] of Object.entries(sentence)) {
            if (/\{(count|length)\}/.test(text)) continue;
            const numbers = NUMBERS.filter((number) => rules.select(number) === form);
            expect(numbers, `${name} ${form}`).to.have.length(1);
          }
        }
      });

      it('leaves no place unfilled', () => {
        const when = relativeTime(27, tag);
        const phone = '+49 1511 2345678';
        const places = { to: phone, number: phone, time: '0:27', when, country: 'Togo' };
        for (const [name, sentence] of sentencesOf(words))
          for (const number of NUMBERS) {
            const text = formatMessage(sentence, { ...places, count: number }, tag);
            const code = formatMessage(sentence, { ...places, length: number }, tag);
            expect(name.startsWith('attempts') ? text : code, name).not.to.match(/[{}]/);
          }
      });

      for (const font of FONTS)
        it(`asks for a country in no more room than 320 px leave to it, in a ${font} font`, async () => {
          await setFont(font);
          const pen = document.createElement('canvas').getContext('2d');
          if (!pen) throw new Error('There is no canvas');
          pen.font = `16px ${fontStack(font)}`;
          expect(pen.measureText(words.countrySearch).width).to.be.below(262);
        });

      it('is clean: one space at a time, curved apostrophes, three dots in one', () => {
        for (const [name, text] of texts) {
          if (name === 'gap') continue;
          expect(text.trim(), name).to.equal(text).and.not.equal('');
          expect(text, name).not.to.match(/ {2}|['"`´]|\.\.|<|>/);
        }
      });

      it('ends its sentences', () => {
        const english = textsOf(en);
        for (const [name, text] of texts)
          if (/[.?]$/.test(english.get(name.split(' ')[0] ?? '') ?? ''))
            expect(text, name).to.match(/[.。?？؟]$/);
          else expect(text, name).not.to.match(/[.。]$/);
      });

      if (tag !== 'en')
        it('says nothing in English', () => {
          const english = textsOf(en);
          const same = [...texts]
            .filter(([name, text]) => !['dir', 'gap'].includes(name) && english.get(name) === text)
            .map(([name]) => name);
          // A code is a code in half of Europe.
          expect(same.filter((name) => name !== 'codeLabel')).to.deep.equal([]);
        });

      if (OTHER_LETTERS.includes(tag))
        it('has left no letter of another script', () => {
          for (const [name, text] of texts)
            if (!['lang', 'dir'].includes(name))
              expect(text.replace(/\{\w+\}|SMS/g, ''), name).not.to.match(/[A-Za-z]/);
        });

      it('sets its punctuation as its readers do', () => {
        const said = [...texts].filter(([name]) => !['lang', 'dir', 'gap'].includes(name));
        for (const [name, whole] of said) {
          const text = whole.replace(/\{\w+\}/g, '1');
          if (tag === 'fr') expect(text, name).not.to.match(/(?<!\u202f)[?!;]|(?<!\u00a0):|[«»]/);
          else expect(text, name).not.to.match(/[\s\u202f][?!;]/);
          if (tag === 'ar') expect(text, name).not.to.match(/[,;?]/);
          if (tag === 'es' && text.includes('?')) expect(text, name).to.include('¿');
          if (['zh', 'zh-Hant', 'ja'].includes(tag)) expect(text, name).not.to.match(/[.,;:?!]/);
        }
        expect(words.gap).to.equal(['zh', 'zh-Hant', 'ja'].includes(tag) ? '' : ' ');
      });
    });

  it('are found by region, script and the names of old', async () => {
    for (const [tag, expected] of [
      ['de-AT', 'de'],
      ['DE', 'de'],
      ['de_CH', 'de'],
      ['de-DE-u-co-phonebk', 'de'],
      ['iw', 'he'],
      ['iw-IL', 'he'],
      ['pt-BR', 'pt'],
      ['pt-PT', 'pt-PT'],
      ['pt-AO', 'pt'],
      ['zh-CN', 'zh'],
      ['zh-Hans', 'zh'],
      ['zh-Hans-HK', 'zh'],
      ['zh-SG', 'zh'],
      ['zh-TW', 'zh-Hant'],
      ['zh-HK', 'zh-Hant'],
      ['zh-MO', 'zh-Hant'],
      ['zh-Hant', 'zh-Hant'],
      ['zh-Hant-CN', 'zh-Hant'],
      ['es-419', 'es'],
      ['ar-EG', 'ar'],
    ] as const)
      expect((await loadLanguage(tag, null))?.first.lang, tag).to.equal(expected);
  });

  it('are each a file of the built script', async () => {
    const built: typeof import('../define.ts') = await import(
      // As an address, or the runner would look for it while it reads this file.
      new URL('/dist/assets/mitto-otp.js', location.href).href
    );
    customElements.define('built-otp', class extends built.MittoOtpElement {});
    const element = document.createElement('built-otp');
    document.body.append(element);
    for (const tag of Object.keys(SHIPPED)) {
      element.lang = tag;
      const { phoneLabel } = wordsOf(tag);
      await waitUntil(
        () =>
          element.querySelector('label')?.textContent === phoneLabel &&
          element.shadowRoot?.querySelector<HTMLElement>('[part=base]')?.lang === tag,
        `the built script does not speak ${tag}`,
      );
    }
    element.remove();
  });

  it('are English where there is no other', () => {
    for (const tag of ['en', 'en-GB', 'en_US', 'tlh', 'no-such-language', '', '-', 'constructor'])
      expect(loadLanguage(tag, null), tag).to.equal(undefined);
  });
});

/** Every sentence with its path; the forms of a plural together. */
function sentencesOf(words: object, path = ''): [name: string, sentence: CountedText][] {
  return Object.entries(words).flatMap(([key, value]) =>
    isSentence(value)
      ? [[path + key, value as CountedText] as [string, CountedText]]
      : sentencesOf(value as object, `${path}${key}.`),
  );
}

function namesOf(words: Messages): string[] {
  return sentencesOf(words)
    .map(([name]) => name)
    .sort();
}

/** Every text; of a plural the form of all numbers that have none of their own, and after it the others. */
function textsOf(words: Messages): Map<string, string> {
  return new Map(
    sentencesOf(words).flatMap(([name, sentence]): [string, string][] =>
      typeof sentence === 'string'
        ? [[name, sentence]]
        : Object.entries(sentence).map(([form, text]) => [
            form === 'other' ? name : `${name} ${form}`,
            text,
          ]),
    ),
  );
}
