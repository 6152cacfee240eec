import { expect } from '@open-wc/testing';
import metadata from 'libphonenumber-js/max/metadata';
import type { ConfigAnswer } from '../../shared/api/responses.ts';
import { CONFIG } from '../../test/support/widget/fake-worker.ts';
import { countryOfText, countryOptions } from './countries.ts';
import { countryNames } from './country-names.ts';
import { findCountries, searchable } from './country-search.ts';

/** All countries of the world. */
const WORLD: ConfigAnswer = {
  ...CONFIG,
  countries: Object.keys(metadata.countries),
  callingCodes: Object.fromEntries(
    Object.entries(metadata.countries).map(([country, plan]) => [country, plan[0]]),
  ),
};

function found(query: string, lang = 'en', browser: readonly string[] = ['en']): string[] {
  const countries = searchable(countryOptions(WORLD, 'DE', lang), [lang, ...browser]);
  return findCountries(countries, query).map(({ country }) => country);
}

describe('a country is found', () => {
  for (const [by, query, lang, country] of [
    ['its name', 'Germany', 'en', 'DE'],
    ['the beginning of it', 'Germ', 'en', 'DE'],
    ['its name in the page’s language', 'Deutschl', 'de', 'DE'],
    ['its English name on a page of another language', 'germ', 'de', 'DE'],
    ['its code', 'DE', 'en', 'DE'],
    ['its code in small letters', 'de', 'fr', 'DE'],
    ['its calling code', '49', 'en', 'DE'],
    ['its calling code with a plus', '+49', 'en', 'DE'],
    ['its calling code with zeros', '0049', 'en', 'DE'],
    ['a whole number', '+49 151 23456789', 'en', 'DE'],
    ['its name without the accents', 'Osterreich', 'de', 'AT'],
    ['its name without the accents, where they are letters', 'Osterrike', 'sv', 'AT'],
    ['its name without an apostrophe', 'Cote dIvoire', 'en', 'CI'],
    ['letters that are no accented ones', 'Lodz Danmark', 'da', undefined],
    ['a name with other letters for æ and ø', 'Faeroyene', 'nb', 'FO'],
    ['a second word', 'Kingdom', 'en', 'GB'],
    ['the short name', 'UK', 'en', 'GB'],
    ['what people say', 'usa', 'en', 'US'],
    ['what people say of another', 'Holland', 'en', 'NL'],
    ['what it was called', 'Turkey', 'en', 'TR'],
    ['the dots in its name left out', 'St Lucia', 'en', 'LC'],
    ['another script', 'جرمن', 'ur', 'DE'],
    ['Chinese', '德国', 'zh', 'DE'],
  ] as const)
    it(`by ${by}: ${query}`, () => {
      expect(found(query, lang)[0]).to.equal(country);
    });

  it('by its name in a language of the browser', () => {
    expect(found('Deutschl', 'fr', ['de-AT'])[0]).to.equal('DE');
    expect(found('Deutschl', 'fr', ['en'])).to.deep.equal([]);
  });

  it('first by what begins so, and in the middle of a word last', () => {
    const order = found('ira');
    expect(order.slice(0, 2)).to.have.members(['IR', 'IQ']);
    expect(found('in')[0]).to.equal('IN');
    expect(found('us')[0]).to.equal('US');
    expect(found('1').slice(0, 25)).to.have.members(metadata.country_calling_codes['1'] ?? []);
  });

  it('not at all by what is not in it', () => {
    expect(found('zzz')).to.deep.equal([]);
    expect(found('999')).to.deep.equal([]);
    expect(found('<b>')).to.have.length.lessThan(WORLD.countries.length);
  });

  it('among all, in their order, while nothing is asked', () => {
    expect(found('')).to.have.length(WORLD.countries.length);
    expect(found(' + ')).to.have.length(WORLD.countries.length);
    expect(found('')[0]).to.equal('DE');
  });
});

describe('the names of countries', () => {
  it('are those that the browser has, and the code where it has none', () => {
    expect(countryNames('de')('AT')).to.equal('Österreich');
    for (const odd of ['', 'X', 'DEU', '__proto__', 'D1', '1'])
      expect(countryNames('en')(odd)).to.equal(odd);
    expect(countryNames('en')('ZX')).to.equal('ZX');
  });

  it('are the codes where the language is none', () => {
    for (const odd of ['C', '', 'not a tag'])
      expect(countryNames(odd)('DE')).to.be.oneOf(['DE', 'Germany']);
  });
});

describe('the country of a calling code that several share', () => {
  it('is the main country of the calling code until the number is complete', () => {
    const { country_calling_codes } = metadata;
    for (const [code, [main]] of Object.entries(country_calling_codes))
      expect(countryOfText(`+${code}`, WORLD, null), code).to.equal(main);
  });
});
