import { expect } from '@open-wc/testing';
import { answers, CONFIG, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { answerMetadata } from '../../test/support/widget/phone-metadata.ts';
import { en } from '../i18n/locales/en.ts';
import { suggestNumbers } from './number-suggestions.ts';

const CODES = {
  AR: '54',
  BJ: '229',
  BR: '55',
  CA: '1',
  CI: '225',
  CL: '56',
  DE: '49',
  EC: '593',
  ES: '34',
  FR: '33',
  GB: '44',
  IT: '39',
  LB: '961',
  MU: '230',
  MX: '52',
  US: '1',
  VN: '84',
};
const ALL = Object.keys(CODES);

describe('a number that is refused, and is another one but for a slip', () => {
  let worker: FakeWorker;
  let page: Harness;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
    // As the real one says of what the widget does not see itself, because a plan is not there yet.
    worker.always('send', answers.problem('invalid_phone'));
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  async function begin(country: string, countries: readonly string[] = ALL): Promise<void> {
    worker.always(
      'config',
      answers.config({ country, countries: [...countries], callingCodes: CODES }),
    );
    page = await open('<div><mitto-otp></mitto-otp><input id="next"></div>');
    await page.configured();
    page.phone.focus();
    await page.until(() => worker.callsTo('phone-metadata').length === 1, 'nothing is asked');
    // Metadata that has come is seen by the groups that it makes.
    page.fill(page.phone, `+${CODES[country as keyof typeof CODES]}6123456`);
    await page.until(() => page.phone.value.includes(' '), 'no metadata');
    page.fill(page.phone, '');
  }

  const suggestion = () =>
    page
      .part('suggestion')
      ?.textContent?.trim()
      .replace(/[\u2066\u2069]/g, '')
      .replaceAll('\u00a0', ' ');

  async function suggests(text: string): Promise<void> {
    await page.until(
      () => suggestion() === `Did you mean ${text}?`,
      `"${suggestion()}" for ${text}; ${page.error}`,
    );
  }

  for (const [country, typed, meant] of [
    // Without its plus, with a zero too many, with its calling code twice
    ['DE', '4915112345678', '+49 1511 2345678'],
    ['FR', '4915112345678', '+49 1511 2345678'],
    ['DE', '34612345678', '+34 612 34 56 78'],
    ['DE', '049 1511 2345678', '+49 1511 2345678'],
    ['DE', '+0049 1511 2345678', '+49 1511 2345678'],
    ['DE', '+490049 1511 2345678', '+49 1511 2345678'],
    ['DE', '++49 1511 2345678', '+49 1511 2345678'],
    ['DE', '+49 +49 1511 2345678', '+49 1511 2345678'],
    ['DE', '+49 49 1511 2345678', '+49 1511 2345678'],
    ['DE', '0049 0049 1511 2345678', '+49 1511 2345678'],
    // With the zero of a country that has none
    ['IT', '0347 1234567', '+39 347 123 4567'],
    ['DE', '+39 0347 1234567', '+39 347 123 4567'],
    ['ES', '0612 345 678', '+34 612 34 56 78'],
    ['DE', '+961 03 712 345', '+961 3 712 345'],
    // Dialled abroad
    ['US', '011 49 1511 2345678', '+49 1511 2345678'],
    // Out of a spreadsheet
    ['DE', '4915112345678.0', '+49 1511 2345678'],
    ['DE', '4.915112345678E+12', '+49 1511 2345678'],
    // With words
    ['DE', 'Handy 01511 2345678', '+49 1511 2345678'],
    ['DE', '+49 1511 2345678 (mobil)', '+49 1511 2345678'],
    // As it was before the country changed its numbers
    ['AR', '+54 11 2345 6789', '+54 9 11 2345 6789'],
    ['AR', '11 2345 6789', '+54 9 11 2345 6789'],
    ['DE', '+54 11 15 2345 6789', '+54 9 11 2345 6789'],
    ['BR', '+55 11 6123 4567', '+55 11 96123 4567'],
    ['BR', '11 6123-4567', '+55 11 96123 4567'],
    ['CI', '+225 07 12 34 56', '+225 07 07 12 3456'],
    ['CI', '05 12 34 56', '+225 05 05 12 3456'],
    ['BJ', '+229 97 12 34 56', '+229 01 97 12 34 56'],
    ['MU', '+230 712 3456', '+230 5712 3456'],
    ['CL', '+56 8765 4321', '+56 9 8765 4321'],
    ['VN', '+84 120 123 4567', '+84 701 234 567'],
    ['VN', '0169 123 4567', '+84 391 234 567'],
  ] as const)
    it(`is suggested: ${typed} in ${country} is ${meant}`, async () => {
      await begin(country);
      page.fill(page.phone, typed);
      await page.press('Enter');
      await suggests(meant);
    });

  for (const [country, typed, countries] of [
    ['DE', '07400 123456', ['DE', 'GB', 'US']],
    ['DE', '07400 123456', ['DE', 'GB']],
  ] as const)
    it(`is suggested where it is of one country only, of ${countries.join(', ')}`, async () => {
      await begin(country, countries);
      page.fill(page.phone, typed);
      await page.press('Enter');
      await suggests('+44 7400 123456');
    });

  it('is not suggested where it may be of several countries', async () => {
    await begin('DE', ['DE', 'ES', 'FR', 'IT']);
    // A mobile number in Spain and in France.
    page.fill(page.phone, '612345678');
    await page.press('Enter');
    await page.until(() => worker.callsTo('phone-metadata').length === 4, 'not asked');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(suggestion()).to.equal(undefined);
  });

  it('is not looked for in all countries of the world', async () => {
    await begin('DE');
    page.fill(page.phone, '07400 123456');
    await page.press('Enter');
    await page.until(() => page.error !== '', 'not refused');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(worker.callsTo('phone-metadata').length).to.be.at.most(5);
  });

  for (const typed of [
    ...['', '0', '+', 'hello', '+49', '0151 2345', '030 1234567', '+49 151 ••• 6789'],
    ...[
      '+49 1511 2345678 ext 5',
      '01511 2345678, 0160 1234567',
      '1-800-FLOWERS',
      '+7 912 345 67 89',
    ],
    ...['4.91511E+12', '+4915112345678;ext=5', '🇪🇸 0151', '+54 11 234'],
  ])
    it(`is not made of what says nothing more: ${typed}`, async () => {
      await begin('DE', ['DE', 'US', 'AR']);
      page.fill(page.phone, typed);
      await page.press('Enter');
      await page.until(() => page.error !== '', 'not refused');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(suggestion()).to.equal(undefined);
    });

  it('is written into the field by a press, is not sent by it, and can be sent then', async () => {
    await begin('DE');
    page.fill(page.phone, '34612345678');
    await page.press('Enter');
    await suggests('+34 612 34 56 78');
    page.button('suggestion').click();
    await page.until(() => page.part('suggestion') === null, 'it stays');
    expect(page.phone.value).to.equal('+34 612 34 56 78');
    expect(page.focused).to.equal(page.phone);
    expect(page.error).to.equal('');
    expect(page.country).to.equal('ES');
    expect(worker.callsTo('send')).to.have.length(0);
    worker.always('send', answers.send());
    await page.press('Enter');
    await page.reaches('code');
    expect(worker.callsTo('send')[0]?.body).to.deep.include({ phone: '+34612345678' });
    expect(worker.callsTo('send')[0]?.body).not.to.have.property('country');
  });

  it('can be taken back by undo', async () => {
    await begin('DE');
    document.execCommand('insertText', false, '4915112345678');
    await page.press('Enter');
    await suggests('+49 1511 2345678');
    page.button('suggestion').click();
    await page.until(() => page.phone.value === '+49 1511 2345678', 'not written');
    document.execCommand('undo');
    await page.until(() => page.phone.value.replaceAll(' ', '') === '4915112345678', 'no undo');
  });

  it('is said to a screen reader after what is wrong, once', async () => {
    await begin('DE');
    page.fill(page.phone, '4915112345678');
    document.getElementById('next')?.focus();
    await suggests('+49 1511 2345678');
    const said = page.announced.replace(/[\u2066\u2069]/g, '').replaceAll('\u00a0', ' ');
    expect(said).to.equal(`${en.phoneNotMobile} Did you mean +49 1511 2345678?`);
    // Nobody is pulled back.
    expect(document.activeElement?.id).to.equal('next');
    page.element.requestUpdate();
    await page.element.updateComplete;
    expect(page.announced.split('Did you mean')).to.have.length(2);
  });

  it('goes with the next key', async () => {
    await begin('DE');
    page.fill(page.phone, '4915112345678');
    await page.press('Enter');
    await suggests('+49 1511 2345678');
    await page.press('9');
    await page.until(() => page.part('suggestion') === null, 'it stays');
    expect(page.announced).to.equal('');
  });

  it('comes also where the visitor’s country is not known', async () => {
    worker.always(
      'config',
      answers.config({ country: null, countries: ['DE', 'FR'], callingCodes: CODES }),
    );
    page = await open();
    await page.configured();
    page.fill(page.phone, '4915112345678');
    await page.element.send();
    expect(page.error).to.equal(en.countryMissing);
    await suggests('+49 1511 2345678');
  });

  it('is a button with a target of its own, in a right-to-left page, too', async () => {
    worker.always('config', answers.config({ country: 'DE' }));
    page = await open('<mitto-otp lang="ar"></mitto-otp>');
    await page.configured();
    page.phone.focus();
    await page.until(() => worker.callsTo('phone-metadata').length === 1, 'nothing is asked');
    page.fill(page.phone, '4915112345678');
    await page.element.send();
    await page.until(() => page.part('suggestion') !== null, 'no suggestion');
    const button = page.button('suggestion');
    expect(button.textContent).to.contain('\u2066+49\u00a01511\u00a02345678\u2069');
    expect(button.getBoundingClientRect().height).to.be.at.least(24);
  });
});

describe('the guesses at a number', () => {
  it('are made at once, however long the text', () => {
    for (const piece of ['1', '1 ', 'a ', '(1)', '+', '٣', '1.', '0', ' a'])
      suggestNumbers(piece.repeat(50_000), 'DE', CONFIG, ['en-GB']);
  });

  it('are of countries that are served, and few', () => {
    for (const text of ['4915112345678', '07400 123456', '+54 11 2345 6789', '0114915112345678']) {
      const guesses = suggestNumbers(text, 'DE', CONFIG, ['en-GB', 'fr', 'xx']).flat();
      expect(guesses.length).to.be.at.most(8);
      for (const { country } of guesses) expect(CONFIG.countries).to.include(country);
    }
  });
});
