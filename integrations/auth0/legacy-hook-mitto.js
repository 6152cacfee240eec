/**
 * Auth0 Hook "Send Phone Message", the form before Actions, straight by Mitto's SMS API. Auth0's Hooks ended on
 * 18 November 2026: this is for a host of your own that still runs them; else take `send-phone-message-mitto.js`.
 *
 * Secrets: `MITTO_API_KEY`; `MITTO_SENDER`; `MITTO_BASE_URL`, where Mitto has given you a regional host. A hook reads
 * them in `context.webtask.secrets`.
 *
 * @typedef {object} Context
 * @property {'sms' | 'voice'} message_type
 * @property {{ secrets: Record<string, string | undefined> }} webtask
 */

/** Auth0 ended a Hook after 20 seconds. */
const TIMEOUT_MS = 10_000;

/** What an SMS of 7-bit characters can say (3GPP TS 23.038, 6.2.1). */
const GSM =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\f^{}\\[~\]|€]*$/;

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
 * @param {string} recipient E.164
 * @param {string} text
 * @param {Context} context
 * @param {(error: Error | null, response?: object) => void} cb
 */
module.exports = function sendPhoneMessage(recipient, text, context, cb) {
  send(recipient, text, context).then(
    () => cb(null, {}),
    (error) => cb(error),
  );
};

/**
 * @param {string} to
 * @param {string} text
 * @param {Context} context
 * @throws where Mitto did not take the message
 */
async function send(to, text, { message_type, webtask: { secrets } }) {
  if (message_type === 'voice')
    throw failure('its SMS API makes no calls; leave only SMS as delivery method');
  const key = secrets.MITTO_API_KEY?.trim() ?? '';
  // What cannot stand in a header would come back in the error's words, and those are logged.
  if (!/^[\x21-\x7e]+$/.test(key)) throw failure('MITTO_API_KEY is missing or not plain ASCII');
  const from = secrets.MITTO_SENDER?.trim();
  if (!from) throw failure('MITTO_SENDER is missing');
  const url = baseUrl(secrets.MITTO_BASE_URL);
  if (!url) throw failure('MITTO_BASE_URL is not an https URL');
  const recipient = e164(to);
  if (!recipient)
    throw failure('the recipient is not a number in E.164: plus, country code, number');
  if (!text) throw failure('the message has no words');

  const answer = await post(`${url}/sms.json`, key, {
    from,
    // Mitto's samples leave the plus out.
    to: recipient.slice(1),
    text,
    type: GSM.test(text) ? 'GSM' : 'Unicode',
    // Minutes. A code that comes late is a dead one; Mitto waits two days where nobody says.
    validity: 10,
  });
  const problem = toProblem(answer);
  if (problem) throw failure(problem);
}

/**
 * @param {string} url
 * @param {string} key
 * @param {object} body
 */
async function post(url, key, body) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'X-Mitto-API-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      // A redirect would take the key elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw failure(`no answer (${nameOf(error)})`);
  }
}

/**
 * @param {{ status: number, text: string }} answer
 * @returns {string | undefined} `undefined` where Mitto has taken the message
 */
function toProblem({ status, text }) {
  if (status === 401 || status === 403)
    return `HTTP ${status}: MITTO_API_KEY is wrong, or Auth0's addresses are not allow-listed`;
  const code = responseCode(text);
  // Mitto refuses with HTTP 200 too: only this number says that a message was taken.
  if (code === 0 && status >= 200 && status < 300) return undefined;
  if (code === undefined || code === 0)
    return `HTTP ${status} without a responseCode is no answer of Mitto's SMS API`;
  return `responseCode ${code}: ${RESPONSE_CODES[code] ?? 'refused'}`;
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

/** @param {unknown} text Auth0's sample events write `+1-808-555-5555`. */
function e164(text) {
  const phone = String(text ?? '').replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{4,14}$/.test(phone) ? phone : undefined;
}

/** @param {any} error Its kind alone: an error's words may quote a header. */
function nameOf(error) {
  const name = String(error?.cause?.code ?? error?.name ?? '');
  return /^[A-Za-z_]{1,40}$/.test(name) ? name : 'Error';
}

/** @param {string} reason */
function failure(reason) {
  return new Error(`Mitto: ${reason}`);
}
