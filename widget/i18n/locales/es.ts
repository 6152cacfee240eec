import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'La confirmación por teléfono no está bien configurada en este sitio. Avise a su responsable.';
const TRY_LATER = 'Algo ha salido mal. Inténtelo de nuevo en un momento.';
const ASK_FOR_NEW_CODE = 'Este código ya no sirve. Pida uno nuevo.';

/** Spanish, with `usted`. */
export const words: Messages<'one'> = {
  lang: 'es',
  dir: 'ltr',
  control: 'Confirmación del número de teléfono',
  required: 'Confirme primero su número de teléfono.',
  phoneLabel: 'Número de teléfono',
  phoneHint: {
    sms: 'Le enviaremos un código por SMS para confirmar su número.',
    voice: 'Le llamaremos y le leeremos un código.',
  },
  send: 'Enviar código',
  sending: 'Enviando el código…',
  notLoaded:
    'Una parte de este formulario no se ha cargado. Compruebe su conexión y vuelva a cargar la página.',
  gap: ' ',

  country: 'País',
  countryChosen: 'País: {country}',
  chooseCountry: 'Elija un país',
  countrySearch: 'Buscar país o código',
  countryNotFound: 'No se ha encontrado ningún país.',

  codeLabel: 'Código de verificación',
  codeHint: {
    sms: 'Introduzca el código de {length} dígitos que hemos enviado al {to}.',
    voice: 'Estamos llamando al {to}. Introduzca los {length} dígitos que oiga.',
  },
  verify: 'Confirmar',
  verifying: 'Comprobando el código…',
  resend: 'Enviar de nuevo',
  resendIn: 'Enviar de nuevo en {time}',
  newCode: 'Enviar un código nuevo',
  newCodeIn: 'Código nuevo en {time}',
  insteadBy: { sms: 'Recibir un SMS', voice: 'Recibir una llamada' },
  changeNumber: 'Cambiar el número',
  backToCode: 'Volver al código',
  newCodeSent: 'Código nuevo enviado.',
  noCodeHelp: '¿Aún no ha llegado el código? Compruebe el número o envíe el código de nuevo.',
  delivered: 'El mensaje ha llegado a su operador. Debería recibirlo en cualquier momento.',
  notDelivered: 'No se ha podido entregar el código. Compruebe el número.',
  otherWay: 'También puede recibir el código por otra vía.',

  verified: 'Su número está confirmado.',
  proofExpired: 'La confirmación ha caducado. Confirme su número de nuevo.',
  renew: 'Confirmar de nuevo',

  challenge: 'Confirme que no es un robot.',
  challengeWaits: 'Complete la comprobación de abajo',
  challengeNotLoaded:
    'La comprobación de que no es un robot no se ha cargado. Puede que un bloqueador de contenido lo impida. Inténtelo de nuevo.',
  challengeTimedOut:
    'La comprobación de que no es un robot ha tardado demasiado. Inténtelo de nuevo.',

  offline: 'No tiene conexión. Podrá continuar cuando la recupere.',
  backOnline: 'Vuelve a tener conexión.',

  sent: {
    sms: 'Código enviado al {to}. Introduzca los {length} dígitos.',
    voice: 'Estamos llamando al {to}. Introduzca los {length} dígitos que oiga.',
  },
  resendReady: 'Ya puede pedir otro código.',
  retryReady: 'Ya puede intentarlo de nuevo.',

  phoneMissing: 'Introduzca su número de teléfono.',
  countryMissing: 'Elija su país, o empiece el número con + y el código del país.',
  phoneTooShort: 'Este número es demasiado corto. Compruébelo.',
  phoneTooLong: 'Este número es demasiado largo. Compruébelo.',
  phoneNotMobile: 'Este no es un número móvil. Introduzca un número móvil.',
  codeIncomplete: 'Introduzca los {length} dígitos del código.',
  tryAgainIn: 'Podrá intentarlo de nuevo {when}.',
  attemptsLeft: { one: 'Le queda un intento.', other: 'Le quedan {count} intentos.' },
  errors: {
    invalid_phone: 'Este no es un número móvil que pueda recibir un código. Compruébelo.',
    destination_not_allowed: 'No podemos enviar códigos a números de este país.',
    blocked_by_provider:
      'No es posible enviar el código a este número por esta vía. Use otro número.',
    invalid_code_format: 'El código solo contiene dígitos.',
    incorrect_code: 'Este código no es correcto. Compruebe los dígitos e inténtelo de nuevo.',
    too_many_attempts: 'Demasiados códigos incorrectos.',
    session_expired: 'El código ha caducado. Pida uno nuevo.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Espere un momento antes de intentarlo de nuevo.',
    request_in_progress: 'Aún estamos procesando su solicitud. Inténtelo de nuevo en un momento.',
    delivery_unknown: 'No sabemos si se ha enviado el código. Pida uno nuevo y use ese.',
    challenge_failed: 'No hemos podido comprobar que no es un robot. Inténtelo de nuevo.',
    network_error: 'No hay conexión. Compruebe su conexión a internet e inténtelo de nuevo.',
    timeout: 'Está tardando demasiado. Inténtelo de nuevo.',
    upstream_timeout: 'Está tardando demasiado. Inténtelo de nuevo.',
    upstream_error: 'No se ha podido enviar el código. Inténtelo de nuevo en un momento.',
    temporarily_unavailable: 'La confirmación por teléfono no está disponible en este momento.',
    capacity: 'La confirmación por teléfono no está disponible en este momento.',
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
  didYouMean: '¿Quiso decir {number}?',
  codeUnconfirmed: 'Confirme primero el código.',
};
