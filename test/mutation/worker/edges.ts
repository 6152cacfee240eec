/** Controls on what comes in and what goes out. */
import type { Mutant } from './mutant.ts';

const PHONE_TEST = 'worker/otp/parse-destination.test.ts';
const SEND_TEST = 'worker/routes/visitor/send.workerd.test.ts';
const LIES = 'test/security/worker/lying-provider.workerd.test.ts';
const FUZZ = 'test/security/worker/fuzz.workerd.test.ts';
const FOREIGN = 'test/security/worker/foreign-pages.workerd.test.ts';
const LEAKS = ['test/security/worker/leaks.workerd.test.ts', 'leaves nothing behind'] as const;
const SHAPES = 'test/security/worker/answer-shapes.workerd.test.ts';
const CHALLENGE_TEST = 'worker/challenge/challenge.workerd.test.ts';

export const EDGES: readonly Mutant[] = [
  {
    promise: 'P10',
    control: 'normalizes digits of every script',
    file: 'shared/phone-number/phone-text.ts',
    was: '  const plain = toAsciiDigits(link)\n',
    without: '  const plain = link\n',
    test: [
      'test/security/worker/proof-and-phone.workerd.test.ts',
      'shares its limit: +٤٩١٥١٢٣٤٥٦٧٨٩',
    ],
  },
  {
    promise: 'P10',
    control: 'invisible characters do not change a number',
    file: 'shared/phone-number/phone-text.ts',
    was: '  const seen = withoutInvisible(text).trim();\n',
    without: '  const seen = text.trim();\n',
    test: [PHONE_TEST, 'ignores invisible characters'],
  },
  {
    promise: 'P10',
    control: 'rejects ambiguous input',
    file: 'shared/phone-number/normalize.ts',
    was: 'if (!SHAPE.test(plain) || DECIMAL.test(plain)',
    without: 'if (DECIMAL.test(plain)',
    test: [SEND_TEST, 'refuses a number with a letter in it'],
  },
  {
    promise: 'P10',
    control: 'rejects a masked number',
    file: 'shared/phone-number/normalize.ts',
    was: ' || MASKED.test(plain)',
    without: '',
    test: ['shared/phone-number/normalize.test.ts', 'refuses a mask of two dots'],
  },
  {
    promise: 'P11',
    control: 'only mobile numbers get a message',
    file: 'shared/phone-number/validate.ts',
    was: '  if (!SERVED_TYPES.includes(type))',
    without: '  if (SERVED_TYPES.length < 0)',
    test: [PHONE_TEST, '+499001234567 (DE) does not'],
  },
  {
    promise: 'P11',
    control: 'only listed countries get a message',
    file: 'shared/phone-number/validate.ts',
    was: '  if (!number.country || !allowedCountries.includes(number.country))',
    without: '  if (!number.country)',
    test: [SEND_TEST, 'refuses a country that is not served'],
  },
  {
    promise: 'P14',
    control: 'a success response needs `code` 200 in its body',
    file: 'providers/mitto/result-client.ts',
    was: `      if (answer.member('code') !== 200)`,
    without: `      if (answer.member('code') === 400)`,
    test: [LIES, 'never makes a proof of a code by an answer that is not a plain yes'],
  },
  {
    promise: 'P14',
    control: 'rejects provider responses with duplicate keys',
    file: 'providers/mitto/parse-response.ts',
    was: '    if (hasDuplicateKeys(text)) return undefined;\n',
    without: '',
    test: [LIES, 'never makes a proof of a code by an answer that is not a plain yes'],
  },
  {
    promise: 'P14',
    control: 'provider responses have a timeout',
    file: 'providers/egress/direct.ts',
    was: 'AbortSignal.timeout(deadlineMs)',
    without: 'new AbortController().signal',
    test: [LIES, 'at a check is waited for no longer than eight seconds'],
  },
  {
    promise: 'P14',
    control: 'provider responses have a size limit',
    file: 'providers/egress/read-limited.ts',
    was: '    if (size > maxBytes) {\n',
    without: '    if (size < 0) {\n',
    test: [SEND_TEST, 'answers 5 MB: no success, one call, no retry'],
  },
  {
    promise: 'P14',
    control: 'redirects are not followed',
    file: 'providers/egress/direct.ts',
    was: `          redirect: 'manual',\n`,
    without: '',
    test: ['providers/egress/direct.test.ts', 'does not follow a 307 to anywhere'],
  },
  {
    promise: 'P14',
    control: 'the circuit breaker opens',
    file: 'worker/connectors/circuit-breaker.ts',
    was: '    if (pauseLeftMs > 0) return pauseLeftMs;\n',
    without: '',
    test: ['worker/connectors/circuit-breaker.workerd.test.ts', 'opens after five failures'],
  },
  {
    promise: 'P14',
    control: 'one request tests a provider that was down',
    file: 'worker/connectors/circuit-breaker.ts',
    was: '      if (waitMs() > 0) return undefined;\n',
    without: '',
    test: [
      'worker/connectors/circuit-breaker.workerd.test.ts',
      'after the pause one request tests it; the others get Retry-After and are not counted',
    ],
  },
  {
    promise: 'P7',
    control: 'a provider error midway counts as possibly sent',
    file: 'worker/connectors/mitto-2fa.ts',
    was: '      return failure.status === 503\n',
    without: '      return failure.status >= 500\n',
    test: [
      'worker/connectors/fallback.workerd.test.ts',
      'when the first may have taken it: it broke midway',
    ],
  },
  {
    promise: 'P15',
    control: 'rejects invalid JSON with its own error',
    file: 'worker/http/read-body.ts',
    was: `    throw malformed('not JSON');`,
    without: `    throw new TypeError('not JSON');`,
    test: [FUZZ, 'answers whatever fits its schema'],
  },
  {
    promise: 'P15',
    control: 'rejects an undecryptable session with its own error',
    file: 'worker/crypto/seal.ts',
    was: `  } catch {
    return undefined;`,
    without: `  } catch (error) {
    throw error;`,
    test: [FUZZ, 'answers whatever fits its schema'],
  },
  {
    promise: 'P15',
    control: 'request bodies have a size limit',
    file: 'worker/http/read-body.ts',
    was: '    if (size + chunk.length > maxBytes)',
    without: '    if (size < 0)',
    test: [
      'worker/routes/public/public.workerd.test.ts',
      'that streams past the limit without a length is cut off',
    ],
  },
  {
    promise: 'P14',
    control: 'retries Turnstile’s internal error once',
    file: 'worker/challenge/turnstile.ts',
    was: '(await ask(body)) ?? (await ask(body))',
    without: 'await ask(body)',
    test: [
      CHALLENGE_TEST,
      'asks Turnstile again, for the same validation, after its internal_error',
    ],
  },
  {
    promise: 'P14',
    control: 'the retry uses the same Turnstile idempotency key',
    file: 'worker/challenge/turnstile.ts',
    was: '        idempotency_key: crypto.randomUUID(),\n',
    without: '',
    test: [
      CHALLENGE_TEST,
      'asks Turnstile again, for the same validation, after its internal_error',
    ],
  },
  {
    promise: 'P15',
    control: 'rejects bodies with a Content-Encoding',
    file: 'worker/http/read-body.ts',
    was: `  if (!/^(identity)?$/i.test(request.headers.get('Content-Encoding')?.trim() ?? ''))
    throw new RequestError({ kind: 'media_type' });\n`,
    without: '',
    test: ['worker/routes/public/public.workerd.test.ts', 'that says it is encoded by gzip'],
  },
  {
    promise: 'P17',
    control: 'request bodies must be application/json',
    file: 'worker/http/read-body.ts',
    was: `  if (!JSON_TYPE.test(request.headers.get('Content-Type') ?? ''))`,
    without: `  if (JSON_TYPE.source === '')`,
    test: [FOREIGN, 'as text does nothing'],
  },
  {
    promise: 'P17',
    control: 'origins are compared exactly',
    file: 'worker/http/cors.ts',
    was: '  if (origin === null || !allowedOrigins.includes(origin))\n',
    without:
      '  if (origin === null || !allowedOrigins.some((allowed) => origin.startsWith(allowed)))\n',
    test: [FOREIGN, '(a look-alike) can neither send, nor check, nor cancel'],
  },
  {
    promise: 'P17',
    control: 'rejects a missing origin',
    file: 'worker/http/cors.ts',
    was: '  if (origin === null || !allowedOrigins.includes(origin))\n',
    without: `  if (origin === null) return '';
  if (!allowedOrigins.includes(origin))\n`,
    test: [FOREIGN, '(no origin) can neither send, nor check, nor cancel'],
  },
  {
    promise: 'P17',
    control: 'checks the origin before anything else',
    file: 'worker/http/cors.ts',
    was: `  if (request.method !== 'OPTIONS' && request.headers.has('Origin'))\n`,
    without: `  if (request.method === 'OPTIONS' && !request.headers.has('Origin'))\n`,
    test: [FOREIGN, 'reads no other refusal: not of its body, its type, its method or its path'],
  },
  {
    promise: 'P17',
    control: 'an unlisted page can read that error only',
    file: 'worker/app.ts',
    was: `        if (reason?.kind === 'origin_not_listed')`,
    without: `        if (reason?.kind || !reason)`,
    test: [FOREIGN, 'reads nothing of a deployment whose settings are wrong'],
  },
  {
    promise: 'P17',
    control: 'an unlisted page can read the error',
    file: 'worker/app.ts',
    was: `        if (reason?.kind === 'origin_not_listed') letForeignPageRead(response, request);\n`,
    without: '',
    test: [FOREIGN, '(another port) reads that refusal, the same for every call'],
  },
  {
    promise: 'P18',
    control: 'the log has a keyed hash of the phone number',
    file: 'worker/request-context.ts',
    was: `  return (await keyedHash(service.keyring.current, 'log', phone)).slice(0, 8);`,
    without: '  return service && phone;',
    test: LEAKS,
  },
  {
    promise: 'P18',
    control: 'the log has no unknown paths',
    file: 'worker/app.ts',
    was: 'logLine({ method: request.method, ...exchange,',
    without: `logLine({ method: request.method, ...exchange,
        route: { ...(exchange.route as Route), path: new URL(request.url).pathname },`,
    test: LEAKS,
  },
  {
    promise: 'P18',
    control: 'a phone’s object is named by a keyed hash',
    file: 'worker/rate-limit/phone/phone-limiter.ts',
    was: `    const name = await keyedHash(keys, 'phone', phone);`,
    without: '    const name = String(phone);',
    test: LEAKS,
  },
  {
    promise: 'P18',
    control: 'KV keys contain a keyed hash of the client',
    file: 'worker/rate-limit/client/client-id.ts',
    was: `      hash: await keyedHash(current, 'client', key),`,
    without: '      hash: key,',
    test: LEAKS,
  },
  {
    promise: 'P18',
    control: 'the response stored for an `Idempotency-Key` is sealed',
    file: 'worker/otp/send-code.ts',
    was: `  const isWritten = await grant.settle('accepted', {
    answer: await seal(JSON.stringify(answer), 'answer', keyring),`,
    without: `  const isWritten = await grant.settle('accepted', {
    answer: JSON.stringify(answer),`,
    test: LEAKS,
  },
  {
    promise: 'P18',
    control: 'an `Idempotency-Key` is stored as a keyed hash',
    file: 'worker/http/idempotency.ts',
    was: `key: await keyedHash(keys, 'idempotency',`,
    without: `key: ((_keys: unknown, _label: string, text: string) => text)(keys, 'idempotency',`,
    test: LEAKS,
  },
  {
    promise: 'P19',
    control: 'no response reveals which limit was exceeded',
    file: 'worker/errors.ts',
    was: `      return { code: 'rate_limited', waitMs: reason.waitMs };`,
    without: `      return { code: 'rate_limited', waitMs: reason.waitMs, detail: reason.kind };`,
    test: [SHAPES, 'because of a cooldown looks like that of the address'],
  },
  {
    promise: 'P19',
    control: 'no response reveals why a number was rejected',
    file: 'worker/errors.ts',
    was: `    case 'phone_type':
      return { code: 'invalid_phone' };`,
    without: `    case 'phone_type':
      return { code: 'invalid_phone', detail: reason.kind };`,
    test: [SHAPES, '(a fixed line) is answered in the very bytes of any other'],
  },
  {
    promise: 'P19',
    control: 'the advertised policy is the same whichever limit was exceeded',
    file: 'worker/http/responses.ts',
    was: '    if (policy && (status === 429',
    without: '    if (policy && (problem.waitMs ?? 0) > 30_000 && (status === 429',
    test: [SHAPES, 'because of a cooldown looks like that of the address'],
  },
];
