/**
 * Auth0 Action, trigger `send-phone-message` (MFA of tenants without the unified phone experience): hands each message
 * to the Worker of mitto-otp, which sends it. Paste it as it is: Node 22, no dependencies.
 *
 * Secrets: `OTP_WORKER_URL`, such as `https://otp.example.com`; `OTP_SITE_SECRET`, the Worker's `SITE_SECRET`.
 *
 * @typedef {object} Event
 * @property {MessageOptions} message_options
 * @property {{ language?: string }} [request] `language` is the browser's: the best word on the text's.
 * @property {Record<string, string | undefined>} secrets
 *
 * @typedef {object} MessageOptions
 * @property {'enrollment' | 'second-factor-authentication'} action
 * @property {string} code
 * @property {'sms' | 'voice'} message_type
 * @property {string} recipient E.164
 * @property {string} text
 */

/** Auth0 ends an Action after 20 seconds; the Worker answers within 9. */
const TIMEOUT_MS = 10_000;

/**
 * What each `code` of the Worker means to whoever reads Auth0's log.
 *
 * @type {Readonly<Record<string, string>>}
 */
const MEANINGS = {
  request_in_progress: 'an earlier try is still under way',
  temporarily_unavailable: 'the service or its provider asks to wait',
  rate_limited: 'too many messages to this number or to its range',
  capacity: 'a ceiling of the deployment (LIMITS) is reached',
  malformed_request: 'the Worker cannot send this',
  unauthorized: 'OTP_SITE_SECRET is not the SITE_SECRET of the Worker',
  payload_too_large: 'the message is too long',
  invalid_phone: 'this number cannot get messages',
  destination_not_allowed: 'the country is not in ALLOWED_COUNTRIES of the Worker',
  blocked_by_provider: 'the provider does not serve this number',
  upstream_error: 'the provider refused or failed',
  misconfigured: 'the Worker lacks a setting, or its provider refuses it; ask /healthz',
  delivery_unknown: 'it may have been sent',
  upstream_timeout: 'the provider did not answer in time',
};

/**
 * @param {Event} event
 * @throws where the message was not taken: Auth0 fails the step and logs the words
 */
exports.onExecuteSendPhoneMessage = async ({ message_options: options, request, secrets }) => {
  const url = workerUrl(secrets.OTP_WORKER_URL);
  if (!url) throw failure('OTP_WORKER_URL is not an https URL');
  const secret = secrets.OTP_SITE_SECRET?.trim() ?? '';
  // What cannot stand in a header would come back in the error's words, and those are logged.
  if (!/^[\x20-\x7e]+$/.test(secret))
    throw failure('OTP_SITE_SECRET is missing or not plain ASCII');

  const recipient = e164(options.recipient);
  if (!recipient)
    throw failure('the recipient is not a number in E.164: plus, country code, number');
  if (!options.text) throw failure('the message has no words');
  const locale = languageTag(request?.language);
  const { response, text } = await post(`${url}/v1/hooks/auth0/phone`, secret, {
    recipient,
    text: options.text,
    delivery_method: options.message_type === 'voice' ? 'voice' : 'text',
    message_type: options.action,
    ...(locale ? { locale } : {}),
  });
  const problem = toProblem(response, text);
  if (problem) throw failure(problem);
};

/**
 * Without an `Idempotency-Key`: Auth0 does not try this trigger again, and whoever asks again is to get a message.
 *
 * @param {string} url
 * @param {string} secret
 * @param {object} body
 */
async function post(url, secret, body) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      // A redirect would take the secret elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { response, text: await response.text() };
  } catch (error) {
    throw failure(`no answer from OTP_WORKER_URL (${nameOf(error)})`);
  }
}

/**
 * @param {Response} response
 * @param {string} text
 * @returns {string | undefined} `undefined` where the Worker has taken the message
 */
function toProblem({ status, headers }, text) {
  const answer = parse(text);
  if (status === 202 && typeof answer.id === 'string') return undefined;
  const code = headers.get('Content-Type')?.startsWith('application/problem+json')
    ? String(answer.code)
    : '';
  if (!/^[a-z_]{1,64}$/.test(code))
    return `HTTP ${status} is no answer of the Worker; look at OTP_WORKER_URL`;
  // What to mend. The Worker names members there, never values; digits go all the same.
  const detail =
    code === 'malformed_request' && typeof answer.detail === 'string'
      ? ` (${answer.detail.replace(/\d/g, '#').slice(0, 200)})`
      : '';
  const meaning = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : `HTTP ${status}`;
  return `${code}: ${meaning}${detail}`;
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

/** @param {unknown} text Auth0's sample events write `+1-808-555-5555`. */
function e164(text) {
  const phone = String(text ?? '').replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{4,14}$/.test(phone) ? phone : undefined;
}

/** @param {unknown} locale BCP 47, which has hyphens. */
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

/** @param {string} reason */
function failure(reason) {
  return new Error(`mitto-otp: ${reason}`);
}
