import type { Words } from './words.ts';

const NOT_SET_UP =
  'A confirmação por telefone não está configurada corretamente neste site. Avise o responsável pelo site.';
const TRY_LATER = 'Não funcionou. Tente novamente em instantes.';
const ASK_FOR_NEW_CODE = 'Este código não vale mais. Peça um novo.';

/** Portuguese as it is spoken in Brazil, with `você`. */
export const words: Words<'one'> = {
  lang: 'pt',
  dir: 'ltr',
  control: 'Confirmação do número de telefone',
  required: 'Confirme seu número de telefone primeiro.',
  phoneLabel: 'Número de telefone',
  phoneHint: {
    sms: 'Enviaremos um código por SMS para confirmá-lo.',
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

  codeLabel: 'Código',
  codeHint: {
    sms: 'Digite o código de {length} dígitos que enviamos para {to}.',
    voice: 'Digite os {length} dígitos que lemos na ligação para {to}.',
  },
  verify: 'Confirmar',
  verifying: 'Verificando o código…',
  resend: 'Enviar novamente',
  resendIn: 'Enviar novamente em {time}',
  newCode: 'Enviar um novo código',
  newCodeIn: 'Novo código em {time}',
  insteadBy: { sms: 'Prefiro um SMS', voice: 'Prefiro uma ligação' },
  changeNumber: 'Alterar o número',
  noCodeHelp:
    'O código ainda não chegou? Verifique se o número está certo e aguarde um minuto. Depois, envie novamente.',
  delivered: 'A mensagem chegou à sua operadora. Você deve recebê-la a qualquer momento.',
  notDelivered: 'Não foi possível entregar o código. Verifique o número.',
  otherWay: 'Você também pode escolher outro meio.',

  verified: 'Seu número está confirmado.',
  proofExpired: 'A confirmação expirou. Confirme seu número novamente.',
  renew: 'Confirmar novamente',

  challenge: 'Confirme que você não é um robô.',
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
      'O código não consegue chegar a este número por este meio. Use outro número.',
    invalid_code_format: 'O código tem apenas números.',
    incorrect_code: 'Este código não está correto. Confira os dígitos e tente novamente.',
    too_many_attempts: 'Códigos errados demais.',
    session_expired: 'O código expirou. Peça um novo.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'É cedo demais para outra tentativa.',
    request_in_progress: 'Ainda estamos trabalhando nisso. Tente novamente em instantes.',
    delivery_unknown: 'Não sabemos se o código foi enviado. Peça um novo e use esse.',
    challenge_failed: 'Não conseguimos verificar que você não é um robô. Tente novamente.',
    network_error: 'Sem conexão. Verifique sua conexão com a internet e tente novamente.',
    timeout: 'A resposta demorou demais. Tente novamente.',
    upstream_timeout: 'A resposta demorou demais. Tente novamente.',
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
