import type { Words } from './words.ts';

const NOT_SET_UP = 'אימות מספר הטלפון אינו מוגדר כראוי באתר הזה. נא להודיע לבעלי האתר.';
const TRY_LATER = 'הפעולה לא הצליחה. נא לנסות שוב בעוד רגע.';
const ASK_FOR_NEW_CODE = 'אי אפשר עוד להשתמש בקוד הזה. נא לבקש קוד חדש.';

/** Hebrew. `יש` and `נא` with the infinitive ask politely and of anybody, without choosing between man and woman. */
export const words: Words<'one' | 'two'> = {
  lang: 'he',
  dir: 'rtl',
  control: 'אימות מספר הטלפון',
  required: 'יש לאמת תחילה את מספר הטלפון.',
  phoneLabel: 'מספר טלפון',
  phoneHint: { sms: 'נשלח אליך מסרון עם קוד כדי לאמת אותו.', voice: 'נתקשר אליך ונקריא קוד.' },
  send: 'שליחת קוד',
  sending: 'שליחת הקוד מתבצעת…',
  notLoaded: 'חלק מהטופס לא נטען. יש לבדוק את החיבור ולטעון את הדף מחדש.',
  gap: ' ',

  country: 'מדינה',
  countryChosen: 'מדינה: {country}',
  chooseCountry: 'בחירת מדינה',
  countrySearch: 'חיפוש מדינה או קידומת',
  countryNotFound: 'לא נמצאה מדינה.',

  codeLabel: 'קוד',
  codeHint: {
    sms: 'יש להזין את הקוד בן {length} הספרות ששלחנו אל {to}.',
    voice: 'יש להזין את {length} הספרות שהקראנו בשיחה אל {to}.',
  },
  verify: 'אימות',
  verifying: 'בדיקת הקוד מתבצעת…',
  resend: 'שליחה חוזרת',
  resendIn: 'שליחה חוזרת בעוד {time}',
  newCode: 'שליחת קוד חדש',
  newCodeIn: 'קוד חדש בעוד {time}',
  insteadBy: { sms: 'עדיף במסרון', voice: 'עדיף בשיחה' },
  changeNumber: 'שינוי המספר',
  noCodeHelp: 'הקוד עדיין לא הגיע? יש לבדוק שהמספר נכון ולהמתין דקה. לאחר מכן אפשר לשלוח אותו שוב.',
  delivered: 'ההודעה הגיעה לרשת הסלולרית שלך. היא אמורה להתקבל בכל רגע.',
  notDelivered: 'לא ניתן היה למסור את ההודעה. נא לבדוק את המספר או לבחור דרך אחרת.',

  verified: 'המספר שלך אומת.',
  proofExpired: 'תוקף האימות פג. יש לאמת את המספר שוב.',
  renew: 'אימות מחדש',

  challenge: 'נא לאשר שאינך רובוט.',
  challengeNotLoaded: 'הבדיקה שאינך רובוט לא נטענה. ייתכן שחוסם תוכן מונע זאת. נא לנסות שוב.',
  challengeTimedOut: 'הבדיקה שאינך רובוט ארכה יותר מדי זמן. נא לנסות שוב.',

  offline: 'אין חיבור לאינטרנט. אפשר להמשיך כשהחיבור יחזור.',
  backOnline: 'החיבור לאינטרנט חזר.',

  sent: {
    sms: 'הקוד נשלח אל {to}. יש להזין את {length} הספרות שלו.',
    voice: 'אנחנו מתקשרים אל {to}. יש להזין את {length} הספרות שנקריא בשיחה.',
  },
  resendReady: 'אפשר לבקש עכשיו קוד נוסף.',
  retryReady: 'אפשר לנסות שוב עכשיו.',

  phoneMissing: 'יש להזין את מספר הטלפון.',
  countryMissing: 'יש לבחור מדינה, או להתחיל את המספר בסימן + ובקידומת המדינה.',
  phoneTooShort: 'המספר קצר מדי. נא לבדוק אותו.',
  phoneTooLong: 'המספר ארוך מדי. נא לבדוק אותו.',
  phoneNotMobile: 'זה אינו מספר של טלפון נייד. נא להזין מספר נייד.',
  codeIncomplete: 'יש להזין את כל {length} הספרות של הקוד.',
  tryAgainIn: 'אפשר יהיה לנסות שוב {when}.',
  attemptsLeft: {
    one: 'נותר ניסיון אחד.',
    two: 'נותרו שני ניסיונות.',
    other: 'נותרו {count} ניסיונות.',
  },
  errors: {
    invalid_phone: 'זה אינו מספר נייד שיכול לקבל קוד. נא לבדוק אותו.',
    destination_not_allowed: 'איננו יכולים לשלוח קודים למספרים במדינה הזאת.',
    blocked_by_provider: 'הקוד אינו יכול להגיע למספר הזה בדרך הזאת. נא לבחור דרך אחרת או מספר אחר.',
    invalid_code_format: 'הקוד מורכב מספרות בלבד.',
    incorrect_code: 'הקוד אינו נכון. נא לבדוק את ההודעה ולנסות שוב.',
    too_many_attempts: 'יותר מדי קודים שגויים.',
    session_expired: 'תוקף הקוד פג. נא לבקש קוד חדש.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'יותר מדי ניסיונות בזמן קצר.',
    request_in_progress: 'אנחנו עדיין מטפלים בבקשה. נא לנסות שוב בעוד רגע.',
    delivery_unknown: 'איננו יודעים אם הקוד נשלח. נא לבקש קוד חדש ולהשתמש בו.',
    challenge_failed: 'לא הצלחנו לוודא שאינך רובוט. נא לנסות שוב.',
    network_error: 'אין חיבור. נא לבדוק את החיבור לאינטרנט ולנסות שוב.',
    timeout: 'התשובה התעכבה יותר מדי. נא לנסות שוב.',
    upstream_timeout: 'התשובה התעכבה יותר מדי. נא לנסות שוב.',
    upstream_error: 'לא ניתן היה לשלוח את הקוד. נא לנסות שוב בעוד רגע.',
    temporarily_unavailable: 'אימות מספר הטלפון אינו זמין כרגע.',
    capacity: 'אימות מספר הטלפון אינו זמין כרגע.',
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
};
