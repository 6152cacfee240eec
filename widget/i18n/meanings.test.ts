import { expect } from '@open-wc/testing';
import type { CountedText } from './format-message.ts';
import { SHIPPED } from './load-language.ts';
import { en } from './locales/en.ts';
import type { Messages } from './messages.ts';

/**
 * What tells a sentence from the ones that it could be swapped with, by words that a dictionary would give for it.
 * Written down here and not taken from the words themselves: a test that compares a page with the constant that the page
 * uses does not notice two texts that have changed places.
 */
const KEYS = [
  ...['phoneTooShort', 'phoneTooLong', 'delivered', 'notDelivered', 'verify', 'verifying'],
  ...['send', 'sending', 'resend', 'newCode', 'changeNumber', 'backToCode', 'newCodeSent'],
  ...['noCodeHelp', 'offline', 'backOnline', 'phoneMissing', 'countryMissing', 'phoneNotMobile'],
  ...['codeIncomplete', 'resendReady', 'retryReady', 'verified', 'proofExpired', 'challenge'],
  ...['challengeNotLoaded', 'challengeTimedOut', 'insteadBy.sms', 'insteadBy.voice'],
  ...['phoneHint.sms', 'phoneHint.voice', 'sent.sms', 'sent.voice', 'codeHint.sms'],
  ...['codeHint.voice', 'errors.incorrect_code', 'errors.too_many_attempts'],
  ...['errors.session_expired', 'errors.network_error', 'errors.upstream_error'],
  ...['errors.rate_limited', 'errors.destination_not_allowed', 'errors.invalid_code_format'],
] as const;

const MEANINGS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  en: of(String.raw`
    short | long | carrier has | n’t be delivered | ^Confirm$ | ^Checking | ^Send code | ^Sending |
    ^Send again | new code$ | ^Change number | ^Back | ^New code sent | ^Still no code | offline |
    back online | your phone number | country | mobile number | all \{length\} digits |
    another code now | try again now | is confirmed | confirmation has expired | ^Please confirm |
    didn’t load | took too long | ^Text | ^Call | text you.*confirm your number | call you |
    ^Code sent | calling | code we sent | calling.*hear | isn’t right | ^Too many |
    code has expired | ^No connection | couldn’t be sent | wait a moment | in this country |
    digits only`),
  de: of(String.raw`
    kurz | lang | erhalten | nicht zugestellt | ^Bestätigen$ | geprüft | ^Code senden |
    wird gesendet | ^Erneut senden | ^Neuen Code | ändern | ^Zurück | neuen Code gesendet |
    ^Immer noch kein | offline | wieder online | Ihre Telefonnummer | Land | Mobilnummer |
    alle \{length\} | weiteren Code | jetzt erneut versuchen | ist bestätigt |
    Bestätigung ist abgelaufen | ^Bitte bestätigen | nicht geladen | zu lange | SMS | anrufen |
    SMS | rufen Sie an | gesendet | rufen | gesendet haben | rufen.*hören | stimmt nicht |
    viele falsche | Code ist abgelaufen | ^Keine Verbindung | nicht gesendet werden | warten |
    dieses Landes | nur aus Ziffern`),
  fr: of(String.raw`
    court | long | a reçu | n’a pas pu vous | ^Confirmer$ | ^Vérification | ^Envoyer le code |
    ^Envoi | ^Renvoyer | nouveau code$ | ^Modifier | ^Revenir | ^Nouveau code envoyé |
    ^Toujours pas | hors ligne | de nouveau en ligne | votre numéro de téléphone | pays | mobile |
    les \{length\} chiffres | un autre code | maintenant réessayer | est confirmé |
    confirmation a expiré | ^Veuillez confirmer | chargée | trop de temps | SMS | appel |
    SMS pour confirmer votre numéro | appellerons | ^Code envoyé | appelons | envoyé au |
    appelons.*entendrez | pas le bon | ^Trop de codes | code a expiré | ^Pas de connexion |
    échoué | patienter | ce pays | que des chiffres`),
  es: of(String.raw`
    corto | largo | ha llegado a su operador | No se ha podido entregar | ^Confirmar$ |
    ^Comprobando | ^Enviar código | ^Enviando | ^Enviar de nuevo | código nuevo$ | ^Cambiar |
    ^Volver | ^Código nuevo enviado | ^¿Aún no | No tiene conexión | ^Vuelve |
    su número de teléfono | país | móvil | los \{length\} dígitos del código | otro código |
    intentarlo de nuevo | está confirmado | confirmación ha caducado | ^Confirme que |
    no se ha cargado | tardado | SMS | llamada | SMS para confirmar su número | llamaremos |
    ^Código enviado | llamando | hemos enviado | llamando.*oiga | no es correcto | ^Demasiados |
    código ha caducado | ^No hay conexión | enviar el código\. | Espere | este país |
    solo contiene dígitos`),
  it: of(String.raw`
    corto | lungo | arrivato al tuo operatore | consegnare | ^Conferma$ | ^Verifica |
    ^Invia codice | ^Invio | ^Invia di nuovo | nuovo codice$ | ^Cambia | ^Torna |
    ^Nuovo codice inviato | non è ancora arrivato | ^Sei offline | di nuovo online |
    tuo numero di telefono | Paese | cellulare | tutte le \{length\} | altro codice |
    puoi riprovare | è confermato | conferma è scaduta | ^Conferma di non | caricata |
    troppo tempo | SMS | chiamata | SMS per confermare il tuo numero | chiameremo |
    ^Codice inviato | chiamiamo | abbiamo inviato | chiamiamo.*senti | non è corretto | ^Troppi |
    codice è scaduto | ^Nessuna connessione | inviare il codice\. | Attendi | questo Paese |
    solo da cifre`),
  pt: of(String.raw`
    curto | longo | chegou à sua operadora | entregar | ^Confirmar$ | ^Verificando |
    ^Enviar código | ^Enviando | ^Enviar novamente | novo código$ | ^Alterar | ^Voltar |
    ^Novo código enviado | ainda não chegou | sem conexão | conexão voltou |
    seu número de telefone | país | celular | todos os \{length\} | outro código |
    tentar novamente | está confirmado | confirmação expirou | ^Confirme que | carregada |
    demorou | SMS | ligação | SMS para confirmar seu número | Ligaremos | ^Código enviado |
    ligando | enviamos | ligando.*ouvir | não está correto | ^Muitos | código expirou |
    ^Sem conexão | enviar o código\. | Aguarde | deste país | apenas dígitos`),
  'pt-PT': of(String.raw`
    curto | longo | chegou à sua operadora | entregar | ^Confirmar$ | ^A verificar |
    ^Enviar código | ^A enviar | ^Enviar novamente | novo código$ | ^Alterar | ^Voltar |
    ^Novo código enviado | ainda não chegou | sem ligação | ligação voltou |
    seu número de telefone | país | telemóvel | todos os \{length\} | outro código |
    tentar novamente | está confirmado | confirmação expirou | ^Confirme que | carregada |
    demorou | SMS | chamada | SMS para confirmar o seu número | ligar | ^Código enviado | ligar |
    enviámos | ligar.*ouvir | não está correto | ^Demasiados | código expirou | ^Sem ligação |
    enviar o código\. | Aguarde | deste país | apenas dígitos`),
  nl: of(String.raw`
    kort | lang | ontvangen | niet worden bezorgd | ^Bevestigen$ | gecontroleerd |
    ^Code versturen | wordt verstuurd | ^Opnieuw | ^Nieuwe code versturen | wijzigen | ^Terug |
    ^Nieuwe code verstuurd | ^Nog steeds geen | offline | weer online | uw telefoonnummer | land |
    mobiel | alle \{length\} | nieuwe code | nu opnieuw | is bevestigd | bevestiging is verlopen |
    ^Bevestig dat | niet geladen | te lang | sms | gebeld | sms.*uw nummer te bevestigen | bellen |
    ^Code verstuurd | bellen | hebben gestuurd | bellen.*hoort | klopt niet | ^Te veel |
    code is verlopen | ^Geen verbinding | niet worden verstuurd | Wacht | dit land |
    alleen uit cijfers`),
  pl: of(String.raw`
    krótki | długi | dotarła | Nie udało się dostarczyć | ^Potwierdź$ | ^Sprawdzanie |
    ^Wyślij kod | ^Wysyłanie | ^Wyślij ponownie | nowy kod$ | ^Zmień | ^Wróć | ^Wysłano |
    ^Wciąż nie ma | ^Brak połączenia | wróciło | swój numer telefonu | kraj | komórkowy |
    wszystkie \{length\} | kolejny kod | spróbować ponownie | jest potwierdzony |
    Potwierdzenie wygasło | ^Potwierdź, że | wczytało | długo | SMS | zadzwoń |
    potwierdzić numer.*SMS | Zadzwonimy | wysłany | Dzwonimy | wysłaliśmy |
    podczas połączenia na numer | nieprawidłowy | wiele | Kod wygasł | ^Brak połączenia |
    wysłać kodu | Poczekaj | tego kraju | wyłącznie z cyfr`),
  tr: of(`
    kısa | uzun | operatörünüze ulaştı | iletilemedi | ^Onayla$ | kontrol ediliyor | ^Kod gönder |
    gönderiliyor | ^Yeniden gönder | ^Yeni kod gönder$ | değiştir | dön$ | ^Yeni kod gönderildi |
    hâlâ gelmedi | ^Çevrimdışı | eniden çevrimiçi | Telefon numaranızı | Ülke | cep telefonu |
    tamamını | yeni bir kod | tekrar deneyebilirsiniz | onaylandı | Onayın süresi |
    robot olmadığınızı onaylayın | yüklenemedi | uzun sürdü | SMS | ara$ |
    Numaranızı onaylamak için.*SMS | arayıp | gönderildi | arıyoruz | gönderdiğimiz |
    arıyoruz.*Duyduğunuz | doğru değil | ^Çok fazla | Kodun süresi | ^Bağlantı yok |
    gönderilemedi | bekleyin | Bu ülkenin | yalnızca rakam`),
  ar: of(`
    قصير | طويل | وصلت | تعذّر تسليم | ^تأكيد$ | ^جارٍ التحقق | ^إرسال الرمز | ^جارٍ إرسال |
    ^إعادة | رمز جديد$ | ^تغيير | ^العودة | ^أُرسل رمز جديد | ^لم يصل | ^لا يوجد اتصال | ^عاد |
    إدخال رقم هاتفك | بلدك | محمول | كلها | طلب رمز آخر | الآن المحاولة | ^تم تأكيد |
    صلاحية التأكيد | روبوت | يُحمَّل | استغرق | رسالة | مكالمة | لتأكيد رقمك | سنتصل |
    ^أُرسل الرمز | نتصل | أرسلناه | نتصل.*نقرؤها | غير صحيح | كثيرة | صلاحية الرمز |
    ^لا يوجد اتصال | إرسال الرمز | الانتظار | هذا البلد | أرقام فقط`),
  he: of(String.raw`
    קצר | ארוך | הגיעה | לא ניתן היה למסור | ^אימות$ | ^בדיקת | ^שליחת קוד$ | מתבצעת | חוזרת$ |
    קוד חדש$ | ^שינוי | ^חזרה | ^נשלח קוד חדש | עדיין לא הגיע | ^אין חיבור | חזר |
    להזין את מספר הטלפון | מדינה | נייד | כל \{length\} | קוד נוסף | לנסות שוב עכשיו | אומת |
    תוקף האימות | רובוט | לא נטענה | ארכה | מסרון | שיחה | לאמת את המספר | נתקשר | ^הקוד נשלח |
    מתקשרים | ששלחנו | מתקשרים.*שנקריא | אינו נכון | ^יותר מדי | תוקף הקוד | ^אין חיבור |
    לשלוח את הקוד | להמתין | במדינה הזאת | ספרות בלבד`),
  ja: of(String.raw`
    短 | 長 | 届きました | 届けられません | ^確認する$ | 確認しています | ^コードを送信$ | 送信しています | ^再送信 | ^新しいコードを送信$ | 変更 |
    戻る | 新しいコードを送信しました | 届きませんか | ^オフライン | ^オンライン | 電話番号を入力 | 「\+」 | 携帯電話 | すべて | 新しいコードをリクエスト |
    もう一度お試しいただけます | 確認しました | 確認の有効期限 | ロボット | 読み込め | 時間がかかり | SMS | 電話 | SMS | お電話 | 送信しました |
    お電話しています | 送信した | お電話しています.*お電話でお伝えする | 正しくありません | 多すぎ | コードの有効期限 | ^接続がありません | 送信できません | 待って |
    この国 | 数字のみ`),
  zh: of(`
    过短 | 过长 | 已到达 | 未能送达 | ^验证$ | ^正在验证 | ^发送验证码$ | ^正在发送 | ^重新发送 | ^发送新的 | 更换 | ^返回 | ^新的验证码已发送 |
    ^还没收到 | 离线 | 已恢复 | 请输入您的手机号码 | 国家 | 不是手机号码 | 完整 | 新的验证码 | 现在可以重试 | 已验证 | 验证已过期 | 机器人 | 未能加载 |
    过长 | 短信 | 语音 | 短信 | 致电 | ^验证码已发送 | 正在致电 | 我们发送至 | 正在致电.*听到 | 不正确 | 过多 | 验证码已过期 | ^无网络 | 未能发送 |
    稍等 | 该国家 | 只包含数字`),
  'zh-Hant': of(`
    過短 | 過長 | 已送達 | 未能送達 | ^驗證$ | ^正在驗證 | ^傳送驗證碼$ | ^正在傳送 | ^重新傳送 | ^傳送新的 | 變更 | ^返回 | ^新的驗證碼已傳送 |
    ^還沒收到 | 離線 | 已恢復 | 請輸入您的手機號碼 | 國家 | 不是手機號碼 | 完整 | 新的驗證碼 | 現在可以再試 | 已驗證 | 驗證已過期 | 機器人 | 未能載入 |
    過久 | 簡訊 | 語音 | 簡訊 | 致電.*語音告知 | ^驗證碼已傳送 | 正在致電 | 我們傳送至 | 正在致電.*語音告知 | 不正確 | 過多 | 驗證碼已過期 |
    ^沒有網路 | 未能傳送 | 稍候 | 該國家 | 只包含數字`),
};

describe('the meaning of the words', () => {
  it('is written down for every language', () => {
    expect(Object.keys(MEANINGS).sort()).to.deep.equal(['en', ...Object.keys(SHIPPED)].sort());
  });

  for (const [tag, meanings] of Object.entries(MEANINGS))
    it(`is in ${tag} that of each key`, async () => {
      const words = tag === 'en' ? en : (await SHIPPED[tag]?.())?.words;
      if (!words) throw new Error(`There are no words of ${tag}`);
      expect(Object.keys(meanings)).to.have.length(KEYS.length);
      for (const [key, meaning] of Object.entries(meanings))
        expect(textOf(words, key), key).to.match(meaning);
    });

  it('is another one for each key: no two that could be swapped say what both would', async () => {
    const pairs = [
      ['phoneTooShort', 'phoneTooLong'],
      ['delivered', 'notDelivered'],
      ['offline', 'backOnline'],
      ['insteadBy.sms', 'insteadBy.voice'],
      ['resend', 'newCode'],
      ['send', 'sending'],
      ['verify', 'verifying'],
      ['challengeNotLoaded', 'challengeTimedOut'],
      ['resendReady', 'retryReady'],
      ['errors.incorrect_code', 'errors.too_many_attempts'],
      ['errors.session_expired', 'proofExpired'],
      ['send', 'backToCode'],
      ['sent.sms', 'sent.voice'],
      ['codeHint.sms', 'codeHint.voice'],
      ['phoneHint.sms', 'phoneHint.voice'],
    ] as const;
    for (const [tag, meanings] of Object.entries(MEANINGS)) {
      const words = tag === 'en' ? en : (await SHIPPED[tag]?.())?.words;
      if (!words) throw new Error(`There are no words of ${tag}`);
      for (const [one, other] of pairs) {
        const isSwapNoticed =
          !meanings[one]?.test(textOf(words, other)) || !meanings[other]?.test(textOf(words, one));
        expect(isSwapNoticed, `${tag}: ${one} and ${other}`).to.equal(true);
      }
    }
  });
});

/** Patterns in the order of `KEYS`. */
function of(table: string): Record<string, RegExp> {
  const patterns = table.split('|').map((pattern) => pattern.trim());
  return Object.fromEntries(
    KEYS.map((key, index) => [key, new RegExp(patterns[index] || '^there is none$')]),
  );
}

function textOf(words: Messages, key: string): string {
  const sentence = key
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], words) as CountedText;
  return typeof sentence === 'string' ? sentence : sentence.other;
}
