import { expect } from '@open-wc/testing';
import { StrictPage } from '../../test/security/widget/csp-page.ts';
import { answers, CONFIG, type FakeWorker } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import { pointBy } from '../../test/support/widget/pointer.ts';

const MANY = {
  countries: 'AT AU BE CH DE DK ES FI FR GB IE IT NL NO PL PT SE US'.split(' '),
  callingCodes: { AT: '43', AU: '61', DE: '49', FR: '33', GB: '44', US: '1' },
} as const;

describe('the list of countries', () => {
  let worker: FakeWorker;
  let page: Harness;
  beforeEach(() => {
    worker = startWorker();
  });
  afterEach(() => {
    document.documentElement.removeAttribute('dir');
    expect(worker.faults).to.deep.equal([]);
  });

  async function opened(markup?: string): Promise<Harness> {
    page = await open(markup);
    await page.countryList.open();
    return page;
  }

  async function withMany(markup?: string): Promise<Harness> {
    worker.always('config', answers.config({ ...MANY, countries: [...MANY.countries] }));
    return opened(markup);
  }

  /** Where the focus is, inside the element. */
  const focused = () => page.element.shadowRoot?.activeElement;

  describe('by its roles and names', () => {
    it('is a dialog that a button opens, and that says whether it is open', async () => {
      page = await open();
      await page.configured();
      const button = page.countryControl;
      expect(button?.getAttribute('aria-haspopup')).to.equal('dialog');
      expect(button?.getAttribute('aria-expanded')).to.equal('false');
      expect(button?.ariaLabel).to.equal('Country: Germany, DE +49');
      await page.countryList.open();
      await page.element.updateComplete;
      expect(button?.getAttribute('aria-expanded')).to.equal('true');
      expect(page.countryList.popup.role).to.equal('dialog');
      expect(page.countryList.popup.ariaLabel).to.equal('Choose a country');
    });

    it('names its button by what there is to do while no country is chosen', async () => {
      worker.always('config', answers.config({ country: null, countries: ['FR', 'AT'] }));
      page = await open();
      await page.configured();
      expect(page.countryControl?.ariaLabel).to.equal('Choose a country');
      expect(page.part('country-icon')).not.to.equal(null);
    });

    it('is a combobox over a listbox, with the country of now as the one that is selected', async () => {
      await opened();
      const { input, popup, rows } = page.countryList;
      const list = popup.querySelector('[role=listbox]');
      expect(input.role).to.equal('combobox');
      expect(input.ariaAutoComplete).to.equal('list');
      expect(input.getAttribute('aria-controls')).to.equal(list?.id);
      expect(input.ariaExpanded).to.equal('true');
      expect(input.ariaLabel).to.equal('Search country or code');
      expect(list?.ariaLabel).to.equal('Country');
      const selected = rows.filter((row) => row.ariaSelected === 'true');
      expect(selected.map((row) => row.dataset['country'])).to.deep.equal(['DE']);
      expect(page.countryList.active).to.equal('DE');
      expect(rows[0]?.textContent?.replace(/\s+/g, ' ').trim()).to.equal('Germany +49');
    });

    it('holds the served countries and no other, the visitor’s first', async () => {
      await opened();
      expect(page.countryList.countries).to.deep.equal(['DE', 'AT', 'CA', 'FR', 'US']);
    });

    it('speaks the page’s language', async () => {
      await opened('<mitto-otp lang="de"></mitto-otp>');
      await page.until(() => page.part('base')?.lang === 'de', 'no German');
      if (!page.countryList.isOpen) await page.countryList.open();
      expect(page.countryList.popup.textContent).to.contain('Österreich');
      expect(page.countryList.popup.lang).to.equal('de');
    });
  });

  describe('axe finds nothing in it', () => {
    afterEach(() => {
      document.documentElement.style.colorScheme = '';
      document.body.style.background = '';
    });

    for (const colorScheme of ['light', 'dark'] as const)
      for (const [name, query] of [
        ['closed', null],
        ['open', ''],
        ['asked', 'fr'],
        ['asked in vain', 'zzz'],
      ] as const)
        it(`${name}, ${colorScheme}`, async () => {
          document.documentElement.style.colorScheme = colorScheme;
          document.body.style.background = 'Canvas';
          await opened();
          if (query === null) await page.press('Escape');
          else page.fill(page.countryList.input, query);
          await page.element.updateComplete;
          await expect(page.element).to.be.accessible();
        });
  });

  describe('by the keyboard', () => {
    for (const key of ['Enter', ' ', 'ArrowDown', 'ArrowUp'])
      it(`opens with ${key === ' ' ? 'Space' : key}, and gives the focus to its input`, async () => {
        page = await open();
        await page.configured();
        page.countryControl?.focus();
        await page.press(key);
        await page.countryList.opens();
        expect(focused()).to.equal(page.countryList.input);
        expect(page.countryList.input.value).to.equal('');
      });

    it('opens with a letter, and searches for it and for those that come before it is there', async () => {
      page = await open();
      await page.configured();
      page.countryControl?.focus();
      for (const key of 'fra') await page.press(key);
      await page.countryList.opens();
      await page.until(() => page.countryList.input.value === 'fra', 'letters are lost');
      expect(page.countryList.countries).to.deep.equal(['FR']);
    });

    it('goes through the rows, around the ends, by pages, to the first and the last', async () => {
      await withMany();
      const { countries } = page.countryList;
      const at = (index: number) => countries.at(index);
      for (const [key, index] of [
        ['ArrowDown', 1],
        ['ArrowDown', 2],
        ['ArrowUp', 1],
        ['End', -1],
        ['ArrowDown', 0],
        ['ArrowUp', -1],
        ['Home', 0],
        ['PageDown', 8],
        ['PageDown', 16],
        ['PageDown', -1],
        ['PageUp', 9],
        ['PageUp', 1],
        ['PageUp', 0],
      ] as const) {
        await page.press(key);
        expect(page.countryList.active, key).to.equal(at(index));
        expect(focused()).to.equal(page.countryList.input);
        const row = page.countryList.rows.find((each) => each.classList.contains('active'));
        const frame = page.countryList.popup.getBoundingClientRect();
        const box = row?.getBoundingClientRect();
        expect(box?.bottom).to.be.at.most(frame.bottom);
        expect(box?.top).to.be.at.least(page.countryList.input.getBoundingClientRect().bottom - 1);
      }
    });

    it('chooses by Enter, closes, and gives the focus back to the button', async () => {
      await opened();
      await page.press('ArrowDown');
      await page.press('Enter');
      await page.element.updateComplete;
      expect(page.countryList.isOpen).to.equal(false);
      expect(page.country).to.equal('AT');
      expect(focused()).to.equal(page.countryControl);
      expect(page.countryControl?.ariaLabel).to.equal('Country: Austria, AT +43');
      await page.sendsCode('0664 1234567');
      expect(worker.callsTo('send')[0]?.body).to.deep.include({ country: 'AT' });
    });

    it('finds while one types, tells the first find as the one that Enter takes', async () => {
      await opened();
      for (const [text, countries] of [
        ['fr', ['FR']],
        ['', ['DE', 'AT', 'CA', 'FR', 'US']],
        ['+1', ['CA', 'US']],
        ['aUSTr', ['AT']],
      ] as const) {
        page.fill(page.countryList.input, text);
        expect(page.countryList.countries, text).to.deep.equal(countries);
        expect(page.countryList.active).to.equal(countries[0]);
      }
      await page.press('Enter');
      await page.element.updateComplete;
      expect(page.country).to.equal('AT');
    });

    it('says that there is none, and Enter then does nothing', async () => {
      await opened('<form><mitto-otp></mitto-otp></form>');
      let submits = 0;
      page.element.form?.addEventListener('submit', () => {
        submits += 1;
      });
      page.fill(page.countryList.input, 'zzz');
      const { input, popup } = page.countryList;
      expect(popup.querySelector('[role=status]')?.textContent).to.equal('No country found.');
      expect(input.ariaExpanded).to.equal('false');
      expect(input.hasAttribute('aria-activedescendant')).to.equal(false);
      for (const key of ['ArrowDown', 'End', 'Enter']) await page.press(key);
      expect(page.countryList.isOpen).to.equal(true);
      expect([submits, page.country]).to.deep.equal([0, 'DE']);
    });

    it('closes by Escape without choosing, and tells nobody around of the key', async () => {
      await opened('<div><mitto-otp></mitto-otp></div>');
      const heard: string[] = [];
      const listen = ({ key }: KeyboardEvent) => heard.push(key);
      document.addEventListener('keydown', listen);
      await page.press('ArrowDown');
      await page.press('Escape');
      document.removeEventListener('keydown', listen);
      expect(page.countryList.isOpen).to.equal(false);
      expect(page.country).to.equal('DE');
      expect(focused()).to.equal(page.countryControl);
      expect(heard).to.deep.equal([]);
    });

    it('closes by Tab, which goes on to the number', async () => {
      await opened();
      await page.press('Tab');
      await page.until(() => !page.countryList.isOpen, 'it stays open');
      expect(page.focused).to.equal(page.phone);
      expect(page.country).to.equal('DE');
    });

    it('leaves the keys of an input method to it', async () => {
      await opened();
      const key = (init: KeyboardEventInit) =>
        page.countryList.input.dispatchEvent(new KeyboardEvent('keydown', init));
      key({ key: 'Enter', isComposing: true });
      key({ key: 'Escape', isComposing: true });
      expect(page.countryList.isOpen).to.equal(true);
    });
  });

  describe('by the mouse', () => {
    it('opens and closes by its button', async () => {
      await opened();
      page.countryControl?.click();
      await page.element.updateComplete;
      expect(page.countryList.isOpen).to.equal(false);
      expect(page.countryControl?.getAttribute('aria-expanded')).to.equal('false');
      await page.countryList.open();
    });

    it('chooses a row, and keeps the focus in its input until then', async () => {
      await opened();
      const row = page.countryList.rows[3];
      const press = new PointerEvent('pointerdown', {
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      row?.dispatchEvent(press);
      expect(press.defaultPrevented).to.equal(true);
      expect(page.countryList.isOpen).to.equal(true);
      row?.click();
      await page.element.updateComplete;
      expect(page.country).to.equal('FR');
      expect(focused()).to.equal(page.countryControl);
    });

    it('closes when one presses elsewhere, and leaves the focus to where that leads', async () => {
      await opened('<div><p>Elsewhere</p><mitto-otp></mitto-otp></div>');
      document
        .querySelector('p')
        ?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
      expect(page.countryList.isOpen).to.equal(false);
      expect(focused()).not.to.equal(page.countryControl);
    });
  });

  it('tells the page of no edit but the choice', async () => {
    await opened('<div><mitto-otp></mitto-otp></div>');
    const heard: string[] = [];
    for (const type of ['input', 'change'])
      page.element.parentElement?.addEventListener(type, () => heard.push(type));
    page.fill(page.countryList.input, 'fr');
    page.countryList.input.dispatchEvent(new Event('change', { bubbles: true }));
    expect(heard).to.deep.equal([]);
  });

  it('closes when the element goes or is disabled', async () => {
    await opened();
    page.element.disabled = true;
    await page.until(() => !page.countryList.isOpen, 'stays open, disabled');
    page.element.disabled = false;
    await page.until(() => page.countryControl?.disabled === false, 'stays disabled');
    await page.countryList.open();
    const { popup } = page.countryList;
    page.element.remove();
    expect(popup.matches(':popover-open')).to.equal(false);
    document.dispatchEvent(new PointerEvent('pointerdown'));
  });

  it('is not asked for twice by an impatient visitor', async () => {
    page = await open();
    await page.configured();
    for (let press = 0; press < 2; press += 1)
      page.countryControl?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }),
      );
    await page.countryList.opens();
    expect(page.element.shadowRoot?.querySelectorAll('[role=listbox]')).to.have.length(1);
  });

  describe('lies in sight', () => {
    afterEach(() => StrictPage.closeAll());

    for (const dir of ['ltr', 'rtl'] as const)
      for (const [width, height] of [
        [320, 568],
        [320, 256],
        [1000, 700],
      ] as const)
        it(`all of it, in a window of ${width} × ${height}, ${dir}`, async () => {
          const strict = await StrictPage.open('source');
          const { frameElement } = strict.window;
          frameElement?.setAttribute('width', `${width}`);
          frameElement?.setAttribute('height', `${height}`);
          const { documentElement } = strict.document;
          documentElement.dir = dir;
          strict.click('country');
          await strict.until(() => strict.part('country-search') !== null, 'it does not open');
          const box = strict.part('country-popup')?.getBoundingClientRect();
          expect(box?.left).to.be.at.least(0);
          expect(box?.right).to.be.at.most(documentElement.clientWidth);
          expect(box?.top).to.be.at.least(0);
          expect(box?.bottom).to.be.at.most(documentElement.clientHeight + 0.5);
          expect(box?.height).to.be.above(150);
          expect(documentElement.scrollWidth).to.be.at.most(documentElement.clientWidth);
          const list = strict.part('country-list');
          expect(list?.scrollWidth).to.be.at.most(list?.clientWidth ?? 0);
          // Placed by script, and not refused by the strictest policy.
          expect(strict.violations).to.deep.equal([]);
        });

    it('above the number its input stays where it is, however few are found', async () => {
      await withMany(
        '<div style="padding-block-start: 70vh; block-size: 90vh"><mitto-otp></mitto-otp></div>',
      );
      const { input, popup } = page.countryList;
      const { top } = input.getBoundingClientRect();
      const anchor = page.part('phone-field')?.getBoundingClientRect();
      expect(popup.getBoundingClientRect().bottom).to.be.at.most(anchor?.top ?? 0);
      for (const query of ['fr', 'zzz', '']) {
        page.fill(input, query);
        expect(input.getBoundingClientRect().top).to.equal(top);
      }
    });

    it('although what is around the element is cut off and moved', async () => {
      await withMany(
        '<div style="overflow: hidden; block-size: 9rem; transform: translateX(40px)"><mitto-otp></mitto-otp></div>',
      );
      const popup = page.countryList.popup.getBoundingClientRect();
      const anchor = page.part('phone-field')?.getBoundingClientRect();
      expect(popup.left).to.be.closeTo(anchor?.left ?? 0, 1);
      expect(popup.height).to.be.above(150);
      const row = page.countryList.rows[3]?.getBoundingClientRect();
      const hit = page.element.shadowRoot?.elementFromPoint((row?.x ?? 0) + 5, (row?.y ?? 0) + 5);
      expect(hit?.closest('[role=option]')).to.equal(page.countryList.rows[3]);
    });
  });

  it('has nothing in it that is not a part, and no style attribute of its own', async () => {
    await withMany();
    const bare = [...page.countryList.popup.querySelectorAll('*')].filter(
      (node) => !node.matches('[part], :is(svg) *') && node.getBoundingClientRect().height > 0,
    );
    expect(bare.map((node) => node.outerHTML)).to.deep.equal([]);
    expect(page.countryList.popup.querySelectorAll('[style]')).to.have.length(0);
  });
});

describe('for a thumb', () => {
  let worker: FakeWorker;
  let restore: () => void;
  beforeEach(() => {
    worker = startWorker();
    restore = pointBy('coarse');
  });
  afterEach(() => restore());

  it('the country is chosen by the native select, which has the visitor’s first', async () => {
    const page = await open();
    await page.configured();
    const select = page.countrySelect;
    expect(select?.ariaLabel).to.equal('Country');
    expect(select?.value).to.equal('DE');
    expect([...(select?.options ?? [])].map((option) => option.text.trim())).to.deep.equal([
      'Germany (+49)',
      'Austria (+43)',
      'Canada (+1)',
      'France (+33)',
      'United States (+1)',
    ]);
    await page.chooseCountry('FR');
    await page.sendsCode('06 12 34 56 78');
    expect(worker.callsTo('send')[0]?.body).to.deep.include({ country: 'FR' });
  });

  it('axe finds nothing in it', async () => {
    const page = await open();
    await page.configured();
    await expect(page.element).to.be.accessible();
  });

  it('there is nothing to choose where one country is served', async () => {
    worker.always('config', answers.config({ ...CONFIG, countries: ['DE'] }));
    const page = await open();
    await page.configured();
    expect(page.countryControl).to.equal(null);
  });
});
