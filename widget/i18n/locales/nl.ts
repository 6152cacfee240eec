import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'De telefoonbevestiging is op deze site niet goed ingesteld. Laat het de eigenaar weten.';
const TRY_LATER = 'Dat is niet gelukt. Probeer het zo meteen opnieuw.';
const ASK_FOR_NEW_CODE = 'Deze code is niet meer geldig. Vraag een nieuwe aan.';

/** Dutch, with `u`. */
export const words: Messages<'one'> = {
  lang: 'nl',
  dir: 'ltr',
  control: 'Bevestiging van het telefoonnummer',
  required: 'Bevestig eerst uw telefoonnummer.',
  phoneLabel: 'Telefoonnummer',
  phoneHint: {
    sms: 'We sturen u een sms met een code om uw nummer te bevestigen.',
    voice: 'We bellen u en lezen een code voor.',
  },
  send: 'Code versturen',
  sending: 'Code wordt verstuurd…',
  notLoaded:
    'Een deel van dit formulier is niet geladen. Controleer uw verbinding en laad de pagina opnieuw.',
  gap: ' ',

  country: 'Land',
  countryChosen: 'Land: {country}',
  chooseCountry: 'Kies een land',
  countrySearch: 'Zoek op land of landnummer',
  countryNotFound: 'Geen land gevonden.',

  codeLabel: 'Verificatiecode',
  codeHint: {
    sms: 'Voer de code van {length} cijfers in die we naar {to} hebben gestuurd.',
    voice: 'We bellen {to}. Voer de {length} cijfers in die u hoort.',
  },
  verify: 'Bevestigen',
  verifying: 'Code wordt gecontroleerd…',
  resend: 'Opnieuw versturen',
  resendIn: 'Opnieuw versturen over {time}',
  newCode: 'Nieuwe code versturen',
  newCodeIn: 'Nieuwe code over {time}',
  insteadBy: { sms: 'Liever een sms', voice: 'Liever gebeld worden' },
  changeNumber: 'Nummer wijzigen',
  backToCode: 'Terug naar de code',
  newCodeSent: 'Nieuwe code verstuurd.',
  noCodeHelp: 'Nog steeds geen code? Controleer het nummer of verstuur de code opnieuw.',
  delivered: 'Uw provider heeft het bericht ontvangen. Het kan elk moment aankomen.',
  notDelivered: 'De code kon niet worden bezorgd. Controleer het nummer.',
  otherWay: 'U kunt de code ook op een andere manier krijgen.',

  verified: 'Uw nummer is bevestigd.',
  proofExpired: 'De bevestiging is verlopen. Bevestig uw nummer opnieuw.',
  renew: 'Opnieuw bevestigen',

  challenge: 'Bevestig dat u geen robot bent.',
  challengeWaits: 'Voltooi de controle hieronder',
  challengeNotLoaded:
    'De robotcontrole is niet geladen. Misschien houdt een adblocker die tegen. Probeer het opnieuw.',
  challengeTimedOut: 'De robotcontrole duurde te lang. Probeer het opnieuw.',

  offline: 'U bent offline. U kunt verdergaan zodra de verbinding terug is.',
  backOnline: 'U bent weer online.',

  sent: {
    sms: 'Code verstuurd naar {to}. Voer de {length} cijfers in.',
    voice: 'We bellen {to}. Voer de {length} cijfers in die u hoort.',
  },
  resendReady: 'U kunt nu een nieuwe code aanvragen.',
  retryReady: 'U kunt het nu opnieuw proberen.',

  phoneMissing: 'Voer uw telefoonnummer in.',
  countryMissing: 'Kies uw land of begin het nummer met + en het landnummer.',
  phoneTooShort: 'Dit nummer is te kort. Controleer het.',
  phoneTooLong: 'Dit nummer is te lang. Controleer het.',
  phoneNotMobile: 'Dit is geen mobiel nummer. Voer een mobiel nummer in.',
  codeIncomplete: 'Voer alle {length} cijfers van de code in.',
  tryAgainIn: 'U kunt het {when} opnieuw proberen.',
  attemptsLeft: { one: 'Nog één poging.', other: 'Nog {count} pogingen.' },
  errors: {
    invalid_phone: 'Dit is geen mobiel nummer dat een code kan ontvangen. Controleer het.',
    destination_not_allowed: 'We kunnen geen codes sturen naar nummers in dit land.',
    blocked_by_provider:
      'We kunnen op deze manier geen code naar dit nummer sturen. Gebruik een ander nummer.',
    invalid_code_format: 'De code bestaat alleen uit cijfers.',
    incorrect_code: 'Deze code klopt niet. Controleer de cijfers en probeer het opnieuw.',
    too_many_attempts: 'Te veel onjuiste codes.',
    session_expired: 'De code is verlopen. Vraag een nieuwe aan.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Wacht even voordat u het opnieuw probeert.',
    request_in_progress: 'Uw aanvraag wordt nog verwerkt. Probeer het zo meteen opnieuw.',
    delivery_unknown: 'We weten niet of de code is verstuurd. Vraag een nieuwe aan en gebruik die.',
    challenge_failed: 'We konden niet vaststellen dat u geen robot bent. Probeer het opnieuw.',
    network_error: 'Geen verbinding. Controleer uw internetverbinding en probeer het opnieuw.',
    timeout: 'Dit duurt te lang. Probeer het opnieuw.',
    upstream_timeout: 'Dit duurt te lang. Probeer het opnieuw.',
    upstream_error: 'De code kon niet worden verstuurd. Probeer het zo meteen opnieuw.',
    temporarily_unavailable: 'De telefoonbevestiging is op dit moment niet beschikbaar.',
    capacity: 'De telefoonbevestiging is op dit moment niet beschikbaar.',
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
  didYouMean: 'Bedoelt u {number}?',
  codeUnconfirmed: 'Bevestig eerst de code.',
};
