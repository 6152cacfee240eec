/**
 * What may have been meant by a number that is refused: one without its plus, with its calling code twice, of the time
 * before a country changed its numbers, of another country, out of a spreadsheet. Each is only a guess. It is shown to
 * the visitor when the plan of its country takes it, and never sent unasked.
 */
import type { ConfigAnswer } from '../../shared/api/responses.ts';
import { toPhoneCandidate } from '../../shared/phone-number/normalize.ts';
import { toPhoneText } from '../../shared/phone-number/phone-text.ts';

export interface Suggestion {
  /** With a plus, or as it is dialled in the country. */
  text: string;
  /** Whose plan tells whether it is a number. */
  country: string;
}

/** Fewer digits fit into too many plans. */
const MIN_DIGITS = 7;
/** Of so many calling codes all plans are looked at for a national number; of more, the visitor's own. */
const FEW_CALLING_CODES = 4;

/** What is dialled before a calling code, where it is not `00`: North America, Australia, Japan, Russia, East Asia. */
const INTERNATIONAL_PREFIX = /^(?:0011|011|010|810|00[1-9])(?=[1-9])/;

/**
 * Numbers as they were, by calling code: the part behind it, without a trunk prefix, and what it is today. Argentina:
 * mobile numbers have a 9 from abroad, and at home a 15 in the middle. Brazil (2012 to 2016), Chile and Ecuador (2012):
 * a ninth digit. Côte d'Ivoire (2021), Benin (2024), Mauritius (2013): a prefix. Vietnam (2018): other prefixes.
 */
const OLD_FORMS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  '54': [
    [/^(?!9)\d{10}$/, '9$&'],
    [/^9?(?=\d{12}$)(\d\d)15(\d{8})$/, '9$1$2'],
    [/^9?(?=\d{12}$)(\d{3})15(\d{7})$/, '9$1$2'],
    [/^9?(?=\d{12}$)(\d{4})15(\d{6})$/, '9$1$2'],
  ],
  '55': [[/^(?<area>\d\d)(?<rest>[6-9]\d{7})$/, '$<area>9$<rest>']],
  '56': [[/^[2-9]\d{7}$/, '9$&']],
  '84': [
    [/^12([01268])(?=\d{7}$)/, '7$1'],
    [/^12([34579])(?=\d{7}$)/, '8$1'],
    [/^16(?=[2-9]\d{7}$)/, '3'],
    [/^1[89](?=[689]\d{7}$)/, '5'],
  ],
  '225': [
    [/^\d[0-3]\d{6}$/, '01$&'],
    [/^\d[4-6]\d{6}$/, '05$&'],
    [/^\d[7-9]\d{6}$/, '07$&'],
  ],
  '229': [[/^\d{8}$/, '01$&']],
  '230': [[/^\d{7}$/, '5$&']],
  '593': [[/^[89]\d{7}$/, '9$&']],
};

/** In Vietnam the digit behind was kept in most ranges only: 120 is 70, but 121 is 79 and 122 is 77; 127 is 81, 129 is 82. */
const VIETNAM: Readonly<Record<string, string>> = {
  '71': '79',
  '72': '77',
  '87': '81',
  '89': '82',
};

/**
 * The likeliest first. Of a group of several, one counts where it is the only one that is a number.
 *
 * @param country that is shown beside the number
 * @param languages of the visitor, whose regions may be where the number is from
 */
export function suggestNumbers(
  text: string,
  country: string | null,
  config: ConfigAnswer,
  languages: readonly string[],
): Suggestion[][] {
  const plain = toPhoneText(text);
  const guesses: Suggestion[][] = [];
  const add = (phone: string) => {
    const owner = ownerOf(phone, config, country);
    if (owner) guesses.push([{ text: phone, country: owner }]);
  };

  for (const repaired of [withoutDecimals(plain), withoutWords(plain)]) {
    const candidate = repaired === null ? null : toPhoneCandidate(repaired);
    if (!candidate || candidate.kind === 'refused') continue;
    if (candidate.kind === 'national' && country)
      guesses.push([{ text: candidate.digits, country }]);
    add(`+${candidate.digits}`);
  }

  // Letters are no digits, and a decimal point or a mask makes other ones.
  if (!/^[-+\d ()/.·]*$/.test(plain) || /\.\d{1,2}$|[.·] ?[.·]/.test(plain)) return guesses;
  const digits = plain.replace(/\D/g, '');
  if (digits.length < MIN_DIGITS) return guesses;
  const significant = digits.replace(/^0+/, '');
  add(`+${significant}`);

  const owner = ownerOf(`+${significant}`, config, country);
  const code = owner ? config.callingCodes[owner] : undefined;
  const rest = code === undefined ? '' : significant.slice(code.length);
  const doubled = rest.replace(/^0+/, '');
  if (code && doubled.startsWith(code)) add(`+${doubled}`);

  const own = config.callingCodes[country ?? ''];
  const isInternational = toPhoneCandidate(plain).kind === 'international';
  const readings: [string | undefined, string][] = isInternational
    ? [[code, rest]]
    : [
        [own, digits],
        [code, rest],
      ];
  for (const [callingCode, part] of readings) {
    if (!callingCode) continue;
    const withoutTrunk = part.replace(/^0+/, '');
    for (const form of new Set([part, withoutTrunk]))
      for (const today of todaysForms(callingCode, form)) add(`+${callingCode}${today}`);
    add(`+${callingCode}${withoutTrunk}`);
  }
  if (isInternational) return guesses;

  const abroad = digits.replace(INTERNATIONAL_PREFIX, '');
  if (abroad !== digits) add(`+${abroad}`);
  guesses.push(
    likelyCountries(country, config, languages).map((each) => ({ text: digits, country: each })),
  );
  return guesses;
}

/** The country whose calling code a number begins with; the one that is shown, where several share it. */
function ownerOf(phone: string, config: ConfigAnswer, country: string | null): string | undefined {
  const owners = config.countries.filter((each) => {
    const code = config.callingCodes[each];
    return code !== undefined && phone.startsWith(`+${code}`);
  });
  return owners.find((each) => each === country) ?? owners[0];
}

function todaysForms(callingCode: string, part: string): string[] {
  return (OLD_FORMS[callingCode] ?? []).flatMap(([old, today]) => {
    if (!old.test(part)) return [];
    const form = part.replace(old, today);
    const prefix = callingCode === '84' ? VIETNAM[form.slice(0, 2)] : undefined;
    return [prefix ? prefix + form.slice(2) : form];
  });
}

/** `4915112345678.0`, and `4.915112345678E+12` where no digit was rounded away. */
function withoutDecimals(plain: string): string | null {
  const float = /^\+?(\d{7,15})\.0+$/.exec(plain)?.[1];
  if (float) return float;
  const [, first, decimals = '', exponent] = /^(\d)\.(\d{6,14})e\+?(\d\d?)$/i.exec(plain) ?? [];
  return first && decimals.length === Number(exponent) ? first + decimals : null;
}

/** `Tel 0151 2345678`, `+49 1511 2345678 (mobile)`. Words with a digit in them may be an extension. */
function withoutWords(plain: string): string | null {
  const before = /^(\p{L}[\p{L}\p{M} .-]*?) ?(?=[(\d])/u.exec(plain);
  if (before) return `${before[1]}: ${plain.slice(before[0].length)}`;
  const behind = / \(?\p{L}[\p{L}\p{M} .-]{0,30}\)?$/u.exec(plain);
  return behind ? plain.slice(0, behind.index) : null;
}

/** Where the number may be from, when it is not of the country that is shown. One of each calling code. */
function likelyCountries(
  country: string | null,
  { countries, callingCodes, country: visitors }: ConfigAnswer,
  languages: readonly string[],
): string[] {
  const own = callingCodes[country ?? ''];
  const byCode = new Map<string | undefined, string>();
  for (const each of countries)
    if (!byCode.has(callingCodes[each])) byCode.set(callingCodes[each], each);
  const regions = [visitors, ...languages.map((language) => language.split('-').at(-1) ?? '')];
  return [...byCode]
    .filter(
      ([code]) =>
        code !== own &&
        (byCode.size <= FEW_CALLING_CODES ||
          regions.some((region) => region && callingCodes[region] === code)),
    )
    .map(([, each]) => each)
    .slice(0, FEW_CALLING_CODES);
}
