import type { Words } from './words.ts';

const NOT_SET_UP =
  'Die Bestätigung ist auf dieser Website nicht richtig eingerichtet. Bitte geben Sie ihrem Betreiber Bescheid.';
const TRY_LATER = 'Das hat nicht geklappt. Bitte versuchen Sie es gleich noch einmal.';
const ASK_FOR_NEW_CODE = 'Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.';

export const de: Words = {
  lang: 'de',
  control: 'Bestätigung der Telefonnummer',
  required: 'Bestätigen Sie zuerst Ihre Telefonnummer.',

  phoneLabel: 'Telefonnummer',
  phoneHint: {
    sms: 'Wir senden Ihnen zur Bestätigung einen Code per SMS.',
    voice: 'Wir rufen Sie an und lesen Ihnen einen Code vor.',
  },
  country: 'Land',
  chooseCountry: 'Land wählen',
  send: 'Code senden',
  sending: 'Code wird gesendet …',
  notLoaded:
    'Ein Teil dieses Formulars wurde nicht geladen. Prüfen Sie die Verbindung und laden Sie die Seite neu.',

  codeLabel: 'Code',
  codeHint: ({ length, to, channel }) =>
    channel === 'voice'
      ? `Geben Sie die ${length} Ziffern ein, die wir Ihnen unter ${to} vorlesen.`
      : `Geben Sie den ${length}-stelligen Code ein, den wir an ${to} gesendet haben.`,
  verify: 'Bestätigen',
  verifying: 'Code wird geprüft …',
  resend: 'Erneut senden',
  resendIn: (time) => `Erneut senden in ${time}`,
  newCode: 'Neuen Code senden',
  newCodeIn: (time) => `Neuer Code in ${time}`,
  insteadBy: { sms: 'Lieber per SMS', voice: 'Lieber per Anruf' },
  changeNumber: 'Nummer ändern',

  verified: 'Ihre Nummer ist bestätigt.',
  proofExpired: 'Die Bestätigung ist abgelaufen. Bestätigen Sie Ihre Nummer noch einmal.',
  renew: 'Noch einmal bestätigen',

  challenge: 'Bitte bestätigen Sie, dass Sie ein Mensch sind.',
  challengeNotLoaded:
    'Die Prüfung, ob Sie ein Mensch sind, wurde nicht geladen. Vielleicht hindert sie ein Werbeblocker. Bitte versuchen Sie es noch einmal.',
  challengeTimedOut:
    'Die Prüfung, ob Sie ein Mensch sind, hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',

  sent: ({ length, to, channel }) =>
    channel === 'voice'
      ? `Wir rufen ${to} an. Geben Sie die ${length} Ziffern ein, die Sie hören.`
      : `Code an ${to} gesendet. Geben Sie seine ${length} Ziffern ein.`,
  resendReady: 'Sie können jetzt einen weiteren Code anfordern.',
  retryReady: 'Sie können es jetzt noch einmal versuchen.',

  phoneMissing: 'Geben Sie Ihre Telefonnummer ein.',
  countryMissing: 'Wählen Sie Ihr Land, oder beginnen Sie die Nummer mit + und der Landesvorwahl.',
  codeIncomplete: (length) => `Geben Sie alle ${length} Ziffern des Codes ein.`,
  tryAgainIn: (time) => `Nächster Versuch in ${time}.`,
  attemptsLeft: (count) => (count === 1 ? 'Noch ein Versuch.' : `Noch ${count} Versuche.`),
  errors: {
    invalid_phone:
      'Das ist keine Mobilnummer, die einen Code empfangen kann. Bitte prüfen Sie sie.',
    destination_not_allowed: 'An Nummern dieses Landes können wir keine Codes senden.',
    blocked_by_provider:
      'Diese Nummer kann keinen Code empfangen. Bitte verwenden Sie eine andere.',
    invalid_code_format: 'Der Code besteht nur aus Ziffern.',
    incorrect_code: 'Dieser Code stimmt nicht. Sehen Sie in der Nachricht nach.',
    too_many_attempts: 'Zu viele falsche Codes.',
    session_expired: 'Der Code ist abgelaufen. Fordern Sie einen neuen an.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Zu viele Versuche in kurzer Zeit.',
    request_in_progress: 'Wir arbeiten noch daran. Bitte versuchen Sie es gleich noch einmal.',
    delivery_unknown:
      'Wir wissen nicht, ob der Code gesendet wurde. Falls keiner ankommt, senden Sie ihn erneut.',
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
};
