import type { Words } from './words.ts';

const NOT_SET_UP =
  'Die Bestätigung ist auf dieser Website nicht richtig eingerichtet. Bitte geben Sie ihrem Betreiber Bescheid.';
const TRY_LATER = 'Das hat nicht geklappt. Bitte versuchen Sie es gleich noch einmal.';
const ASK_FOR_NEW_CODE = 'Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.';

/** German, with `Sie`. A space stands before the three dots, and does not break. */
export const words: Words<'one'> = {
  lang: 'de',
  dir: 'ltr',
  gap: ' ',
  control: 'Bestätigung der Telefonnummer',
  required: 'Bestätigen Sie zuerst Ihre Telefonnummer.',

  phoneLabel: 'Telefonnummer',
  phoneHint: {
    sms: 'Wir senden Ihnen zur Bestätigung einen Code per SMS.',
    voice: 'Wir rufen Sie an und lesen Ihnen einen Code vor.',
  },
  country: 'Land',
  countryChosen: 'Land: {country}',
  chooseCountry: 'Land wählen',
  countrySearch: 'Land oder Vorwahl suchen',
  countryNotFound: 'Kein Land gefunden.',
  send: 'Code senden',
  sending: 'Code wird gesendet\u00a0…',
  notLoaded:
    'Ein Teil dieses Formulars wurde nicht geladen. Prüfen Sie die Verbindung und laden Sie die Seite neu.',

  codeLabel: 'Code',
  codeHint: {
    sms: 'Geben Sie den {length}\u2011stelligen Code ein, den wir an {to} gesendet haben.',
    voice: 'Geben Sie die {length} Ziffern ein, die wir Ihnen unter {to} vorlesen.',
  },
  verify: 'Bestätigen',
  verifying: 'Code wird geprüft\u00a0…',
  resend: 'Erneut senden',
  resendIn: 'Erneut senden in {time}',
  newCode: 'Neuen Code senden',
  newCodeIn: 'Neuer Code in {time}',
  insteadBy: { sms: 'Lieber per SMS', voice: 'Lieber per Anruf' },
  changeNumber: 'Nummer ändern',
  noCodeHelp:
    'Noch kein Code da? Prüfen Sie die Nummer und warten Sie eine Minute. Fordern Sie dann einen neuen an.',
  delivered: 'Ihr Mobilfunknetz hat die Nachricht. Sie sollte gleich ankommen.',
  notDelivered: 'Der Code konnte nicht zugestellt werden. Bitte prüfen Sie die Nummer.',
  otherWay: 'Sie können auch einen anderen Weg wählen.',

  verified: 'Ihre Nummer ist bestätigt.',
  proofExpired: 'Die Bestätigung ist abgelaufen. Bestätigen Sie Ihre Nummer noch einmal.',
  renew: 'Noch einmal bestätigen',

  challenge: 'Bitte bestätigen Sie, dass Sie ein Mensch sind.',
  challengeNotLoaded:
    'Die Prüfung, ob Sie ein Mensch sind, wurde nicht geladen. Vielleicht hindert sie ein Werbeblocker. Bitte versuchen Sie es noch einmal.',
  challengeTimedOut:
    'Die Prüfung, ob Sie ein Mensch sind, hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',

  offline: 'Sie sind offline. Sie können weitermachen, sobald die Verbindung wieder da ist.',
  backOnline: 'Sie sind wieder online.',

  sent: {
    sms: 'Code an {to} gesendet. Geben Sie seine {length} Ziffern ein.',
    voice: 'Wir rufen {to} an. Geben Sie die {length} Ziffern ein, die Sie hören.',
  },
  resendReady: 'Sie können jetzt einen weiteren Code anfordern.',
  retryReady: 'Sie können es jetzt noch einmal versuchen.',

  phoneMissing: 'Geben Sie Ihre Telefonnummer ein.',
  countryMissing: 'Wählen Sie Ihr Land, oder beginnen Sie die Nummer mit + und der Landesvorwahl.',
  phoneTooShort: 'Diese Nummer ist zu kurz. Bitte prüfen Sie sie.',
  phoneTooLong: 'Diese Nummer ist zu lang. Bitte prüfen Sie sie.',
  phoneNotMobile: 'Das ist keine Mobilnummer. Bitte geben Sie eine Mobilnummer ein.',
  codeIncomplete: 'Geben Sie alle {length} Ziffern des Codes ein.',
  tryAgainIn: 'Nächster Versuch {when}.',
  attemptsLeft: { one: 'Noch ein Versuch.', other: 'Noch {count} Versuche.' },
  errors: {
    invalid_phone:
      'Das ist keine Mobilnummer, die einen Code empfangen kann. Bitte prüfen Sie sie.',
    destination_not_allowed: 'An Nummern dieses Landes können wir keine Codes senden.',
    blocked_by_provider:
      'Auf diesem Weg erreicht der Code diese Nummer nicht. Bitte verwenden Sie eine andere Nummer.',
    invalid_code_format: 'Der Code besteht nur aus Ziffern.',
    incorrect_code: 'Dieser Code stimmt nicht. Prüfen Sie seine Ziffern.',
    too_many_attempts: 'Zu viele falsche Codes.',
    session_expired: 'Der Code ist abgelaufen. Fordern Sie einen neuen an.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Für einen weiteren Versuch ist es noch zu früh.',
    request_in_progress: 'Wir arbeiten noch daran. Bitte versuchen Sie es gleich noch einmal.',
    delivery_unknown:
      'Wir wissen nicht, ob der Code gesendet wurde. Fordern Sie einen neuen an und verwenden Sie diesen.',
    challenge_failed:
      'Wir konnten nicht feststellen, dass Sie ein Mensch sind. Bitte versuchen Sie es noch einmal.',
    network_error:
      'Keine Verbindung. Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
    timeout: 'Die Antwort hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
    upstream_timeout: 'Die Antwort hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
    upstream_error:
      'Der Code konnte nicht gesendet werden. Bitte versuchen Sie es gleich noch einmal.',
    temporarily_unavailable: 'Die Bestätigung ist gerade nicht verfügbar.',
    capacity: 'Die Bestätigung ist gerade nicht verfügbar.',
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
  didYouMean: 'Meinten Sie {number}?',
  codeUnconfirmed: 'Bestätigen Sie zuerst den Code.',
};
