import type { Messages } from '../messages.ts';

const NOT_SET_UP =
  'このサイトでは電話番号の確認が正しく設定されていません。サイトの所有者にお知らせください。';
const TRY_LATER = 'うまくいきませんでした。しばらくしてからもう一度お試しください。';
const ASK_FOR_NEW_CODE = 'このコードはもう使用できません。新しいコードをリクエストしてください。';

/** Japanese, in the polite form. The full stop is as wide as a character and brings its own space. */
export const words: Messages = {
  lang: 'ja',
  dir: 'ltr',
  control: '電話番号の確認',
  required: '先に電話番号を確認してください。',
  phoneLabel: '電話番号',
  phoneHint: {
    sms: '確認のため、SMSでコードをお送りします。',
    voice: 'お電話で確認コードをお伝えします。',
  },
  send: 'コードを送信',
  sending: 'コードを送信しています…',
  notLoaded: 'フォームの一部を読み込めませんでした。接続を確認し、ページを再読み込みしてください。',
  gap: '',

  country: '国・地域',
  countryChosen: '国・地域：{country}',
  chooseCountry: '国・地域を選択',
  countrySearch: '国・地域名または国番号を検索',
  countryNotFound: '該当する国・地域がありません。',

  codeLabel: '確認コード',
  codeHint: {
    sms: '{to} に送信した{length}桁のコードを入力してください。',
    voice: '{to} にお電話しています。お電話でお伝えする{length}桁の数字を入力してください。',
  },
  verify: '確認する',
  verifying: 'コードを確認しています…',
  resend: '再送信',
  resendIn: '{time} 後に再送信',
  newCode: '新しいコードを送信',
  newCodeIn: '{time} 後に新しいコードを送信',
  insteadBy: { sms: '代わりにSMSで受け取る', voice: '代わりに電話で受け取る' },
  changeNumber: '番号を変更',
  backToCode: 'コードの入力に戻る',
  newCodeSent: '新しいコードを送信しました。',
  noCodeHelp: 'コードが届きませんか？番号を確認するか、再送信してください。',
  delivered: 'メッセージは携帯電話会社に届きました。まもなくお手元に届きます。',
  notDelivered: 'コードを届けられませんでした。番号をご確認ください。',
  otherWay: '別の方法でコードを受け取ることもできます。',

  verified: '電話番号を確認しました。',
  proofExpired: '確認の有効期限が切れました。もう一度電話番号を確認してください。',
  renew: 'もう一度確認する',

  challenge: 'ロボットではないことを確認してください。',
  challengeWaits: '下の確認を完了してください',
  challengeNotLoaded:
    'ロボットではないことの確認を読み込めませんでした。コンテンツブロッカーが原因かもしれません。もう一度お試しください。',
  challengeTimedOut: 'ロボットではないことの確認に時間がかかりすぎました。もう一度お試しください。',

  offline: 'オフラインです。接続が戻ると続けられます。',
  backOnline: 'オンラインに戻りました。',

  sent: {
    sms: '{to} にコードを送信しました。{length}桁の数字を入力してください。',
    voice: '{to} にお電話しています。お電話でお伝えする{length}桁の数字を入力してください。',
  },
  resendReady: '新しいコードをリクエストできるようになりました。',
  retryReady: 'もう一度お試しいただけます。',

  phoneMissing: '電話番号を入力してください。',
  countryMissing: '国・地域を選択するか、「+」と国番号から始まる番号を入力してください。',
  phoneTooShort: 'この番号は短すぎます。ご確認ください。',
  phoneTooLong: 'この番号は長すぎます。ご確認ください。',
  phoneNotMobile: '携帯電話の番号ではありません。携帯電話の番号を入力してください。',
  codeIncomplete: 'コードの{length}桁をすべて入力してください。',
  tryAgainIn: '{when}にもう一度お試しいただけます。',
  attemptsLeft: { other: 'あと{count}回お試しいただけます。' },
  errors: {
    invalid_phone: 'コードを受け取れる携帯電話の番号ではありません。ご確認ください。',
    destination_not_allowed: 'この国・地域の番号にはコードを送信できません。',
    blocked_by_provider:
      'この方法では、この番号にコードを送信できません。別の番号をご利用ください。',
    invalid_code_format: 'コードは数字のみです。',
    incorrect_code: 'コードが正しくありません。数字を確認して、もう一度お試しください。',
    too_many_attempts: '誤ったコードの入力が多すぎます。',
    session_expired: 'コードの有効期限が切れました。新しいコードをリクエストしてください。',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: '少し待ってから、もう一度お試しください。',
    request_in_progress: 'まだ処理中です。しばらくしてからもう一度お試しください。',
    delivery_unknown:
      'コードが送信されたかどうか確認できません。新しいコードを送信し、そちらを入力してください。',
    challenge_failed: 'ロボットではないことを確認できませんでした。もう一度お試しください。',
    network_error: '接続がありません。インターネット接続を確認して、もう一度お試しください。',
    timeout: '時間がかかりすぎています。もう一度お試しください。',
    upstream_timeout: '時間がかかりすぎています。もう一度お試しください。',
    upstream_error: 'コードを送信できませんでした。しばらくしてからもう一度お試しください。',
    temporarily_unavailable: '電話番号の確認は現在ご利用いただけません。',
    capacity: '電話番号の確認は現在ご利用いただけません。',
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
  didYouMean: '{number} でしょうか？',
  codeUnconfirmed: '先にコードを確認してください。',
};
