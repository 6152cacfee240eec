import { expect } from '@open-wc/testing';
import { answers, CONFIG, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { open, startWorker } from '../../test/support/widget/harness.ts';
import { countryOfText, countryOptions, defaultCountry, withCallingCode } from './countries.ts';

describe('the country of a number', () => {
  for (const [text, chosen, country] of [
    ['+49 151', null, 'DE'],
    ['+49', 'FR', 'DE'],
    ['0049151', null, 'DE'],
    ['＋４９ １５１', null, 'DE'],
    ['\u202a+33 6\u202c', null, 'FR'],
    ['+1 416', 'US', 'US'],
    ['+1 416', 'CA', 'CA'],
    ['+1 416', 'DE', 'US'],
    ['+1 416', null, 'US'],
    ['+4', null, null],
    ['0151', 'FR', null],
    ['+999', 'DE', null],
    ['', null, null],
  ] as const)
    it(`of "${text}", with ${chosen ?? 'none'} chosen, is ${country ?? 'not told'}`, () => {
      expect(countryOfText(text, CONFIG, chosen)).to.equal(country);
    });

  it('begins with the page, then the visitor, the only one, the browser, and else with none', () => {
    const nowhere = { ...CONFIG, country: null };
    expect(defaultCountry(CONFIG, 'fr', [])).to.equal('FR');
    expect(defaultCountry(CONFIG, 'XX', [])).to.equal('DE');
    expect(defaultCountry({ ...nowhere, countries: ['AT'] }, '', [])).to.equal('AT');
    expect(defaultCountry(nowhere, '', ['en', '_', 'en-US'])).to.equal('US');
    expect(defaultCountry(nowhere, '', ['pl-PL'])).to.equal(null);
  });

  it('keeps the number when another calling code is chosen for it', () => {
    expect(withCallingCode('+49 151 23', '49', '33')).to.equal('+33 151 23');
    expect(withCallingCode('0049151', '49', '33')).to.equal('+33151');
    expect(withCallingCode('0151 23', '49', '33')).to.equal('0151 23');
  });

  it('is listed by name in the language of the words, the likeliest first', () => {
    const names = countryOptions(CONFIG, 'DE', 'de').map(({ name }) => name);
    expect(names).to.deep.equal([
      'Deutschland',
      'Frankreich',
      'Kanada',
      'Österreich',
      'Vereinigte Staaten',
    ]);
  });
});

describe('the choice of the country', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  it('begins with the visitor’s country, and sends it with a national number', async () => {
    const page = await open();
    await page.configured();
    expect(page.country).to.equal('DE');
    expect(page.countryControl?.ariaLabel).to.equal('Country: Germany, DE +49');
    await page.sendsCode('0151 23456789');
    expect(worker.callsTo('send')[0]?.body).to.deep.include({ country: 'DE' });
  });

  it('begins with the country that the page names', async () => {
    const page = await open('<mitto-otp country="at"></mitto-otp>');
    await page.configured();
    expect(page.country).to.equal('AT');
  });

  it('sends the country that the visitor chose', async () => {
    const page = await open();
    await page.configured();
    await page.chooseCountry('FR');
    await page.sendsCode('06 12 34 56 78');
    expect(worker.callsTo('send')[0]?.body).to.deep.include({ phone: '0612345678', country: 'FR' });
  });

  it('follows a typed or filled calling code, also one that came before the countries', async () => {
    const letGo = worker.hold('config');
    const page = await open();
    page.fill(page.phone, '+33612345678');
    letGo();
    await page.configured();
    expect(page.country).to.equal('FR');
    page.phone.select();
    await page.typePhone('0043');
    await page.until(() => page.country === 'AT', 'the country does not follow');
  });

  it('changes the calling code of the number with the country', async () => {
    const page = await open();
    await page.configured();
    page.fill(page.phone, '+49 151 23456789');
    await page.chooseCountry('AT');
    await page.element.updateComplete;
    expect(page.phone.value).to.equal('+43 151 23456789');
    expect(page.country).to.equal('AT');
  });

  it('is none where there is one country', async () => {
    worker.always('config', answers.config({ countries: ['DE'] }));
    const page = await open();
    await page.configured();
    expect(page.countryControl).to.equal(null);
    expect(page.part('country-popup')).to.equal(null);
    expect(page.part('calling-code')?.textContent).to.equal('+49');
  });

  it('asks for the country rather than guess it', async () => {
    worker.always('config', answers.config({ country: null, countries: ['FR', 'AT'] }));
    const page = await open();
    await page.configured();
    await page.sendsCode('0612345678');
    expect(page.error).to.contain('Choose your country');
    expect(worker.callsTo('send')).to.have.length(0);
    await page.sendsCode('+33612345678');
    expect(page.step).to.equal('code');
  });

  it('does not move what is below when the countries arrive', async () => {
    const letGo = worker.hold('config');
    const page = await open();
    const before = page.button('send').getBoundingClientRect();
    const input = page.phone.getBoundingClientRect();
    letGo();
    await page.configured();
    expect(page.button('send').getBoundingClientRect()).to.deep.equal(before);
    expect(page.phone.getBoundingClientRect()).to.deep.equal(input);
  });
});
