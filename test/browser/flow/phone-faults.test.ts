import { expect } from '@open-wc/testing';
import { en } from '../../../widget/i18n/locales/en.ts';
import { answers, CONFIG, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

const PAGE = `<div>
  <mitto-otp></mitto-otp>
  <input id="next">
  <p tabindex="-1">Elsewhere</p>
</div>`;

/** For what the element does in tasks of its own. */
async function aWhile(): Promise<void> {
  for (let task = 0; task < 3; task += 1) await new Promise((resolve) => setTimeout(resolve));
}

describe('a number that would be refused', () => {
  let worker: FakeWorker;
  let page: Harness;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
    worker.always(
      'config',
      answers.config({
        countries: ['AT', 'DE', 'FR', 'GB', 'US'],
        callingCodes: { ...CONFIG.callingCodes, GB: '44' },
      }),
    );
  });
  afterEach(() => expect(worker.faults).to.deep.equal([]));

  async function type(text: string): Promise<void> {
    page = await open(PAGE);
    await page.configured();
    page.phone.focus();
    // Metadata that has come is seen by the groups that it makes.
    const code = /^\+\d\d/.exec(text)?.[0];
    page.fill(page.phone, code ? `${code}612345` : '01512345');
    await page.until(() => page.phone.value.includes(' '), 'no metadata');
    page.fill(page.phone, text);
    await aWhile();
  }

  const next = () => document.getElementById('next') as HTMLInputElement;

  it('because its calling code is of no country that is served, is told, and not sent', async () => {
    page = await open(PAGE);
    await page.configured();
    page.phone.focus();
    page.fill(page.phone, '+7 912 345 67 89');
    next().focus();
    await page.until(() => page.error !== '', 'nothing is said');
    expect(page.error).to.equal(en.errors.destination_not_allowed);
    await page.element.send();
    expect(worker.callsTo('send')).to.deep.equal([]);
  });

  for (const [what, text, sentence] of [
    ['too short', '0151 2345', en.phoneTooShort],
    ['too short, with its calling code', '+49 151 2345', en.phoneTooShort],
    ['too long', '0151 2345678901', en.phoneTooLong],
    ['a landline', '030 1234567', en.phoneNotMobile],
    ['a premium number', '0900 1234567', en.phoneNotMobile],
    ['of no range', '+33 7 00 00 00 00', en.errors.invalid_phone],
    ['not even a number', 'call me', en.errors.invalid_phone],
    [
      'of a country beside one that is served',
      '+44 7781 123456',
      en.errors.destination_not_allowed,
    ],
  ] as const) {
    it(`because it is ${what}, is told when the visitor has gone on`, async () => {
      await type(text);
      expect(page.error).to.equal('');
      next().focus();
      await page.until(() => page.error !== '', 'nothing is said');
      expect(page.error).to.equal(sentence);
      expect(page.announced).to.equal(sentence);
      expect(page.phone.getAttribute('aria-invalid')).to.equal('true');
      // Said, and no more: nobody is pulled back, and for the page nothing has failed.
      expect(document.activeElement).to.equal(next());
      expect(page.events).to.deep.equal([]);
      expect(page.element.matches(':state(invalid)')).to.equal(true);
    });

    it(`because it is ${what}, is told at a send, and the Worker is not asked`, async () => {
      await type(text);
      await page.press('Enter');
      await page.until(() => page.error !== '', 'nothing is said');
      expect(page.error).to.equal(sentence);
      expect(page.focused).to.equal(page.phone);
      expect(page.events.map(({ type }) => type)).to.deep.equal(['mitto-error']);
      expect(worker.callsTo('send')).to.have.length(0);
    });
  }

  it('is not told of while it is typed, nor is one that would be taken', async () => {
    await type('0151 2345');
    for (const key of '6789') {
      await page.press(key);
      await aWhile();
      expect(page.error).to.equal('');
    }
    next().focus();
    await aWhile();
    expect(page.error).to.equal('');
    page.phone.focus();
    await page.press('Enter');
    await page.reaches('code');
  });

  it('is forgiven with the next key, and with another country', async () => {
    await type('0151 2345');
    next().focus();
    await page.until(() => page.error !== '', 'nothing is said');
    page.phone.focus();
    await page.press('6');
    await page.until(() => page.error === '', 'it stays');
    next().focus();
    await page.until(() => page.error !== '', 'nothing is said again');
    await page.chooseCountry('AT');
    await page.until(() => page.error === '', 'it stays with another country');
  });

  it('is not told of where nothing was typed', async () => {
    await type('0151');
    page.fill(page.phone, '');
    next().focus();
    await aWhile();
    expect(page.error).to.equal('');
  });

  it('is not told of on the way to the button, the country or the challenge', async () => {
    await type('0151 2345');
    page.button('send').focus();
    await aWhile();
    expect(page.error).to.equal('');
    page.countryControl?.focus();
    await aWhile();
    expect(page.error).to.equal('');
    next().focus();
    await page.until(() => page.error !== '', 'nothing is said');
  });

  it('is not told of before the press that took the visitor away is over, so nothing moves under it', async () => {
    await type('0151 2345');
    const press = (type: string) =>
      next().dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
    press('pointerdown');
    next().focus();
    await aWhile();
    expect(page.error).to.equal('');
    press('pointerup');
    await page.until(() => page.error !== '', 'nothing is said');
  });

  it('is not told of when the visitor only looks at another window', async () => {
    await type('0151 2345');
    // The focus stays where it is in the document; the event comes all the same.
    page.phone.dispatchEvent(new FocusEvent('focusout', { bubbles: true, composed: true }));
    await aWhile();
    expect(page.error).to.equal('');
  });

  it('does not take the place of what the Worker has said', async () => {
    await type('0151 23456789');
    worker.next('send', answers.problem('blocked_by_provider'));
    await page.press('Enter');
    await page.until(() => page.error !== '', 'no error');
    next().focus();
    await aWhile();
    expect(page.error).to.equal(`${en.errors.blocked_by_provider} ${en.otherWay}`);
  });
});

describe('the country of a number whose calling code several share', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
  });

  it('is told by the number, once it is whole', async () => {
    const page = await open();
    await page.configured();
    await page.typePhone('+1416');
    await page.until(() => page.country === 'US', 'no United States');
    await page.typePhone('5550123');
    await page.until(() => page.country === 'CA', 'no Canada');
    await page.until(() => page.phone.value === '+1 416 555 0123', 'not grouped');
  });

  it('stays what the visitor chose while the number does not tell', async () => {
    const page = await open('<mitto-otp country="CA"></mitto-otp>');
    await page.configured();
    await page.typePhone('+1202');
    await page.until(() => worker.callsTo('phone-metadata').length === 1, 'nothing is asked');
    expect(page.country).to.equal('CA');
    await page.typePhone('5550123');
    await page.until(() => page.country === 'US', 'no United States');
    // Both share their metadata, but the widget need not know that.
    expect(worker.callsTo('phone-metadata').length).to.be.at.most(2);
  });
});

describe('a wrong number', () => {
  let worker: FakeWorker;
  beforeEach(() => {
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
  });

  it('is still there to be corrected, with the focus at it, and the right one may go at once', async () => {
    worker.next('send', answers.send({ resendIn: 300 }));
    const page = await open();
    await page.configured();
    await page.typePhone('015123456780');
    await page.press('Enter');
    await page.reaches('code');
    page.button('change-number').focus();
    await page.press('Enter');
    await page.reaches('phone');
    expect(page.phone.value).to.equal('01512 3456780');
    expect(page.focused).to.equal(page.phone);
    expect(page.country).to.equal('DE');
    expect(page.isBlocked('send')).to.equal(false);

    page.phone.setSelectionRange(page.phone.value.length, page.phone.value.length);
    await page.press('Backspace');
    await page.press('9');
    await page.press('Enter');
    await page.reaches('code');
    expect(worker.callsTo('send').map(({ body }) => body['phone'])).to.deep.equal([
      '015123456780',
      '015123456789',
    ]);
    // Another number is another gesture.
    const [first, second] = worker.callsTo('send');
    expect(first?.key).not.to.equal(second?.key);
  });

  it('that has to wait keeps no other number waiting', async () => {
    worker.next('send', answers.problem('rate_limited', { retryAfter: 300 }));
    const page = await open();
    await page.configured();
    await page.typePhone('015123456780');
    await page.press('Enter');
    await page.until(() => page.isBlocked('send'), 'no wait');
    await page.press('Backspace');
    await page.press('9');
    await page.until(() => !page.isBlocked('send'), 'the other one waits, too');
    await page.press('Enter');
    await page.reaches('code');
  });
});
