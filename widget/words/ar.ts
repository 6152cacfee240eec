import type { Words } from './words.ts';

const NOT_SET_UP = 'لم يُضبط تأكيد رقم الهاتف على نحو صحيح في هذا الموقع. يرجى إبلاغ صاحب الموقع.';
const TRY_LATER = 'لم ينجح ذلك. يرجى المحاولة مرة أخرى بعد لحظات.';
const ASK_FOR_NEW_CODE = 'لم يعد هذا الرمز صالحًا. يرجى طلب رمز جديد.';

/** Arabic, in the standard language. `يرجى` asks politely and of anybody, without choosing between man and woman. */
export const words: Words<'zero' | 'one' | 'two' | 'few' | 'many'> = {
  lang: 'ar',
  dir: 'rtl',
  control: 'تأكيد رقم الهاتف',
  required: 'يرجى تأكيد رقم هاتفك أولًا.',
  phoneLabel: 'رقم الهاتف',
  phoneHint: { sms: 'سنرسل إليك رمزًا في رسالة نصية لتأكيده.', voice: 'سنتصل بك ونقرأ لك رمزًا.' },
  send: 'إرسال الرمز',
  sending: 'جارٍ إرسال الرمز…',
  notLoaded: 'لم يُحمَّل جزء من هذا النموذج. يرجى التحقق من الاتصال وإعادة تحميل الصفحة.',
  gap: ' ',

  country: 'البلد',
  countryChosen: 'البلد: {country}',
  chooseCountry: 'اختيار البلد',
  countrySearch: 'البحث عن بلد أو رمز',
  countryNotFound: 'لم يُعثر على أي بلد.',

  codeLabel: 'الرمز',
  codeHint: {
    sms: {
      zero: 'يرجى إدخال الرمز الذي أرسلناه إلى {to}.',
      one: 'يرجى إدخال الرمز المكوَّن من رقم واحد الذي أرسلناه إلى {to}.',
      two: 'يرجى إدخال الرمز المكوَّن من رقمين الذي أرسلناه إلى {to}.',
      few: 'يرجى إدخال الرمز المكوَّن من {length} أرقام الذي أرسلناه إلى {to}.',
      many: 'يرجى إدخال الرمز المكوَّن من {length} رقمًا الذي أرسلناه إلى {to}.',
      other: 'يرجى إدخال الرمز المكوَّن من {length} رقم الذي أرسلناه إلى {to}.',
    },
    voice: 'يرجى إدخال الأرقام التي نقرؤها لك في المكالمة مع {to}، وعددها {length}.',
  },
  verify: 'تأكيد',
  verifying: 'جارٍ التحقق من الرمز…',
  resend: 'إعادة الإرسال',
  resendIn: 'إعادة الإرسال بعد {time}',
  newCode: 'إرسال رمز جديد',
  newCodeIn: 'رمز جديد بعد {time}',
  insteadBy: { sms: 'أفضّل رسالة نصية', voice: 'أفضّل مكالمة' },
  changeNumber: 'تغيير الرقم',
  noCodeHelp:
    'لم يصل الرمز بعد؟ يرجى التحقق من صحة الرقم والانتظار دقيقة. يمكنك بعد ذلك إعادة الإرسال.',
  delivered: 'وصلت الرسالة إلى شبكة هاتفك، ومن المفترض أن تصلك في أي لحظة.',
  notDelivered: 'تعذّر تسليم الرمز. يرجى التحقق من الرقم.',
  otherWay: 'يمكنك أيضًا اختيار طريقة أخرى.',

  verified: 'تم تأكيد رقمك.',
  proofExpired: 'انتهت صلاحية التأكيد. يرجى تأكيد رقمك مرة أخرى.',
  renew: 'التأكيد مرة أخرى',

  challenge: 'يرجى تأكيد أنك لست روبوتًا.',
  challengeNotLoaded:
    'لم يُحمَّل التحقق من أنك لست روبوتًا. ربما تمنعه أداة لحظر المحتوى. يرجى المحاولة مرة أخرى.',
  challengeTimedOut: 'استغرق التحقق من أنك لست روبوتًا وقتًا طويلًا. يرجى المحاولة مرة أخرى.',

  offline: 'لا يوجد اتصال بالإنترنت. يمكنك المتابعة عند عودة الاتصال.',
  backOnline: 'عاد الاتصال بالإنترنت.',

  sent: {
    sms: 'أُرسل الرمز إلى {to}. يرجى إدخال أرقامه، وعددها {length}.',
    voice: 'نتصل الآن بالرقم {to}. يرجى إدخال الأرقام التي تسمعها، وعددها {length}.',
  },
  resendReady: 'يمكنك الآن طلب رمز آخر.',
  retryReady: 'يمكنك الآن المحاولة مرة أخرى.',

  phoneMissing: 'يرجى إدخال رقم هاتفك.',
  countryMissing: 'يرجى اختيار بلدك، أو بدء الرقم بعلامة + ثم رمز البلد.',
  phoneTooShort: 'هذا الرقم قصير جدًا. يرجى التحقق منه.',
  phoneTooLong: 'هذا الرقم طويل جدًا. يرجى التحقق منه.',
  phoneNotMobile: 'هذا ليس رقم هاتف محمول. يرجى إدخال رقم هاتف محمول.',
  codeIncomplete: 'يرجى إدخال أرقام الرمز كلها، وعددها {length}.',
  tryAgainIn: 'ستتمكن من المحاولة مرة أخرى {when}.',
  attemptsLeft: {
    zero: 'لم تبقَ أي محاولة.',
    one: 'بقيت محاولة واحدة.',
    two: 'بقيت محاولتان.',
    few: 'بقيت {count} محاولات.',
    many: 'بقيت {count} محاولة.',
    other: 'بقيت {count} محاولة.',
  },
  errors: {
    invalid_phone: 'هذا ليس رقم هاتف محمول يمكنه استقبال رمز. يرجى التحقق منه.',
    destination_not_allowed: 'لا يمكننا إرسال رموز إلى أرقام هذا البلد.',
    blocked_by_provider: 'لا يمكن أن يصل الرمز إلى هذا الرقم بهذه الطريقة. يرجى استخدام رقم آخر.',
    invalid_code_format: 'يتكوّن الرمز من أرقام فقط.',
    incorrect_code: 'هذا الرمز غير صحيح. يرجى مراجعة الأرقام والمحاولة مرة أخرى.',
    too_many_attempts: 'أُدخلت رموز خاطئة كثيرة.',
    session_expired: 'انتهت صلاحية الرمز. يرجى طلب رمز جديد.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'من المبكر إجراء محاولة أخرى.',
    request_in_progress: 'ما زلنا نعمل على طلبك. يرجى المحاولة مرة أخرى بعد لحظات.',
    delivery_unknown: 'لا نعلم هل أُرسل الرمز أم لا. يرجى طلب رمز جديد واستخدامه.',
    challenge_failed: 'لم نتمكن من التحقق من أنك لست روبوتًا. يرجى المحاولة مرة أخرى.',
    network_error: 'لا يوجد اتصال. يرجى التحقق من اتصالك بالإنترنت والمحاولة مرة أخرى.',
    timeout: 'استغرق الرد وقتًا طويلًا. يرجى المحاولة مرة أخرى.',
    upstream_timeout: 'استغرق الرد وقتًا طويلًا. يرجى المحاولة مرة أخرى.',
    upstream_error: 'تعذّر إرسال الرمز. يرجى المحاولة مرة أخرى بعد لحظات.',
    temporarily_unavailable: 'تأكيد رقم الهاتف غير متاح حاليًا.',
    capacity: 'تأكيد رقم الهاتف غير متاح حاليًا.',
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
  didYouMean: 'هل تقصد {number}؟',
  codeUnconfirmed: 'يرجى تأكيد الرمز أولًا.',
};
