/**
 * Auth0 Action, trigger `custom-phone-provider`: hands each phone message of Auth0 to the Worker of mitto-otp, which
 * sends it. Paste it as it is: Node 22, no dependencies.
 *
 * Secrets: `OTP_WORKER_URL`, such as `https://otp.example.com`; `OTP_SITE_SECRET`, the Worker's `SITE_SECRET`.
 *
 * @typedef {object} Notification
 * @property {string} recipient E.164
 * @property {string} as_text
 * @property {string} as_voice
 * @property {string} [code]
 * @property {'text' | 'voice'} delivery_method
 * @property {string} [from] Not used: the Worker has its own sender.
 * @property {string} [locale] `en-US` or `en_US`
 * @property {string} message_type
 *
 * @typedef {object} Event
 * @property {Notification} notification
 * @property {{ correlation_id?: string }} [transaction]
 * @property {Record<string, string | undefined>} secrets
 *
 * @typedef {{ notification: { drop(reason: string): void, retry(reason: string): void } }} Api
 * @typedef {{ kind: 'accepted' } | { kind: 'drop' | 'retry', reason: string }} Verdict
 */
const { createHmac } = require('node:crypto');

/** Auth0 ends an Action after 20 seconds; the Worker answers within 9. */
const TIMEOUT_MS = 10_000;

/** Auth0 tries again for some minutes: what takes longer is not worth a try. */
const LONGEST_WAIT_SECONDS = 120;

/**
 * What each `code` of the Worker means for Auth0. A key names the notification, so a retry sends nothing twice; what is
 * dropped would get the same answer again. `soon` is a retry where the Worker says that the wait is short.
 *
 * @type {Readonly<Record<string, readonly ['retry' | 'soon' | 'drop', string]>>}
 */
const MEANINGS = {
  request_in_progress: ['retry', 'an earlier try is still under way'],
  temporarily_unavailable: ['retry', 'the service or its provider asks to wait'],
  rate_limited: ['soon', 'too many messages to this number or to its range'],
  capacity: ['soon', 'a ceiling of the deployment (LIMITS) is reached'],
  malformed_request: ['drop', 'the Worker cannot send this'],
  unauthorized: ['drop', 'OTP_SITE_SECRET is not the SITE_SECRET of the Worker'],
  payload_too_large: ['drop', 'the message is too long'],
  idempotency_mismatch: ['drop', 'the key was used for another message'],
  invalid_phone: ['drop', 'this number cannot get messages'],
  destination_not_allowed: ['drop', 'the country is not in ALLOWED_COUNTRIES of the Worker'],
  blocked_by_provider: ['drop', 'the provider does not serve this number'],
  upstream_error: ['drop', 'the provider refused or failed'],
  misconfigured: ['drop', 'the Worker lacks a setting, or its provider refuses it; ask /healthz'],
  delivery_unknown: ['drop', 'it may have been sent, so it is not sent again'],
  upstream_timeout: ['drop', 'the provider did not answer in time'],
};

/**
 * @param {Event} event
 * @param {Api} api
 */
exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const verdict = await deliver(event);
  if (verdict.kind === 'accepted') return;
  const reason = `mitto-otp: ${verdict.reason}`;
  if (verdict.kind === 'retry') api.notification.retry(reason);
  else api.notification.drop(reason);
};

/**
 * @param {Event} event
 * @returns {Promise<Verdict>}
 */
async function deliver({ notification, transaction, secrets }) {
  const url = workerUrl(secrets.OTP_WORKER_URL);
  if (!url) return drop('OTP_WORKER_URL is not an https URL');
  const secret = secrets.OTP_SITE_SECRET?.trim() ?? '';
  // What cannot stand in a header would come back in the error's words, and those are logged.
  if (!/^[\x20-\x7e]+$/.test(secret)) return drop('OTP_SITE_SECRET is missing or not plain ASCII');

  const isVoice = notification.delivery_method === 'voice';
  const recipient = e164(notification.recipient);
  if (!recipient) return drop('the recipient is not a number in E.164: plus, country code, number');
  const text = isVoice ? notification.as_voice || notification.as_text : notification.as_text;
  if (!text) return drop('the message has no words');
  const locale = languageTag(notification.locale);
  const body = JSON.stringify({
    recipient,
    text,
    delivery_method: isVoice ? 'voice' : 'text',
    message_type: notification.message_type,
    ...(locale ? { locale } : {}),
  });

  // A new code makes a new message. A notice reads alike each time: there the transaction tells them apart.
  const occasion = notification.code ? '' : (transaction?.correlation_id ?? '');
  const key = createHmac('sha256', secret).update(`${occasion}\n${body}`).digest('base64url');
  try {
    const response = await fetch(`${url}/v1/hooks/auth0/phone`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${secret}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
      body,
      // A redirect would take the secret elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return judge(response, await response.text());
  } catch (error) {
    return retry(`no answer from OTP_WORKER_URL (${nameOf(error)})`);
  }
}

/**
 * @param {Response} response
 * @param {string} text
 * @returns {Verdict}
 */
function judge({ status, headers }, text) {
  const answer = parse(text);
  if (status === 202 && typeof answer.id === 'string') return { kind: 'accepted' };

  const waitSeconds = Number(headers.get('Retry-After') ?? Number.NaN);
  const code = headers.get('Content-Type')?.startsWith('application/problem+json')
    ? String(answer.code)
    : '';
  if (!/^[a-z_]{1,64}$/.test(code)) {
    // Not the Worker's words but the edge's in front of it, or another host's.
    const isPassing = status >= 500 || (status === 429 && waitSeconds <= LONGEST_WAIT_SECONDS);
    return isPassing
      ? retry(`HTTP ${status} before the Worker`)
      : drop(`HTTP ${status} is no answer of the Worker; look at OTP_WORKER_URL`);
  }
  const known = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  if (!known) return drop(`HTTP ${status} ${code}`);
  const [kind, meaning] = known;
  // What to mend. The Worker names members there, never values; digits go all the same.
  const detail =
    code === 'malformed_request' && typeof answer.detail === 'string'
      ? ` (${answer.detail.replace(/\d/g, '#').slice(0, 200)})`
      : '';
  const reason = `${code}: ${meaning}${detail}`;
  if (kind === 'drop') return drop(reason);
  const isSoon = kind === 'retry' || waitSeconds <= LONGEST_WAIT_SECONDS;
  return isSoon ? retry(reason) : drop(`${reason}, and not for minutes only`);
}

/** @param {string | undefined} text Plain http for this machine alone. */
function workerUrl(text) {
  try {
    const { protocol, hostname, origin, pathname } = new URL(text?.trim() ?? '');
    const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return undefined;
    return `${origin}${pathname}`.replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

/** @param {unknown} text Auth0's sample event writes `+1-808-555-5555`. */
function e164(text) {
  const phone = String(text ?? '').replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{4,14}$/.test(phone) ? phone : undefined;
}

/** @param {unknown} locale BCP 47, which has hyphens; Auth0's documentation shows `en_US`. */
function languageTag(locale) {
  const tag = String(locale ?? '').replaceAll('_', '-');
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(tag) ? tag : undefined;
}

/**
 * @param {string} text
 * @returns {Record<string, unknown>}
 */
function parse(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
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
