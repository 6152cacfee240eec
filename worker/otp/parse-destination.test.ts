import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAsciiDigits } from '../../shared/digits.ts';
import { type Destination, maskPhone } from '../../shared/phone-number/e164.ts';
import { withoutInvisible } from '../../shared/visible-text.ts';
import { RequestError } from '../errors.ts';
import { parseDestination } from './parse-destination.ts';

/** One mobile number of each of these countries, with the trunk prefix that is dialled inside it, if any. */
const NUMBERS = [
  { country: 'DE', code: '49', trunk: '0', national: '15123456789' },
  { country: 'AT', code: '43', trunk: '0', national: '6641234567' },
  { country: 'FR', code: '33', trunk: '0', national: '612345678' },
  { country: 'GB', code: '44', trunk: '0', national: '7400123456' },
  { country: 'IT', code: '39', trunk: '', national: '3471234567' },
  { country: 'ES', code: '34', trunk: '', national: '612345678' },
  { country: 'PL', code: '48', trunk: '', national: '512345678' },
  { country: 'US', code: '1', trunk: '1', national: '2025550123' },
  { country: 'RU', code: '7', trunk: '8', national: '9123456789' },
  { country: 'IN', code: '91', trunk: '0', national: '9876543210' },
  { country: 'BR', code: '55', trunk: '0', national: '11961234567' },
] as const;
const ALL = NUMBERS.map(({ country }) => country);

/** What comes of a text: the number, or the kind of the refusal. */
function outcome(
  text: string,
  country?: string,
  allowed: readonly string[] = ALL,
): Destination | string {
  try {
    return parseDestination(text, country, allowed);
  } catch (refusal) {
    if (!(refusal instanceof RequestError)) throw refusal;
    return refusal.reason.kind;
  }
}

function phoneOf(text: string, country?: string, allowed?: readonly string[]): string {
  const result = outcome(text, country, allowed);
  return typeof result === 'string' ? result : result.phone;
}

const number = fc.constantFrom(...NUMBERS);
const zeros = fc.constantFrom('0', '٠', '۰', '०', '০', '૦', '๐', '၀', '០', '０', '𝟎', '𞥐');
const separator = fc.constantFrom(
  ...['', '', '', ' ', '  ', '-', '/', ' - ', ' / ', '\u00a0', '\u2009', '\u202f', '\u3000'],
  ...['\u2010', '\u2011', '\u2013', '\u2212', '\uff0d'],
);
const edge = fc.constantFrom(
  ...['', ' ', '\n', '\t', '\u202a', '\u202c', '\u200e', '\u2066', '\u00a0', '\u200b', '\ufeff'],
);
/** What nobody can see. */
const INVISIBLE = [
  ...[
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\u2063',
    '\u00ad',
    '\u034f',
    '\u061c',
    '\u180e',
    '\ufeff',
  ],
  ...[
    '\ufe0e',
    '\ufe0f',
    '\u115f',
    '\u3164',
    '\ufff9',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e0100}',
    '\u2069',
    '\0',
  ],
];

/** Digits cut into groups, some of them in brackets, in digits of one script. */
function written(digits: string) {
  const perDigit = { minLength: digits.length, maxLength: digits.length };
  return (
    fc
      .record({
        zero: zeros,
        separators: fc.array(separator, perDigit),
        inBrackets: fc.option(fc.tuple(fc.nat(digits.length - 1), fc.nat(4))),
      })
      .map(({ zero, separators, inBrackets }) => {
        const [from, length] = inBrackets ?? [-1, 0];
        const until = Math.min(from + length, digits.length - 1);
        return [...digits]
          .map((digit, at) => {
            const glyph = String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit));
            const isInside = from >= 0 && at >= from && at <= until;
            const open = at === from ? '(' : '';
            const close = at === until && from >= 0 ? ')' : '';
            const gap = isInside && at < until ? '' : separators[at];
            return `${open}${glyph}${close}${at === digits.length - 1 ? '' : gap}`;
          })
          .join('');
      })
      // `(0)` stands for the trunk prefix; a group of one zero in brackets is a spelling of its own.
      .filter((text) => !/\(0\)/.test(toAsciiDigits(text)))
  );
}

const spelling = number.chain((chosen) => {
  const { country, code, trunk, national } = chosen;
  const international = fc
    .tuple(fc.constantFrom('+', '+ ', '＋'), written(code + national))
    .map(([plus, text]) => ({ text: plus + text, hint: undefined }));
  const doubleZero = written(`00${code}${national}`).map((text) => ({ text, hint: undefined }));
  const withTrunkInBrackets = fc
    .tuple(fc.constantFrom('+', '00'), separator, separator, written(national))
    .map(([prefix, before, after, text]) => ({
      text: `${prefix}${code}${before}(0)${after}${text}`,
      hint: undefined,
    }));
  const inTheCountry = written(trunk + national).map((text) => ({ text, hint: country }));
  return fc
    .tuple(edge, fc.oneof(international, doubleZero, withTrunkInBrackets, inTheCountry), edge)
    .map(([before, { text, hint }, after]) => ({
      text: before + text + after,
      hint,
      phone: `+${code}${national}`,
    }));
});

describe('every spelling of a number', () => {
  it('is that number', () => {
    fc.assert(
      fc.property(spelling, ({ text, hint, phone }) => {
        expect(phoneOf(text, hint)).toBe(phone);
      }),
      { numRuns: 2_000 },
    );
  });

  it('with dots is that number or refused, because a dot may be a decimal point', () => {
    fc.assert(
      fc.property(spelling, ({ text, hint, phone }) => {
        const dotted = text.replaceAll('-', '.').replaceAll('/', '.');
        expect([phone, 'phone_unreadable']).toContain(phoneOf(dotted, hint));
      }),
    );
  });

  it('with anything in it that is no digit and no separator is refused', () => {
    const disguise = fc.constantFrom(
      ...['a', 'x', 'ext', 'tel:', ';ext=5', ',', ';', '#', '*', '<b>', '&nbsp;', '%2B', '~'],
      ...['\u0301', '\u20e3', '²', '①', '😀', '🇪🇸', '☎', '\ufffd', '\ue000'],
      ...["'", '"', '\\', '_', '@', ':', '=', '|', 'Ⅰ', '（', '）', '[', ']'],
    );
    fc.assert(
      fc.property(
        spelling,
        disguise,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (it, odd, where) => {
          const inner = withoutInvisible(it.text).trim();
          const at = 1 + Math.floor(where * (inner.length - 2));
          const text = inner.slice(0, at) + odd + inner.slice(at);
          expect(phoneOf(text, it.hint), JSON.stringify(text)).toBe('phone_unreadable');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('ignores invisible characters', () => {
    const places = fc.array(
      fc.record({
        odd: fc.constantFrom(...INVISIBLE),
        where: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(spelling, places, ({ text, hint, phone }, chosen) => {
        const characters = [...text];
        for (const { odd, where } of chosen)
          characters.splice(Math.round(where * characters.length), 0, odd);
        const odd = characters.join('');
        expect(phoneOf(odd, hint), JSON.stringify(odd)).toBe(phone);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is that number with signs around it, or with the name of a phone before it', () => {
    const frame = fc.constantFrom(
      ...[
        ['', '.'],
        ['', ','],
        ['', '!'],
        ['"', '"'],
        ['„', '“,'],
        ['- ', ''],
        ['• ', ';'],
        ['', '…'],
      ],
      ...[
        ['Tel.: ', ''],
        ['Mobil: ', '.'],
        ['☎ ', ''],
        ['📱', ''],
        ['tel:', ''],
        ['T: ', ''],
      ],
    );
    fc.assert(
      fc.property(spelling, frame, ({ text, hint, phone }, [before = '', behind = '']) => {
        const framed = before + text.trim() + behind;
        expect(phoneOf(framed, hint), JSON.stringify(framed)).toBe(phone);
      }),
      { numRuns: 1_000 },
    );
  });

  it('comes out in the one form that reads as itself, whatever country is named with it', () => {
    fc.assert(
      fc.property(spelling, fc.constantFrom(undefined, ...ALL), ({ text, hint }, other) => {
        const { phone, country, callingCode } = parseDestination(text, hint, ALL);
        expect(phone).toMatch(/^\+[1-9]\d{4,14}$/);
        expect(parseDestination(phone, other, ALL)).toEqual({ phone, country, callingCode });
      }),
    );
  });

  it('never throws anything but a refusal, whatever the text', () => {
    const pieces = fc.constantFrom(
      '+',
      '00',
      '0',
      '49',
      '1',
      '151',
      ' ',
      '(0)',
      '.',
      '-',
      'x',
      '٣',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((list) => list.join('')),
        ),
        fc.constantFrom(undefined, 'DE', 'US', 'XX', 'ZZ', '001'),
        (text, country) => {
          const result = outcome(text, country);
          if (typeof result === 'string') return;
          expect(phoneOf(result.phone)).toBe(result.phone);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a disguised number is refused', () => {
  it.each([
    'https://wa.me/4915123456789',
    'tel:+4915123456789;ext=5',
    'tel:15123456789;phone-context=+49',
    '+49 •••••••••89',
    '+4915123456789;ext=5',
    '+4915123456789 ext. 5',
    '+4915123456789 x5',
    '<b>+4915123456789</b>',
    '+4915123456789.0',
    '4.915123456789E12',
    '++4915123456789',
    '+49+15123456789',
    '+4915123456789,+4915123456780',
    '+4915123456789;+4915123456780',
    '1-800-FLOWERS',
    `+49151234567${'0'.repeat(50)}`,
    `+4915123456789${' '.repeat(50)}1`,
    '',
    '+',
    '+0',
    '+00000000000',
    '+999999999999',
    '112',
    '911',
  ])('%j', (text) => {
    expect(outcome(text)).toBe('phone_unreadable');
    expect(outcome(text, 'DE')).toBe('phone_unreadable');
  });

  it('and so is a national number without a country, or with one that does not exist', () => {
    expect(outcome('0151 23456789')).toBe('phone_unreadable');
    expect(outcome('0151 23456789', 'XX')).toBe('phone_unreadable');
  });

  it('but the prefix that mobile numbers of Mexico once had is only dropped', () => {
    const mexico = ['MX'];
    for (const text of ['+52 1 55 1234 5678', '0052 1 55 1234 5678', '+52 55 1234 5678'])
      expect(phoneOf(text, undefined, mexico)).toBe('+525512345678');
    for (const text of ['55 1234 5678', '1 55 1234 5678', '044 55 1234 5678', '045 55 1234 5678'])
      expect(phoneOf(text, 'MX', mexico)).toBe('+525512345678');
    expect(phoneOf('01 55 1234 5678', 'MX', mexico)).toBe('+525512345678');
    expect(outcome('+52 1 55 1234 567', undefined, mexico)).toBe('phone_unreadable');
  });

  it('but a needless trunk prefix is only dropped', () => {
    expect(phoneOf('+49 0151 23456789')).toBe('+4915123456789');
    expect(phoneOf('0049 0151 23456789')).toBe('+4915123456789');
  });
});

/** Countries that the table serves. All others are "elsewhere". */
const SERVED = 'DE AT CH FR GB ES IT PL NL BE SE US IN BR ZA AU JP'.split(' ');

function reasonOf(phone: string): unknown {
  try {
    return parseDestination(phone, undefined, SERVED);
  } catch (refusal) {
    return (refusal as RequestError).reason;
  }
}

describe('which numbers get a message', () => {
  it.each([
    // Mobile
    ['+4915123456789', 'DE', 'mobile'],
    ['+4917612345678', 'DE', 'mobile'],
    ['+436641234567', 'AT', 'mobile'],
    ['+41781234567', 'CH', 'mobile'],
    ['+33612345678', 'FR', 'mobile'],
    ['+33750123456', 'FR', 'mobile'],
    ['+447400123456', 'GB', 'mobile'],
    ['+34612345678', 'ES', 'mobile'],
    ['+393471234567', 'IT', 'mobile'],
    ['+48512345678', 'PL', 'mobile'],
    ['+31612345678', 'NL', 'mobile'],
    ['+32470123456', 'BE', 'mobile'],
    ['+46701234567', 'SE', 'mobile'],
    ['+919876543210', 'IN', 'mobile'],
    ['+5511961234567', 'BR', 'mobile'],
    ['+27711234567', 'ZA', 'mobile'],
    ['+61412345678', 'AU', 'mobile'],
    ['+819012345678', 'JP', 'mobile'],
    // North America does not tell mobile from fixed line
    ['+12025550123', 'US', 'fixed line or mobile'],
    ['+14155550123', 'US', 'fixed line or mobile'],
  ])('%s (%s, %s) does', (phone, country) => {
    expect(outcome(phone, undefined, SERVED)).toMatchObject({ phone, country });
  });

  it.each([
    ['+49301234567', 'DE', 'FIXED_LINE'],
    ['+43123456789', 'AT', 'FIXED_LINE'],
    ['+33123456789', 'FR', 'FIXED_LINE'],
    ['+442079460018', 'GB', 'FIXED_LINE'],
    ['+390612345678', 'IT', 'FIXED_LINE'],
    ['+34912345678', 'ES', 'FIXED_LINE'],
    ['+499001234567', 'DE', 'PREMIUM_RATE'],
    ['+43900123456', 'AT', 'PREMIUM_RATE'],
    ['+41900123456', 'CH', 'PREMIUM_RATE'],
    ['+33891123456', 'FR', 'PREMIUM_RATE'],
    ['+449012345678', 'GB', 'PREMIUM_RATE'],
    ['+34803123456', 'ES', 'PREMIUM_RATE'],
    ['+39899123456', 'IT', 'PREMIUM_RATE'],
    ['+19002345678', 'US', 'PREMIUM_RATE'],
    ['+48701234567', 'PL', 'PREMIUM_RATE'],
    ['+498001234567', 'DE', 'TOLL_FREE'],
    ['+448001234567', 'GB', 'TOLL_FREE'],
    ['+33801234567', 'FR', 'TOLL_FREE'],
    ['+18002345678', 'US', 'TOLL_FREE'],
    ['+18882345678', 'US', 'TOLL_FREE'],
    ['+491801234567', 'DE', 'SHARED_COST'],
    ['+43810123456', 'AT', 'SHARED_COST'],
    ['+41848123456', 'CH', 'SHARED_COST'],
    ['+448451234567', 'GB', 'PREMIUM_RATE'],
    ['+34902123456', 'ES', 'SHARED_COST'],
    ['+4970012345678', 'DE', 'PERSONAL_NUMBER'],
    ['+41878123456', 'CH', 'PERSONAL_NUMBER'],
    ['+447012345678', 'GB', 'PERSONAL_NUMBER'],
    ['+15002345678', 'US', 'PERSONAL_NUMBER'],
    ['+447640123456', 'GB', 'PAGER'],
    ['+49164123456', 'DE', 'PAGER'],
    ['+41740123456', 'CH', 'PAGER'],
    ['+445612345678', 'GB', 'VOIP'],
    ['+33912345678', 'FR', 'VOIP'],
    ['+48391234567', 'PL', 'VOIP'],
    ['+31851234567', 'NL', 'VOIP'],
    ['+443012345678', 'GB', 'UAN'],
  ])('%s (%s) does not, because it is of the type %s', (phone, _country, type) => {
    expect(reasonOf(phone)).toEqual({ kind: 'phone_type', type });
  });

  it.each([
    ['+881612345678', 'satellite, Globalstar'],
    ['+870773111632', 'satellite, Inmarsat'],
    ['+88216123456', 'satellite, Thuraya'],
    ['+883510012345', 'international networks'],
    ['+979123456789', 'international premium rate'],
    ['+80012345678', 'international toll-free'],
    ['+80812345678', 'international shared cost'],
    ['+87812345678901', 'international personal'],
    ['+37281234567', 'Estonia'],
    ['+25261234567', 'Somalia'],
    ['+5352345678', 'Cuba'],
  ])('%s (%s) is not of a country that is listed', (phone) => {
    expect(outcome(phone, undefined, SERVED)).toBe('country_not_listed');
  });

  it.each([
    ['+447781123456', 'GG', 'GB'],
    ['+447797712345', 'JE', 'GB'],
    ['+447624123456', 'IM', 'GB'],
    ['+12423591234', 'BS', 'US'],
    ['+18765551234', 'JM', 'US'],
    ['+18092345678', 'DO', 'US'],
    ['+17873456789', 'PR', 'US'],
    ['+15062345678', 'CA', 'US'],
    ['+77712345678', 'KZ', 'RU'],
    ['+393312345678', 'IT', 'VA'],
    ['+262692123456', 'RE', 'FR'],
    ['+590690123456', 'GP', 'FR'],
    ['+61491570156', 'AU', 'CX'],
  ])('%s is of %s, and that %s is listed is of no use to it', (phone, country, neighbour) => {
    expect(outcome(phone, undefined, [neighbour])).toBe('country_not_listed');
    expect(outcome(phone, undefined, [country])).toMatchObject({ phone, country });
  });

  it.each([
    ['+4915', 'too short'],
    ['+49151234567890', 'too long'],
    ['+33000000000', 'of no range'],
    ['+33712345678', 'of a range that nobody has'],
    ['+12021550123', 'of no exchange'],
    ['+1202555', 'cut off'],
    ['+447', 'cut off'],
  ])('%s is %s and no number at all', (phone) => {
    expect(reasonOf(phone)).toMatchObject({ kind: 'phone_unreadable' });
  });

  it('names the country that is not listed, where there is one', () => {
    expect(reasonOf('+37251234567')).toEqual({ kind: 'country_not_listed', country: 'EE' });
    expect(reasonOf('+881612345678')).toEqual({ kind: 'country_not_listed', country: undefined });
    expect(outcome('+12021550123', undefined, ['DE'])).toBe('country_not_listed');
  });

  it('rejects every number when no country is listed', () => {
    for (const { code, national } of NUMBERS)
      expect(outcome(`+${code}${national}`, undefined, [])).toBe('country_not_listed');
  });
});

describe('maskPhone', () => {
  it('shows the calling code and two digits', () => {
    expect(maskPhone(parseDestination('+4915123456789', undefined, ALL))).toBe('+49 •••••••••89');
    expect(maskPhone(parseDestination('+12025550123', undefined, ALL))).toBe('+1 ••••••••23');
    fc.assert(
      fc.property(spelling, ({ text, hint }) => {
        const destination = parseDestination(text, hint, ALL);
        const masked = maskPhone(destination);
        expect(masked).toMatch(/^\+\d{1,3} •+\d\d$/);
        expect(masked.replace(/[+ ]/g, '')).toHaveLength(destination.phone.length - 1);
      }),
    );
  });
});
