import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'Die Bestätigung ist auf dieser Website nicht richtig eingerichtet. Bitte geben Sie ihrem Betreiber Bescheid.';
const TRY_LATER = 'Das hat nicht geklappt. Bitte versuchen Sie es gleich erneut.';
const ASK_FOR_NEW_CODE = 'Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.';

/** German, with `Sie`. A space stands before the three dots, and does not break. */
export const words: Messages<'one'> = {
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

  codeLabel: 'Bestätigungscode',
  codeHint: {
    sms: 'Geben Sie den {length}\u2011stelligen Code ein, den wir an {to} gesendet haben.',
    voice: 'Wir rufen {to} an. Geben Sie die {length} Ziffern ein, die Sie hören.',
  },
  verify: 'Bestätigen',
  verifying: 'Code wird geprüft\u00a0…',
  resend: 'Erneut senden',
  resendIn: 'Erneut senden in {time}',
  newCode: 'Neuen Code senden',
  newCodeIn: 'Neuer Code in {time}',
  insteadBy: { sms: 'Stattdessen per SMS', voice: 'Stattdessen anrufen lassen' },
  changeNumber: 'Nummer ändern',
  backToCode: 'Zurück zum Code',
  newCodeSent: 'Wir haben einen neuen Code gesendet.',
  noCodeHelp: 'Immer noch kein Code? Prüfen Sie die Nummer oder lassen Sie den Code erneut senden.',
  delivered: 'Ihr Mobilfunkanbieter hat die Nachricht erhalten. Sie sollte gleich ankommen.',
  notDelivered: 'Der Code konnte nicht zugestellt werden. Bitte prüfen Sie die Nummer.',
  otherWay: 'Sie können den Code auch auf anderem Weg erhalten.',

  verified: 'Ihre Nummer ist bestätigt.',
  proofExpired: 'Die Bestätigung ist abgelaufen. Bestätigen Sie Ihre Nummer erneut.',
  renew: 'Erneut bestätigen',

  challenge: 'Bitte bestätigen Sie, dass Sie ein Mensch sind.',
  challengeWaits: 'Bitte unten bestätigen',
  challengeNotLoaded:
    'Die Prüfung, ob Sie ein Mensch sind, wurde nicht geladen. Möglicherweise blockiert sie ein Inhaltsblocker. Bitte versuchen Sie es erneut.',
  challengeTimedOut:
    'Die Prüfung, ob Sie ein Mensch sind, hat zu lange gedauert. Bitte versuchen Sie es erneut.',

  offline: 'Sie sind offline. Sie können weitermachen, sobald die Verbindung wieder da ist.',
  backOnline: 'Sie sind wieder online.',

  sent: {
    sms: 'Code an {to} gesendet. Geben Sie den {length}\u2011stelligen Code ein.',
    voice: 'Wir rufen {to} an. Geben Sie die {length} Ziffern ein, die Sie hören.',
  },
  resendReady: 'Sie können jetzt einen weiteren Code anfordern.',
  retryReady: 'Sie können es jetzt erneut versuchen.',

  phoneMissing: 'Geben Sie Ihre Telefonnummer ein.',
  countryMissing: 'Wählen Sie Ihr Land, oder beginnen Sie die Nummer mit + und der Landesvorwahl.',
  phoneTooShort: 'Diese Nummer ist zu kurz. Bitte prüfen Sie sie.',
  phoneTooLong: 'Diese Nummer ist zu lang. Bitte prüfen Sie sie.',
  phoneNotMobile: 'Das ist keine Mobilnummer. Bitte geben Sie eine Mobilnummer ein.',
  codeIncomplete: 'Geben Sie alle {length} Ziffern des Codes ein.',
  tryAgainIn: 'Nächster Versuch {when} möglich.',
  attemptsLeft: { one: 'Noch ein Versuch.', other: 'Noch {count} Versuche.' },
  errors: {
    invalid_phone:
      'Das ist keine Mobilnummer, die einen Code empfangen kann. Bitte prüfen Sie sie.',
    destination_not_allowed: 'An Nummern dieses Landes können wir keine Codes senden.',
    blocked_by_provider:
      'Auf diesem Weg können wir keinen Code an diese Nummer senden. Bitte verwenden Sie eine andere Nummer.',
    invalid_code_format: 'Der Code besteht nur aus Ziffern.',
    incorrect_code: 'Dieser Code stimmt nicht. Prüfen Sie die Ziffern und versuchen Sie es erneut.',
    too_many_attempts: 'Zu viele falsche Codes.',
    session_expired: 'Der Code ist abgelaufen. Fordern Sie einen neuen an.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Bitte warten Sie einen Moment, bevor Sie es erneut versuchen.',
    request_in_progress: 'Ihre Anfrage wird noch bearbeitet. Bitte versuchen Sie es gleich erneut.',
    delivery_unknown:
      'Wir wissen nicht, ob der Code gesendet wurde. Fordern Sie einen neuen an und verwenden Sie diesen.',
    challenge_failed:
      'Wir konnten nicht feststellen, dass Sie ein Mensch sind. Bitte versuchen Sie es erneut.',
    network_error:
      'Keine Verbindung. Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
    timeout: 'Das dauert zu lange. Bitte versuchen Sie es erneut.',
    upstream_timeout: 'Das dauert zu lange. Bitte versuchen Sie es erneut.',
    upstream_error: 'Der Code konnte nicht gesendet werden. Bitte versuchen Sie es gleich erneut.',
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
