import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'A confirmação por telefone não está configurada corretamente neste site. Avise o responsável pelo site.';
const TRY_LATER = 'Algo deu errado. Tente novamente em instantes.';
const ASK_FOR_NEW_CODE = 'Este código não é mais válido. Peça um novo.';

/** Portuguese as it is spoken in Brazil, with `você`. */
export const words: Messages<'one'> = {
  lang: 'pt',
  dir: 'ltr',
  control: 'Confirmação do número de telefone',
  required: 'Confirme seu número de telefone primeiro.',
  phoneLabel: 'Número de telefone',
  phoneHint: {
    sms: 'Enviaremos um código por SMS para confirmar seu número.',
    voice: 'Ligaremos para você e leremos um código.',
  },
  send: 'Enviar código',
  sending: 'Enviando o código…',
  notLoaded:
    'Uma parte deste formulário não foi carregada. Verifique sua conexão e recarregue a página.',
  gap: ' ',

  country: 'País',
  countryChosen: 'País: {country}',
  chooseCountry: 'Escolha um país',
  countrySearch: 'Buscar país ou código',
  countryNotFound: 'Nenhum país encontrado.',

  codeLabel: 'Código de verificação',
  codeHint: {
    sms: 'Digite o código de {length} dígitos que enviamos para {to}.',
    voice: 'Estamos ligando para {to}. Digite os {length} dígitos que você ouvir.',
  },
  verify: 'Confirmar',
  verifying: 'Verificando o código…',
  resend: 'Enviar novamente',
  resendIn: 'Enviar novamente em {time}',
  newCode: 'Enviar um novo código',
  newCodeIn: 'Novo código em {time}',
  insteadBy: { sms: 'Receber um SMS', voice: 'Receber uma ligação' },
  changeNumber: 'Alterar o número',
  backToCode: 'Voltar ao código',
  newCodeSent: 'Novo código enviado.',
  noCodeHelp: 'O código ainda não chegou? Verifique o número ou envie o código novamente.',
  delivered: 'A mensagem chegou à sua operadora. Você deve recebê-la a qualquer momento.',
  notDelivered: 'Não foi possível entregar o código. Verifique o número.',
  otherWay: 'Você também pode receber o código por outro meio.',

  verified: 'Seu número está confirmado.',
  proofExpired: 'A confirmação expirou. Confirme seu número novamente.',
  renew: 'Confirmar novamente',

  challenge: 'Confirme que você não é um robô.',
  challengeWaits: 'Conclua a verificação abaixo',
  challengeNotLoaded:
    'A verificação de que você não é um robô não foi carregada. Talvez um bloqueador de conteúdo a impeça. Tente novamente.',
  challengeTimedOut: 'A verificação de que você não é um robô demorou demais. Tente novamente.',

  offline: 'Você está sem conexão. Poderá continuar quando ela voltar.',
  backOnline: 'Sua conexão voltou.',

  sent: {
    sms: 'Código enviado para {to}. Digite os {length} dígitos.',
    voice: 'Estamos ligando para {to}. Digite os {length} dígitos que você ouvir.',
  },
  resendReady: 'Agora você pode pedir outro código.',
  retryReady: 'Agora você pode tentar novamente.',

  phoneMissing: 'Digite seu número de telefone.',
  countryMissing: 'Escolha seu país ou comece o número com + e o código do país.',
  phoneTooShort: 'Este número é curto demais. Verifique-o.',
  phoneTooLong: 'Este número é longo demais. Verifique-o.',
  phoneNotMobile: 'Este não é um número de celular. Digite um número de celular.',
  codeIncomplete: 'Digite todos os {length} dígitos do código.',
  tryAgainIn: 'Você poderá tentar novamente {when}.',
  attemptsLeft: { one: 'Resta {count} tentativa.', other: 'Restam {count} tentativas.' },
  errors: {
    invalid_phone: 'Este não é um número de celular que possa receber um código. Verifique-o.',
    destination_not_allowed: 'Não podemos enviar códigos para números deste país.',
    blocked_by_provider:
      'Não é possível enviar o código a este número por este meio. Use outro número.',
    invalid_code_format: 'O código contém apenas dígitos.',
    incorrect_code: 'Este código não está correto. Confira os dígitos e tente novamente.',
    too_many_attempts: 'Muitos códigos incorretos.',
    session_expired: 'O código expirou. Peça um novo.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Aguarde um momento antes de tentar novamente.',
    request_in_progress:
      'Sua solicitação ainda está sendo processada. Tente novamente em instantes.',
    delivery_unknown: 'Não sabemos se o código foi enviado. Peça um novo e use esse.',
    challenge_failed: 'Não conseguimos verificar que você não é um robô. Tente novamente.',
    network_error: 'Sem conexão. Verifique sua conexão com a internet e tente novamente.',
    timeout: 'Está demorando demais. Tente novamente.',
    upstream_timeout: 'Está demorando demais. Tente novamente.',
    upstream_error: 'Não foi possível enviar o código. Tente novamente em instantes.',
    temporarily_unavailable: 'A confirmação por telefone não está disponível no momento.',
    capacity: 'A confirmação por telefone não está disponível no momento.',
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
  didYouMean: 'Você quis dizer {number}?',
  codeUnconfirmed: 'Confirme o código primeiro.',
};
