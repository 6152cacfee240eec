import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import '../../test/support/fixed-seed.ts';
import { formatMessage, type PluralSentence, type Sentence } from './format-message.ts';

const ATTEMPTS = {
  one: 'Została jedna próba.',
  few: 'Zostały {count} próby.',
  many: 'Zostało {count} prób.',
  other: 'Zostało {count} próby.',
};

describe('a sentence', () => {
  it('has its places filled, each as often as it stands there', () => {
    expect(formatMessage('{to}, {length}, {to}', { to: '+49', length: 6 }, 'en')).to.equal(
      '+49, 6, +49',
    );
  });

  it('takes the form that its language has for the number', () => {
    const said = [1, 2, 5, 12, 22].map((count) => formatMessage(ATTEMPTS, { count }, 'pl'));
    expect(said).to.deep.equal([
      'Została jedna próba.',
      'Zostały 2 próby.',
      'Zostało 5 prób.',
      'Zostało 12 prób.',
      'Zostały 22 próby.',
    ]);
  });

  it('takes the common form where it lacks the one it needs', () => {
    expect(formatMessage({ other: '{count} left' }, { count: 1 }, 'en')).to.equal('1 left');
  });

  it('leaves alone what nothing fills', () => {
    expect(formatMessage('{to} {name} {} {', {}, 'en')).to.equal('{to} {name} {} {');
  });

  it('never reads a value as a sentence', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (to, time) => {
        expect(formatMessage('{to}|{time}', { to, time }, 'en')).to.equal(`${to}|${time}`);
      }),
    );
  });

  it('is a text whatever a page put into its table', () => {
    for (const form of [null, 5, {}, undefined]) {
      const sentence = { other: 'x', one: form } as unknown as { other: string };
      expect(formatMessage(sentence, { count: 1 }, 'en')).to.be.a('string');
    }
  });
});

// The compiler is the one to run these.
describe('a sentence of the element’s own', () => {
  it('does not compile without its places and its forms', () => {
    const whole: PluralSentence<'count', 'one' | 'few'> = {
      one: 'One',
      few: '{count} few',
      other: '{count}',
    };
    // @ts-expect-error {to} is not there
    const placeless: Sentence<'length' | 'to'> = 'Enter {length} digits.';
    // @ts-expect-error `few` is not there
    const formless: PluralSentence<'count', 'one' | 'few'> = { one: 'One', other: '{count}' };
    // @ts-expect-error the form of all other numbers has to name them
    const numberless: PluralSentence<'count', 'one'> = { one: 'One', other: 'Many' };
    expect([whole, placeless, formless, numberless]).to.have.length(4);
  });
});
