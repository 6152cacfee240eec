import type { Messages } from '../messages.ts';

const NOT_SET_UP = 'Telefon onayı bu sitede doğru ayarlanmamış. Lütfen site sahibine bildirin.';
const TRY_LATER = 'Bir sorun oluştu. Lütfen birazdan tekrar deneyin.';
const ASK_FOR_NEW_CODE = 'Bu kod artık kullanılamaz. Yeni bir kod isteyin.';

/** Turkish, with `siz`; buttons are in the short imperative of buttons. */
export const words: Messages<'one'> = {
  lang: 'tr',
  dir: 'ltr',
  control: 'Telefon numarası onayı',
  required: 'Önce telefon numaranızı onaylayın.',
  phoneLabel: 'Telefon numarası',
  phoneHint: {
    sms: 'Numaranızı onaylamak için size SMS ile bir kod göndereceğiz.',
    voice: 'Sizi arayıp bir kod okuyacağız.',
  },
  send: 'Kod gönder',
  sending: 'Kod gönderiliyor…',
  notLoaded: 'Bu formun bir bölümü yüklenemedi. Bağlantınızı kontrol edip sayfayı yenileyin.',
  gap: ' ',

  country: 'Ülke',
  countryChosen: 'Ülke: {country}',
  chooseCountry: 'Ülke seçin',
  countrySearch: 'Ülke veya kod arayın',
  countryNotFound: 'Ülke bulunamadı.',

  codeLabel: 'Onay kodu',
  codeHint: {
    sms: '{to} numarasına gönderdiğimiz {length} haneli kodu girin.',
    voice: '{to} numarasını arıyoruz. Duyduğunuz {length} rakamı girin.',
  },
  verify: 'Onayla',
  verifying: 'Kod kontrol ediliyor…',
  resend: 'Yeniden gönder',
  resendIn: '{time} sonra yeniden gönder',
  newCode: 'Yeni kod gönder',
  newCodeIn: '{time} sonra yeni kod',
  insteadBy: { sms: 'Bunun yerine SMS gönder', voice: 'Bunun yerine beni ara' },
  changeNumber: 'Numarayı değiştir',
  backToCode: 'Koda dön',
  newCodeSent: 'Yeni kod gönderildi.',
  noCodeHelp: 'Kod hâlâ gelmedi mi? Numarayı kontrol edin veya kodu yeniden gönderin.',
  delivered: 'Mesaj operatörünüze ulaştı. Birazdan telefonunuza gelir.',
  notDelivered: 'Kod iletilemedi. Numarayı kontrol edin.',
  otherWay: 'Kodu başka bir yolla da alabilirsiniz.',

  verified: 'Numaranız onaylandı.',
  proofExpired: 'Onayın süresi doldu. Numaranızı yeniden onaylayın.',
  renew: 'Yeniden onayla',

  challenge: 'Lütfen robot olmadığınızı onaylayın.',
  challengeWaits: 'Aşağıdaki kontrolü tamamlayın',
  challengeNotLoaded:
    'Robot olmadığınıza dair kontrol yüklenemedi. Bir içerik engelleyici buna yol açmış olabilir. Lütfen tekrar deneyin.',
  challengeTimedOut: 'Robot olmadığınıza dair kontrol çok uzun sürdü. Lütfen tekrar deneyin.',

  offline: 'Çevrimdışısınız. Bağlantı geri geldiğinde devam edebilirsiniz.',
  backOnline: 'Yeniden çevrimiçisiniz.',

  sent: {
    sms: 'Kod {to} numarasına gönderildi. {length} haneli kodu girin.',
    voice: '{to} numarasını arıyoruz. Duyduğunuz {length} rakamı girin.',
  },
  resendReady: 'Artık yeni bir kod isteyebilirsiniz.',
  retryReady: 'Artık tekrar deneyebilirsiniz.',

  phoneMissing: 'Telefon numaranızı girin.',
  countryMissing: 'Ülkenizi seçin veya numaraya + ve ülke koduyla başlayın.',
  phoneTooShort: 'Bu numara çok kısa. Lütfen kontrol edin.',
  phoneTooLong: 'Bu numara çok uzun. Lütfen kontrol edin.',
  phoneNotMobile: 'Bu bir cep telefonu numarası değil. Lütfen bir cep telefonu numarası girin.',
  codeIncomplete: 'Kodun {length} hanesinin tamamını girin.',
  tryAgainIn: '{when} tekrar deneyebilirsiniz.',
  attemptsLeft: { one: 'Bir deneme hakkınız kaldı.', other: '{count} deneme hakkınız kaldı.' },
  errors: {
    invalid_phone: 'Bu, kod alabilecek bir cep telefonu numarası değil. Lütfen kontrol edin.',
    destination_not_allowed: 'Bu ülkenin numaralarına kod gönderemiyoruz.',
    blocked_by_provider:
      'Bu numaraya bu yolla kod gönderemiyoruz. Lütfen başka bir numara kullanın.',
    invalid_code_format: 'Kod yalnızca rakamlardan oluşur.',
    incorrect_code: 'Bu kod doğru değil. Rakamları kontrol edip tekrar deneyin.',
    too_many_attempts: 'Çok fazla yanlış kod girildi.',
    session_expired: 'Kodun süresi doldu. Yeni bir kod isteyin.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Lütfen tekrar denemeden önce biraz bekleyin.',
    request_in_progress: 'İsteğiniz hâlâ işleniyor. Lütfen birazdan tekrar deneyin.',
    delivery_unknown:
      'Kodun gönderilip gönderilmediğini bilmiyoruz. Yeni bir kod isteyin ve onu kullanın.',
    challenge_failed: 'Robot olmadığınızı doğrulayamadık. Lütfen tekrar deneyin.',
    network_error: 'Bağlantı yok. İnternet bağlantınızı kontrol edip tekrar deneyin.',
    timeout: 'Bu çok uzun sürüyor. Lütfen tekrar deneyin.',
    upstream_timeout: 'Bu çok uzun sürüyor. Lütfen tekrar deneyin.',
    upstream_error: 'Kod gönderilemedi. Lütfen birazdan tekrar deneyin.',
    temporarily_unavailable: 'Telefon onayı şu anda kullanılamıyor.',
    capacity: 'Telefon onayı şu anda kullanılamıyor.',
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
  didYouMean: 'Şunu mu demek istediniz: {number}?',
  codeUnconfirmed: 'Önce kodu onaylayın.',
};
