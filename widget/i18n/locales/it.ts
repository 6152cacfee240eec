import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'La conferma telefonica non è configurata correttamente su questo sito. Avvisa il gestore del sito.';
const TRY_LATER = 'Qualcosa è andato storto. Riprova tra un momento.';
const ASK_FOR_NEW_CODE = 'Questo codice non è più valido. Richiedine uno nuovo.';

/** Italian, with `tu`, as Italian services speak to their users. */
export const words: Messages<'one'> = {
  lang: 'it',
  dir: 'ltr',
  control: 'Conferma del numero di telefono',
  required: 'Conferma prima il tuo numero di telefono.',
  phoneLabel: 'Numero di telefono',
  phoneHint: {
    sms: 'Ti invieremo un codice via SMS per confermare il tuo numero.',
    voice: 'Ti chiameremo e ti detteremo un codice.',
  },
  send: 'Invia codice',
  sending: 'Invio del codice…',
  notLoaded:
    'Una parte di questo modulo non è stata caricata. Controlla la connessione e ricarica la pagina.',
  gap: ' ',

  country: 'Paese',
  countryChosen: 'Paese: {country}',
  chooseCountry: 'Scegli un Paese',
  countrySearch: 'Cerca Paese o prefisso',
  countryNotFound: 'Nessun Paese trovato.',

  codeLabel: 'Codice di verifica',
  codeHint: {
    sms: 'Inserisci il codice di {length} cifre che abbiamo inviato al {to}.',
    voice: 'Ti chiamiamo al {to}. Inserisci le {length} cifre che senti.',
  },
  verify: 'Conferma',
  verifying: 'Verifica del codice…',
  resend: 'Invia di nuovo',
  resendIn: 'Invia di nuovo tra {time}',
  newCode: 'Invia un nuovo codice',
  newCodeIn: 'Nuovo codice tra {time}',
  insteadBy: { sms: 'Ricevi un SMS', voice: 'Ricevi una chiamata' },
  changeNumber: 'Cambia numero',
  backToCode: 'Torna al codice',
  newCodeSent: 'Nuovo codice inviato.',
  noCodeHelp: 'Il codice non è ancora arrivato? Controlla il numero o invia di nuovo il codice.',
  delivered: 'Il messaggio è arrivato al tuo operatore. Dovresti riceverlo a momenti.',
  notDelivered: 'Non è stato possibile consegnare il codice. Controlla il numero.',
  otherWay: 'Puoi anche ricevere il codice in un altro modo.',

  verified: 'Il tuo numero è confermato.',
  proofExpired: 'La conferma è scaduta. Conferma di nuovo il tuo numero.',
  renew: 'Conferma di nuovo',

  challenge: 'Conferma di non essere un robot.',
  challengeWaits: 'Completa la verifica qui sotto',
  challengeNotLoaded:
    'La verifica anti-robot non è stata caricata. Forse la blocca un filtro dei contenuti. Riprova.',
  challengeTimedOut: 'La verifica anti-robot ha richiesto troppo tempo. Riprova.',

  offline: 'Sei offline. Potrai continuare quando tornerà la connessione.',
  backOnline: 'Sei di nuovo online.',

  sent: {
    sms: 'Codice inviato al {to}. Inserisci le {length} cifre.',
    voice: 'Ti chiamiamo al {to}. Inserisci le {length} cifre che senti.',
  },
  resendReady: 'Ora puoi richiedere un altro codice.',
  retryReady: 'Ora puoi riprovare.',

  phoneMissing: 'Inserisci il tuo numero di telefono.',
  countryMissing: 'Scegli il tuo Paese o inizia il numero con + e il prefisso internazionale.',
  phoneTooShort: 'Questo numero è troppo corto. Controllalo.',
  phoneTooLong: 'Questo numero è troppo lungo. Controllalo.',
  phoneNotMobile: 'Questo non è un numero di cellulare. Inserisci un numero di cellulare.',
  codeIncomplete: 'Inserisci tutte le {length} cifre del codice.',
  tryAgainIn: 'Potrai riprovare {when}.',
  attemptsLeft: { one: 'Ti resta un tentativo.', other: 'Ti restano {count} tentativi.' },
  errors: {
    invalid_phone: 'Questo non è un numero di cellulare che può ricevere un codice. Controllalo.',
    destination_not_allowed: 'Non possiamo inviare codici ai numeri di questo Paese.',
    blocked_by_provider:
      'Non è possibile inviare il codice a questo numero in questo modo. Usa un altro numero.',
    invalid_code_format: 'Il codice è composto solo da cifre.',
    incorrect_code: 'Questo codice non è corretto. Controlla le cifre e riprova.',
    too_many_attempts: 'Troppi codici errati.',
    session_expired: 'Il codice è scaduto. Richiedine uno nuovo.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Attendi un momento prima di riprovare.',
    request_in_progress: 'La richiesta è ancora in corso. Riprova tra un momento.',
    delivery_unknown:
      'Non sappiamo se il codice è stato inviato. Richiedine uno nuovo e usa quello.',
    challenge_failed: 'Non siamo riusciti a verificare che non sei un robot. Riprova.',
    network_error: 'Nessuna connessione. Controlla la connessione a internet e riprova.',
    timeout: 'Ci vuole troppo tempo. Riprova.',
    upstream_timeout: 'Ci vuole troppo tempo. Riprova.',
    upstream_error: 'Non è stato possibile inviare il codice. Riprova tra un momento.',
    temporarily_unavailable: 'La conferma telefonica non è disponibile al momento.',
    capacity: 'La conferma telefonica non è disponibile al momento.',
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
  didYouMean: 'Intendevi {number}?',
  codeUnconfirmed: 'Conferma prima il codice.',
};
