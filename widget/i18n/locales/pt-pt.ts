import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'A confirmação por telefone não está bem configurada neste site. Avise o responsável pelo site.';
const TRY_LATER = 'Algo correu mal. Tente novamente dentro de momentos.';
const ASK_FOR_NEW_CODE = 'Este código já não é válido. Peça um novo.';

/** Portuguese as it is spoken in Portugal, in the third person. */
export const words: Messages<'one'> = {
  lang: 'pt-PT',
  dir: 'ltr',
  control: 'Confirmação do número de telefone',
  required: 'Confirme primeiro o seu número de telefone.',
  phoneLabel: 'Número de telefone',
  phoneHint: {
    sms: 'Vamos enviar-lhe um código por SMS para confirmar o seu número.',
    voice: 'Vamos ligar-lhe e ler-lhe um código.',
  },
  send: 'Enviar código',
  sending: 'A enviar o código…',
  notLoaded:
    'Uma parte deste formulário não foi carregada. Verifique a sua ligação e recarregue a página.',
  gap: ' ',

  country: 'País',
  countryChosen: 'País: {country}',
  chooseCountry: 'Escolha um país',
  countrySearch: 'Procurar país ou indicativo',
  countryNotFound: 'Nenhum país encontrado.',

  codeLabel: 'Código de verificação',
  codeHint: {
    sms: 'Introduza o código de {length} dígitos que enviámos para {to}.',
    voice: 'Estamos a ligar para {to}. Introduza os {length} dígitos que ouvir.',
  },
  verify: 'Confirmar',
  verifying: 'A verificar o código…',
  resend: 'Enviar novamente',
  resendIn: 'Enviar novamente dentro de {time}',
  newCode: 'Enviar um novo código',
  newCodeIn: 'Novo código dentro de {time}',
  insteadBy: { sms: 'Receber um SMS', voice: 'Receber uma chamada' },
  changeNumber: 'Alterar o número',
  backToCode: 'Voltar ao código',
  newCodeSent: 'Novo código enviado.',
  noCodeHelp: 'O código ainda não chegou? Verifique o número ou envie o código novamente.',
  delivered: 'A mensagem chegou à sua operadora. Deve recebê-la a qualquer momento.',
  notDelivered: 'Não foi possível entregar o código. Verifique o número.',
  otherWay: 'Também pode receber o código por outro meio.',

  verified: 'O seu número está confirmado.',
  proofExpired: 'A confirmação expirou. Confirme novamente o seu número.',
  renew: 'Confirmar novamente',

  challenge: 'Confirme que não é um robô.',
  challengeWaits: 'Conclua a verificação abaixo',
  challengeNotLoaded:
    'A verificação de que não é um robô não foi carregada. Talvez um bloqueador de conteúdos a impeça. Tente novamente.',
  challengeTimedOut: 'A verificação de que não é um robô demorou demasiado. Tente novamente.',

  offline: 'Está sem ligação à internet. Poderá continuar quando a ligação voltar.',
  backOnline: 'A sua ligação voltou.',

  sent: {
    sms: 'Código enviado para {to}. Introduza os {length} dígitos.',
    voice: 'Estamos a ligar para {to}. Introduza os {length} dígitos que ouvir.',
  },
  resendReady: 'Já pode pedir outro código.',
  retryReady: 'Já pode tentar novamente.',

  phoneMissing: 'Introduza o seu número de telefone.',
  countryMissing: 'Escolha o seu país ou comece o número com + e o indicativo do país.',
  phoneTooShort: 'Este número é demasiado curto. Verifique-o.',
  phoneTooLong: 'Este número é demasiado longo. Verifique-o.',
  phoneNotMobile: 'Este não é um número de telemóvel. Introduza um número de telemóvel.',
  codeIncomplete: 'Introduza todos os {length} dígitos do código.',
  tryAgainIn: 'Poderá tentar novamente {when}.',
  attemptsLeft: { one: 'Resta uma tentativa.', other: 'Restam {count} tentativas.' },
  errors: {
    invalid_phone: 'Este não é um número de telemóvel que possa receber um código. Verifique-o.',
    destination_not_allowed: 'Não podemos enviar códigos para números deste país.',
    blocked_by_provider:
      'Não é possível enviar o código para este número por este meio. Utilize outro número.',
    invalid_code_format: 'O código contém apenas dígitos.',
    incorrect_code: 'Este código não está correto. Verifique os dígitos e tente novamente.',
    too_many_attempts: 'Demasiados códigos incorretos.',
    session_expired: 'O código expirou. Peça um novo.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Aguarde um momento antes de tentar novamente.',
    request_in_progress:
      'O seu pedido ainda está a ser processado. Tente novamente dentro de momentos.',
    delivery_unknown: 'Não sabemos se o código foi enviado. Peça um novo e use esse.',
    challenge_failed: 'Não conseguimos verificar que não é um robô. Tente novamente.',
    network_error: 'Sem ligação. Verifique a sua ligação à internet e tente novamente.',
    timeout: 'Está a demorar demasiado. Tente novamente.',
    upstream_timeout: 'Está a demorar demasiado. Tente novamente.',
    upstream_error: 'Não foi possível enviar o código. Tente novamente dentro de momentos.',
    temporarily_unavailable: 'A confirmação por telefone não está disponível neste momento.',
    capacity: 'A confirmação por telefone não está disponível neste momento.',
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
  didYouMean: 'Queria dizer {number}?',
  codeUnconfirmed: 'Confirme primeiro o código.',
};
