import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'La confirmation par téléphone n’est pas configurée correctement sur ce site. Veuillez en informer son responsable.';
const TRY_LATER = 'Cela n’a pas fonctionné. Veuillez réessayer dans un instant.';
const ASK_FOR_NEW_CODE = 'Ce code n’est plus valable. Demandez-en un nouveau.';

/** French, with `vous`. A narrow no-break space (U+202F) stands before ? and !, a whole one before a colon. */
export const words: Messages<'one'> = {
  lang: 'fr',
  dir: 'ltr',
  control: 'Confirmation du numéro de téléphone',
  required: 'Confirmez d’abord votre numéro de téléphone.',
  phoneLabel: 'Numéro de téléphone',
  phoneHint: {
    sms: 'Nous vous enverrons un code par SMS pour confirmer votre numéro.',
    voice: 'Nous vous appellerons pour vous dicter un code.',
  },
  send: 'Envoyer le code',
  sending: 'Envoi du code…',
  notLoaded:
    'Une partie de ce formulaire n’a pas pu être chargée. Vérifiez votre connexion et rechargez la page.',
  gap: ' ',

  country: 'Pays',
  countryChosen: 'Pays\u00a0: {country}',
  chooseCountry: 'Choisissez un pays',
  countrySearch: 'Rechercher pays ou indicatif',
  countryNotFound: 'Aucun pays trouvé.',

  codeLabel: 'Code de vérification',
  codeHint: {
    sms: 'Saisissez le code à {length} chiffres envoyé au {to}.',
    voice: 'Nous appelons le {to}. Saisissez les {length} chiffres que vous entendrez.',
  },
  verify: 'Confirmer',
  verifying: 'Vérification du code…',
  resend: 'Renvoyer le code',
  resendIn: 'Renvoyer dans {time}',
  newCode: 'Envoyer un nouveau code',
  newCodeIn: 'Nouveau code dans {time}',
  insteadBy: { sms: 'Par SMS plutôt', voice: 'Par appel plutôt' },
  changeNumber: 'Modifier le numéro',
  backToCode: 'Revenir au code',
  newCodeSent: 'Nouveau code envoyé.',
  noCodeHelp: 'Toujours pas de code\u202f? Vérifiez le numéro ou renvoyez le code.',
  delivered: 'Votre opérateur a reçu le message. Il devrait arriver d’un instant à l’autre.',
  notDelivered: 'Le code n’a pas pu vous être envoyé. Vérifiez le numéro.',
  otherWay: 'Vous pouvez aussi recevoir le code par un autre moyen.',

  verified: 'Votre numéro est confirmé.',
  proofExpired: 'La confirmation a expiré. Confirmez à nouveau votre numéro.',
  renew: 'Confirmer à nouveau',

  challenge: 'Veuillez confirmer que vous n’êtes pas un robot.',
  challengeWaits: 'Effectuez la vérification ci-dessous',
  challengeNotLoaded:
    'La vérification anti-robot n’a pas pu être chargée. Un bloqueur de contenu l’en empêche peut-être. Veuillez réessayer.',
  challengeTimedOut: 'La vérification anti-robot a pris trop de temps. Veuillez réessayer.',

  offline: 'Vous êtes hors ligne. Vous pourrez continuer dès que la connexion sera rétablie.',
  backOnline: 'Vous êtes de nouveau en ligne.',

  sent: {
    sms: 'Code envoyé au {to}. Saisissez le code à {length} chiffres.',
    voice: 'Nous appelons le {to}. Saisissez les {length} chiffres que vous entendrez.',
  },
  resendReady: 'Vous pouvez maintenant demander un autre code.',
  retryReady: 'Vous pouvez maintenant réessayer.',

  phoneMissing: 'Saisissez votre numéro de téléphone.',
  countryMissing: 'Choisissez votre pays, ou commencez le numéro par + et l’indicatif du pays.',
  phoneTooShort: 'Ce numéro est trop court. Veuillez le vérifier.',
  phoneTooLong: 'Ce numéro est trop long. Veuillez le vérifier.',
  phoneNotMobile: 'Ce n’est pas un numéro de mobile. Veuillez saisir un numéro de mobile.',
  codeIncomplete: 'Saisissez les {length} chiffres du code.',
  tryAgainIn: 'Vous pourrez réessayer {when}.',
  attemptsLeft: {
    one: 'Il vous reste {count} tentative.',
    other: 'Il vous reste {count} tentatives.',
  },
  errors: {
    invalid_phone:
      'Ce n’est pas un numéro de mobile pouvant recevoir un code. Veuillez le vérifier.',
    destination_not_allowed: 'Nous ne pouvons pas envoyer de code aux numéros de ce pays.',
    blocked_by_provider:
      'Impossible d’envoyer le code à ce numéro par ce moyen. Veuillez utiliser un autre numéro.',
    invalid_code_format: 'Le code ne contient que des chiffres.',
    incorrect_code: 'Ce code n’est pas le bon. Vérifiez les chiffres et réessayez.',
    too_many_attempts: 'Trop de codes incorrects.',
    session_expired: 'Le code a expiré. Demandez-en un nouveau.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Veuillez patienter un instant avant de réessayer.',
    request_in_progress: 'Votre demande est encore en cours. Veuillez réessayer dans un instant.',
    delivery_unknown:
      'Nous ne savons pas si le code a été envoyé. Demandez-en un nouveau et utilisez celui-là.',
    challenge_failed:
      'Nous n’avons pas pu vérifier que vous n’êtes pas un robot. Veuillez réessayer.',
    network_error: 'Pas de connexion. Vérifiez votre connexion internet et réessayez.',
    timeout: 'L’opération prend trop de temps. Veuillez réessayer.',
    upstream_timeout: 'L’opération prend trop de temps. Veuillez réessayer.',
    upstream_error: 'L’envoi du code a échoué. Veuillez réessayer dans un instant.',
    temporarily_unavailable: 'La confirmation par téléphone n’est pas disponible pour le moment.',
    capacity: 'La confirmation par téléphone n’est pas disponible pour le moment.',
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
  didYouMean: 'Vouliez-vous dire {number}\u202f?',
  codeUnconfirmed: 'Confirmez d’abord le code.',
};
