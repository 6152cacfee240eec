import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'Potwierdzanie numerów nie jest poprawnie skonfigurowane na tej stronie. Powiadom o tym jej właściciela.';
const TRY_LATER = 'Coś poszło nie tak. Spróbuj ponownie za chwilę.';
const ASK_FOR_NEW_CODE = 'Tego kodu nie można już użyć. Poproś o nowy.';

/** Polish, in the imperative of forms. Numbers take three plural forms; `other` is that of fractions. */
export const words: Messages<'one' | 'few' | 'many'> = {
  lang: 'pl',
  dir: 'ltr',
  control: 'Potwierdzenie numeru telefonu',
  required: 'Najpierw potwierdź swój numer telefonu.',
  phoneLabel: 'Numer telefonu',
  phoneHint: {
    sms: 'Aby potwierdzić numer, wyślemy SMS z kodem.',
    voice: 'Zadzwonimy i podyktujemy kod.',
  },
  send: 'Wyślij kod',
  sending: 'Wysyłanie kodu…',
  notLoaded: 'Część tego formularza się nie wczytała. Sprawdź połączenie i odśwież stronę.',
  gap: ' ',

  country: 'Kraj',
  countryChosen: 'Kraj: {country}',
  chooseCountry: 'Wybierz kraj',
  countrySearch: 'Szukaj kraju lub numeru',
  countryNotFound: 'Nie znaleziono kraju.',

  codeLabel: 'Kod weryfikacyjny',
  codeHint: {
    sms: 'Wpisz {length}-cyfrowy kod, który wysłaliśmy na numer {to}.',
    voice: {
      one: 'Dzwonimy. Wpisz {length} cyfrę podyktowaną podczas połączenia na numer {to}.',
      few: 'Dzwonimy. Wpisz {length} cyfry podyktowane podczas połączenia na numer {to}.',
      many: 'Dzwonimy. Wpisz {length} cyfr podyktowanych podczas połączenia na numer {to}.',
      other: 'Dzwonimy. Wpisz {length} cyfry podyktowane podczas połączenia na numer {to}.',
    },
  },
  verify: 'Potwierdź',
  verifying: 'Sprawdzanie kodu…',
  resend: 'Wyślij ponownie',
  resendIn: 'Wyślij ponownie za {time}',
  newCode: 'Wyślij nowy kod',
  newCodeIn: 'Nowy kod za {time}',
  insteadBy: { sms: 'Zamiast tego wyślij SMS', voice: 'Zamiast tego zadzwoń' },
  changeNumber: 'Zmień numer',
  backToCode: 'Wróć do kodu',
  newCodeSent: 'Wysłano nowy kod.',
  noCodeHelp: 'Wciąż nie ma kodu? Sprawdź numer lub wyślij kod ponownie.',
  delivered: 'Wiadomość dotarła do Twojego operatora. Za chwilę powinna być w telefonie.',
  notDelivered: 'Nie udało się dostarczyć kodu. Sprawdź numer.',
  otherWay: 'Kod można też otrzymać w inny sposób.',

  verified: 'Twój numer jest potwierdzony.',
  proofExpired: 'Potwierdzenie wygasło. Potwierdź swój numer ponownie.',
  renew: 'Potwierdź ponownie',

  challenge: 'Potwierdź, że nie jesteś robotem.',
  challengeWaits: 'Ukończ weryfikację poniżej',
  challengeNotLoaded:
    'Nie wczytało się sprawdzenie, czy nie jesteś robotem. Może je blokować dodatek do przeglądarki. Spróbuj ponownie.',
  challengeTimedOut: 'Sprawdzenie, czy nie jesteś robotem, trwało zbyt długo. Spróbuj ponownie.',

  offline: 'Brak połączenia z internetem. Można będzie kontynuować, gdy połączenie wróci.',
  backOnline: 'Połączenie z internetem wróciło.',

  sent: {
    sms: 'Kod wysłany na numer {to}. Wpisz {length}-cyfrowy kod.',
    voice: {
      one: 'Dzwonimy na numer {to}. Wpisz {length} cyfrę, którą usłyszysz.',
      few: 'Dzwonimy na numer {to}. Wpisz {length} cyfry, które usłyszysz.',
      many: 'Dzwonimy na numer {to}. Wpisz {length} cyfr, które usłyszysz.',
      other: 'Dzwonimy na numer {to}. Wpisz {length} cyfry, które usłyszysz.',
    },
  },
  resendReady: 'Możesz już poprosić o kolejny kod.',
  retryReady: 'Możesz już spróbować ponownie.',

  phoneMissing: 'Wpisz swój numer telefonu.',
  countryMissing: 'Wybierz swój kraj lub zacznij numer od + i numeru kierunkowego kraju.',
  phoneTooShort: 'Ten numer jest za krótki. Sprawdź go.',
  phoneTooLong: 'Ten numer jest za długi. Sprawdź go.',
  phoneNotMobile: 'To nie jest numer komórkowy. Wpisz numer komórkowy.',
  codeIncomplete: {
    one: 'Wpisz {length} cyfrę kodu.',
    few: 'Wpisz wszystkie {length} cyfry kodu.',
    many: 'Wpisz wszystkie {length} cyfr kodu.',
    other: 'Wpisz wszystkie {length} cyfry kodu.',
  },
  tryAgainIn: 'Spróbuj ponownie {when}.',
  attemptsLeft: {
    one: 'Została jedna próba.',
    few: 'Zostały {count} próby.',
    many: 'Zostało {count} prób.',
    other: 'Zostało {count} próby.',
  },
  errors: {
    invalid_phone: 'To nie jest numer komórkowy, na który można wysłać kod. Sprawdź go.',
    destination_not_allowed: 'Nie możemy wysyłać kodów na numery z tego kraju.',
    blocked_by_provider: 'Nie możemy wysłać kodu na ten numer w ten sposób. Użyj innego numeru.',
    invalid_code_format: 'Kod składa się wyłącznie z cyfr.',
    incorrect_code: 'Ten kod jest nieprawidłowy. Sprawdź cyfry i spróbuj ponownie.',
    too_many_attempts: 'Zbyt wiele błędnych kodów.',
    session_expired: 'Kod wygasł. Poproś o nowy.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Poczekaj chwilę, zanim spróbujesz ponownie.',
    request_in_progress: 'Wciąż przetwarzamy Twoje żądanie. Spróbuj ponownie za chwilę.',
    delivery_unknown: 'Nie wiemy, czy kod został wysłany. Poproś o nowy i wpisz ten nowy.',
    challenge_failed: 'Nie udało się potwierdzić, że nie jesteś robotem. Spróbuj ponownie.',
    network_error: 'Brak połączenia. Sprawdź połączenie z internetem i spróbuj ponownie.',
    timeout: 'To trwa zbyt długo. Spróbuj ponownie.',
    upstream_timeout: 'To trwa zbyt długo. Spróbuj ponownie.',
    upstream_error: 'Nie udało się wysłać kodu. Spróbuj ponownie za chwilę.',
    temporarily_unavailable: 'Potwierdzenie numeru jest teraz niedostępne.',
    capacity: 'Potwierdzenie numeru jest teraz niedostępne.',
    unexpected_answer: TRY_LATER,
    idempotency_mismatch: TRY_LATER,
    misconfigured: NOT_SET_UP,
    origin_not_allowed: NOT_SET_UP,
    unauthorized: NOT_SET_UP,
    malformed_request: NOT_SET_UP,
    not_found: NOT_SET_UP,
    method_not_allowed: NOT_SET_UP,
    payload_too_large: NOT_SET_UP,
    unsupported_media_type: NOT_SET_UP,
  },
  didYouMean: 'Czy chodziło o {number}?',
  codeUnconfirmed: 'Najpierw potwierdź kod.',
};
