/**
 * Auth0 Action, trigger `custom-phone-provider`: sends each phone message of Auth0 straight by Mitto's SMS API, without
 * a Worker. Paste it as it is: Node 22, no dependencies.
 *
 * Secrets: `MITTO_API_KEY`; `MITTO_SENDER` (without it, the number that Auth0 names); `MITTO_BASE_URL`, where Mitto has
 * given you a regional host.
 *
 * @typedef {object} Notification
 * @property {string} recipient E.164
 * @property {string} as_text
 * @property {string} message_type
 * @property {'text' | 'voice'} delivery_method
 * @property {string} [from] E.164
 *
 * @typedef {object} Event
 * @property {Notification} notification
 * @property {Record<string, string | undefined>} secrets
 *
 * @typedef {{ notification: { drop(reason: string): void, retry(reason: string): void } }} Api
 * @typedef {{ kind: 'accepted' } | { kind: 'drop' | 'retry', reason: string }} Verdict
 */

/** Auth0 ends an Action after 20 seconds. */
const TIMEOUT_MS = 10_000;

/** What an SMS of 7-bit characters can say (3GPP TS 23.038, 6.2.1). */
const GSM =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;

/** The connection was never made, so that nothing was sent. */
const NOT_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** @type {Readonly<Record<number, string>>} */
const RESPONSE_CODES = {
  1: 'internal error',
  2: 'the type is invalid',
  3: 'the text is empty',
  4: 'the text is not in the character set',
  5: 'MITTO_SENDER is empty',
  6: 'Mitto does not know this sender (MITTO_SENDER)',
  7: 'the receiver is empty',
  8: 'the receiver is no number that Mitto can reach',
  9: 'the text is not in the character set',
};

/**
 * @param {Event} event
 * @param {Api} api
 */
exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const verdict = await deliver(event);
  if (verdict.kind === 'accepted') return;
  const reason = `Mitto: ${verdict.reason}`;
  if (verdict.kind === 'retry') api.notification.retry(reason);
  else api.notification.drop(reason);
};

/**
 * Mitto knows no key that makes two requests one, so only what was certainly not sent is retried.
 *
 * @param {Event} event
 * @returns {Promise<Verdict>}
 */
async function deliver({ notification, secrets }) {
  if (notification.delivery_method === 'voice')
    return drop('its SMS API makes no calls; leave only Text as delivery method');
  const key = secrets.MITTO_API_KEY?.trim() ?? '';
  // What cannot stand in a header would come back in the error's words, and those are logged.
  if (!/^[\x21-\x7e]+$/.test(key)) return drop('MITTO_API_KEY is missing or not plain ASCII');
  const sender = secrets.MITTO_SENDER?.trim() || notification.from?.replace(/[\s().+-]/g, '');
  if (!sender) return drop('MITTO_SENDER is missing');
  const url = baseUrl(secrets.MITTO_BASE_URL);
  if (!url) return drop('MITTO_BASE_URL is not an https URL');
  const recipient = e164(notification.recipient);
  if (!recipient) return drop('the recipient is not a number in E.164: plus, country code, number');
  const text = notification.as_text;
  if (!text) return drop('the message has no words');

  try {
    const response = await fetch(`${url}/sms.json`, {
      method: 'POST',
      headers: { 'X-Mitto-API-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        from: sender,
        // Mitto's samples leave the plus out.
        to: recipient.slice(1),
        text,
        type: GSM.test(text) ? 'GSM' : 'Unicode',
        // Minutes. A code that comes late is a dead one; Mitto waits two days where nobody says.
        ...(notification.message_type.startsWith('otp_') ? { validity: 10 } : {}),
      }),
      // A redirect would take the key elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return judge(response.status, await response.text());
  } catch (error) {
    const name = nameOf(error);
    return NOT_CONNECTED.includes(name)
      ? retry(`no connection (${name})`)
      : drop(`no answer (${name}): it may have been sent, so it is not sent again`);
  }
}

/**
 * @param {number} status
 * @param {string} text
 * @returns {Verdict}
 */
function judge(status, text) {
  if (status === 401 || status === 403)
    return drop(
      `HTTP ${status}: MITTO_API_KEY is wrong, or Auth0's addresses are not allow-listed`,
    );
  if (status === 429 || status === 503) return retry(`HTTP ${status}: Mitto asks to wait`);
  if (status >= 500) return drop(`HTTP ${status}: it may have been sent, so it is not sent again`);

  const code = responseCode(text);
  // Mitto refuses with HTTP 200 too: only this number says that a message was taken.
  if (code === 0 && status >= 200 && status < 300) return { kind: 'accepted' };
  if (code === undefined || code === 0)
    return drop(`HTTP ${status} without a responseCode is no answer of Mitto's SMS API`);
  const reason = `responseCode ${code}: ${RESPONSE_CODES[code] ?? 'refused'}`;
  return code === 1 ? retry(reason) : drop(reason);
}

/** @param {string} text @returns {number | undefined} */
function responseCode(text) {
  try {
    const { responseCode: code } = Object(JSON.parse(text));
    if (Number.isInteger(code)) return code;
    // Documented as a number; a string of digits is taken as well.
    return typeof code === 'string' && /^\d{1,3}$/.test(code) ? Number(code) : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} text Plain http for this machine alone. */
function baseUrl(text) {
  try {
    const { protocol, hostname, origin } = new URL(text?.trim() || 'https://rest.mittoapi.com');
    const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    return protocol === 'https:' || (protocol === 'http:' && isLocal) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} text Auth0's sample event writes `+1-808-555-5555`. */
function e164(text) {
  const phone = String(text ?? '').replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{4,14}$/.test(phone) ? phone : undefined;
}

/** @param {any} error Its kind alone: an error's words may quote a header. */
function nameOf(error) {
  const name = String(error?.cause?.code ?? error?.name ?? '');
  return /^[A-Za-z_]{1,40}$/.test(name) ? name : 'Error';
}

/**
 * @param {string} reason
 * @returns {Verdict}
 */
function drop(reason) {
  return { kind: 'drop', reason };
}

/**
 * @param {string} reason
 * @returns {Verdict}
 */
function retry(reason) {
  return { kind: 'retry', reason };
}
