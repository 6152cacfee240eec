/**
 * Whatever is done to the field: the number that is sent is the one that is shown, in the country that is shown, and
 * that country depends on nothing but the text and the visitor's own choice.
 */
import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../support/fixed-seed.ts';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';
import { pointBy } from '../../support/widget/pointer.ts';

/** With calling codes that are shared, of one digit and of three, and one that is the beginning of another number. */
const CODES: Readonly<Record<string, string>> = {
  CA: '1',
  DE: '49',
  ES: '34',
  FR: '33',
  GB: '44',
  GG: '44',
  IT: '39',
  PT: '351',
  US: '1',
  VA: '39',
};
const COUNTRIES = Object.keys(CODES);
const DEFAULT = 'FR';
/** Of each calling code that is shared, where most of its numbers are. */
const MAIN = ['US', 'GB', 'IT'];

const NUMBERS = [
  ...[
    '+34612345678',
    '+34 612 34 56 78',
    '0034612345678',
    '612345678',
    '0612345678',
    '+33612345678',
  ],
  ...[
    '+4915123456789',
    '0151 23456789',
    '(+49) 151 23456789',
    '＋４９ １５１ ２３４５６７８９',
    '49 15123456789',
  ],
  ...[
    '+1 (416) 555-0123',
    '+1 202 555 0123',
    '(202) 555-0123',
    '+44 7781 123456',
    '+447400123456',
    '07400 123456',
  ],
  ...[
    '+39 347 1234567',
    '347 1234567',
    '+351 912 345 678',
    '912345678',
    '+7 912 345 67 89',
    '+4',
    '+',
    '00',
    '',
  ],
  ...['+34\u200b612345678', '\u20660612345678\u2069', '+34\t612\t345678'],
];

type Step =
  | { do: 'type' | 'paste' | 'fill' | 'change' | 'script' | 'over'; text: string }
  | { do: 'pick'; country: string }
  | { do: 'move' | 'cut'; from: number; to: number }
  | { do: 'delete' | 'forwardDelete'; times: number }
  | { do: 'clear' | 'undo' | 'redo' | 'blur' | 'reset' | 'send' };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const text = fc.constantFrom(...NUMBERS);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      text: fc.stringMatching(/^[+\d ()-]{1,3}$/),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('over' as const, 'paste' as const, 'fill' as const),
      text,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('change' as const, 'script' as const), text }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pick' as const),
      country: fc.constantFrom(...COUNTRIES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('move' as const, 'cut' as const),
      from: share,
      to: share,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('delete' as const, 'forwardDelete' as const),
      times: fc.integer({ min: 1, max: 14 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['clear', 'clear', 'undo', 'undo', 'redo', 'blur', 'reset', 'send', 'send'] as const),
      ),
    }),
  },
);

/** For what the element does in tasks of its own. */
async function aWhile(): Promise<void> {
  for (let task = 0; task < 2; task += 1) await new Promise((resolve) => setTimeout(resolve));
}

/**
 * `+` and digits, or digits alone: what anybody would read, also where brackets or signs are amiss. It is said here
 * anew, so that nothing of the product decides what is compared.
 */
function plain(text: string): string {
  const ascii = text
    .replace(/[０-９＋]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[^\d+()-]/g, '');
  const isAbroad = /^\D*(?:\+|00)/.test(ascii);
  // `+33 (0)6 …`: the 0 is dialled at home only.
  const digits = (isAbroad ? ascii.replace('(0)', '') : ascii).replace(/\D/g, '');
  if (/^\D*\+/.test(ascii)) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function e164(phone: string, country: string | undefined): string {
  const options = { extract: false, ...(country && { defaultCountry: country as CountryCode }) };
  return parsePhoneNumberFromString(phone, options, metadata)?.number ?? `${phone} ${country}`;
}

/** The country that has to be shown beside a text. */
function countryOf(text: string, picked: string | null): string {
  const own = picked ?? DEFAULT;
  const number = plain(text);
  if (!number.startsWith('+')) return own;
  const owners = COUNTRIES.filter((each) => number.startsWith(`+${CODES[each]}`));
  if (owners.length === 0) return own;
  const exact = parsePhoneNumberFromString(number, { extract: false }, metadata);
  if (exact?.isValid() && exact.country && owners.includes(exact.country)) return exact.country;
  return (
    (owners.includes(own) ? own : owners.find((each) => MAIN.includes(each))) ?? owners[0] ?? own
  );
}

describe('the field of the number', () => {
  let worker: FakeWorker;
  let page: Harness;
  let pointAsBefore: () => void;
  let picked: string | null;
  beforeEach(() => {
    pointAsBefore = pointBy('coarse');
    worker = startWorker();
    worker.always('phone-metadata', answerMetadata);
    worker.always(
      'config',
      answers.config({ country: DEFAULT, countries: COUNTRIES, callingCodes: CODES }),
    );
    picked = null;
  });
  afterEach(() => {
    pointAsBefore();
    expect(worker.faults).to.deep.equal([]);
  });

  async function take(step: Step): Promise<void> {
    const { phone } = page;
    switch (step.do) {
      case 'over':
        phone.select();
        page.paste(phone, step.text);
        break;
      case 'paste':
        page.paste(phone, step.text);
        break;
      case 'type':
        phone.focus();
        for (const key of step.text) document.execCommand('insertText', false, key);
        break;
      case 'fill':
        page.fill(phone, step.text);
        break;
      case 'change':
        phone.value = step.text;
        phone.dispatchEvent(new Event('change', { bubbles: true }));
        break;
      case 'script':
        phone.value = step.text;
        break;
      case 'pick':
        await pick(step.country);
        break;
      case 'move':
      case 'cut': {
        phone.focus();
        const ends = [step.from, step.to].map((end) => Math.round(end * phone.value.length));
        phone.setSelectionRange(Math.min(...ends), Math.max(...ends));
        if (step.do === 'cut') document.execCommand('delete');
        break;
      }
      case 'delete':
      case 'forwardDelete':
        phone.focus();
        for (let time = 0; time < step.times; time += 1) document.execCommand(step.do);
        break;
      case 'clear':
        phone.select();
        document.execCommand('delete');
        break;
      case 'undo':
      case 'redo':
        phone.focus();
        document.execCommand(step.do);
        break;
      case 'blur':
        phone.blur();
        break;
      case 'reset':
        page.element.reset();
        picked = null;
        break;
      case 'send':
        await send();
        break;
      default:
        return step satisfies never;
    }
    await aWhile();
  }

  async function pick(country: string): Promise<void> {
    await looks();
    const before = plain(page.phone.value);
    const from = before.startsWith('+') ? CODES[countryOf(before, picked)] : undefined;
    picked = country;
    await page.chooseCountry(country);
    const isNamed = from !== undefined && before.startsWith(`+${from}`);
    const after = isNamed ? `+${CODES[country]}${before.slice(1 + from.length)}` : before;
    expect(plain(page.phone.value)).to.equal(after);
  }

  /** What the visitor sees before a press. */
  async function looks(): Promise<void> {
    page
      .button('send')
      .dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await page.element.updateComplete;
    const wanted = countryOf(page.phone.value, picked);
    await page.until(
      () => page.country === wanted,
      `"${page.phone.value}" is shown in ${page.country}, not in ${wanted}`,
    );
  }

  async function send(): Promise<void> {
    await looks();
    const shown = { phone: plain(page.phone.value), country: page.country };
    const before = worker.callsTo('send').length;
    const wasKept = worker.callsTo('send').at(-1)?.body;
    await page.element.send();
    await page.settles();
    const sent = worker.callsTo('send').slice(before);
    // Refused, or the code that was sent to it is still good.
    const body = sent[0]?.body ?? (page.step === 'code' ? wasKept : undefined);
    if (body) {
      const country = body['country'] as string | undefined;
      expect(e164(String(body['phone']), country)).to.equal(e164(shown.phone, shown.country));
      expect(sent.length).to.be.at.most(1);
    } else expect(page.error).not.to.equal('');
    if (page.step !== 'code') return;
    page.button('change-number').click();
    await page.reaches('phone');
    expect(plain(page.phone.value)).to.equal(shown.phone);
  }

  it('sends the number that is shown, in the country that is shown, whatever was typed, pasted, deleted and chosen before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        picked = null;
        page = await open();
        await page.configured();
        for (const each of steps) await take(each);
        await send();
        page.element.remove();
      }),
      { numRuns: 60 },
    );
  }).timeout(100_000);
});
