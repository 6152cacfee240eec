/**
 * The Worker as it is deployed, in this process: its own fetch handler, its own stores in memory, a clock that the
 * player turns. Only the provider and Turnstile are stand-ins, at the seam where calls leave.
 */
import { createHmac } from 'node:crypto';
import type { Egress } from '../../providers/egress/egress.ts';
import type { SendAnswer } from '../../shared/api/responses.ts';
import { createFakeTurnstile, TURNSTILE_SECRET } from '../../test/support/worker/fake-turnstile.ts';
import { createApp } from '../../worker/app.ts';
import type { Bindings } from '../../worker/bindings.ts';
import { createRateLimiter } from '../../worker/hosts/node/rate-limiter.ts';
import { createMemoryStores } from '../../worker/hosts/node/stores.ts';
import { seededRandom } from '../limits/seeded-random.ts';
import type { Contender, SeenSend, Size } from './contenders/contender.ts';
import { createGuardObjects } from './guard-objects.ts';
import { COUNTRIES } from './numbers.ts';
import type { FeedbackLine, ReportLine } from './trace.ts';

const WORKER = 'https://otp.example';
const TURNSTILE = 'https://turnstile.example';
const SITE_SECRET = 'the secret of the sites, thirty-two bytes';
const TWILIO_AUTH_TOKEN = '5f0c1d7a3b9e48d2a6c4e8f01b2d3c4a';

const SETTINGS = {
  PUBLIC_URL: WORKER,
  OTP_SECRET: 'the secret of the keys, of thirty-two bytes',
  SITE_SECRET,
  CONNECTOR: 'twilio',
  CHANNELS: 'sms,voice',
  TWILIO_ACCOUNT_SID: 'AC5e1f0a7b9c3d4e2f8a6b1c0d9e7f3a52',
  TWILIO_AUTH_TOKEN,
  TWILIO_FROM: '+15005550006',
};

/** What became of a request for a code. */
export type SendResult =
  | { kind: 'sent'; message: SentMessage }
  | { kind: 'challenged' }
  | { kind: 'refused'; code: string };

/** A message that went out, as its receiver and the provider know it. */
export interface SentMessage {
  session: string;
  site: string;
  ip: string;
  code: string;
  sid: string;
  callbackUrl: string | undefined;
}

export interface DeployedWorker {
  /** Milliseconds since 1970: turn it, and everything in the Worker goes by it. */
  nowMs: number;
  send(send: SeenSend, token?: string): Promise<SendResult>;
  /** A token as Turnstile hands it out to who passes. */
  challengeToken(site: string): string;
  /** Whether the code made a proof. */
  verify(message: SentMessage): Promise<boolean>;
  report(line: ReportLine, message: SentMessage): Promise<void>;
  feedback(line: FeedbackLine, message: SentMessage): Promise<void>;
  /** Drops what has ended, as alarms and expiries do. */
  sweep(): Promise<void>;
  close(): void;
}

export interface DeployOptions {
  contender: Contender;
  size: Size;
  sites: readonly string[];
  flows: readonly string[];
  seed: number;
}

export function deploy({ contender, size, sites, flows, seed }: DeployOptions): DeployedWorker {
  const random = seededRandom(seed);
  const byte = () => Math.floor(256 * random.fraction());
  const turnstile = createFakeTurnstile();
  const stores = createMemoryStores({ now: () => worker.nowMs });
  const guard = createGuardObjects();
  const provider = createProvider();
  const app = createApp({
    now: () => worker.nowMs,
    fetch: (input, init) => turnstile.fetch(new Request(input as string, init as RequestInit)),
    directEgress: provider,
    randomId: () => Array.from({ length: 16 }, () => byte().toString(16).padStart(2, '0')).join(''),
    randomBytes: (count) => Uint8Array.from({ length: count }, byte),
    log: () => {},
  });
  const bindings = {
    ...stores.bindings,
    GUARD_OBJECT: guard.namespace,
    BURST: createRateLimiter(undefined, () => worker.nowMs),
    ASSETS: { fetch: async () => new Response(null, { status: 404 }) },
    ...SETTINGS,
    ALLOWED_ORIGINS: [...sites],
    ALLOWED_COUNTRIES: [...COUNTRIES],
    FLOWS: Object.fromEntries(flows.map((flow) => [flow, {}])),
    ...(contender.hasChallenge
      ? {
          TURNSTILE_SITE_KEY: '0x4AAAAAAABkMYinukE8nzYS',
          TURNSTILE_SECRET,
          TURNSTILE_BASE_URL: TURNSTILE,
        }
      : {}),
    ...contender.settings(size),
  } as unknown as Bindings;

  /** The answer, once everything is done that the request has set going. */
  async function ask(request: Request): Promise<Response> {
    const works: Promise<unknown>[] = [];
    const response = await app.fetch(request, bindings, { waitUntil: (work) => works.push(work) });
    while (works.length > 0) await Promise.all(works.splice(0));
    return response;
  }

  function post(path: string, body: unknown, headers: Record<string, string>): Request {
    return new Request(`${WORKER}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  const worker: DeployedWorker = {
    nowMs: 0,

    async send({ phone, channel, site, flow, ip, cf }, token) {
      const body = {
        phone,
        channel,
        ...(flow === 'default' ? {} : { flow }),
        ...(token === undefined ? {} : { challenge: token }),
      };
      const request = post('/v1/send', body, { Origin: site, 'CF-Connecting-IP': ip });
      // As workerd has it.
      Object.defineProperty(request, 'cf', { value: cf, enumerable: true });
      const response = await ask(request);
      const answer = (await response.json()) as SendAnswer & { code?: string; challenge?: object };
      if (response.ok) {
        const sent = provider.lastMessage();
        return { kind: 'sent', message: { ...sent, session: answer.session, site, ip } };
      }
      const { code = 'unknown', challenge } = answer;
      if (code === 'misconfigured') throw new Error(await misconfiguration());
      return challenge && token === undefined ? { kind: 'challenged' } : { kind: 'refused', code };
    },

    challengeToken: (site) => turnstile.token({ hostname: new URL(site).hostname }),

    async verify({ session, code, site, ip }) {
      const headers = { Origin: site, 'CF-Connecting-IP': ip };
      return (await ask(post('/v1/verify', { session, code }, headers))).ok;
    },

    async report({ phone, state }, { sid, callbackUrl }) {
      if (callbackUrl === undefined) return;
      const isVoice = callbackUrl.includes('Calls');
      const fields = new URLSearchParams(REPORTS[state]);
      fields.set(isVoice ? 'CallSid' : 'MessageSid', sid);
      fields.set('To', phone);
      const response = await ask(
        new Request(callbackUrl, {
          method: 'POST',
          headers: { 'X-Twilio-Signature': twilioSignature(callbackUrl, fields) },
          body: fields,
        }),
      );
      if (!response.ok) throw new Error(`a report was answered with ${response.status}`);
    },

    async feedback({ outcome }, { session }) {
      const headers = { Authorization: `Bearer ${SITE_SECRET}` };
      const response = await ask(post('/v1/feedback', { session, outcome }, headers));
      if (!response.ok) throw new Error(`feedback was answered with ${response.status}`);
    },

    async sweep() {
      guard.ring(worker.nowMs);
      await stores.sweep();
    },
    close: () => stores.close(),
  };

  async function misconfiguration(): Promise<string> {
    const health = await ask(new Request(`${WORKER}/healthz`));
    return `the settings of "${contender.name}" are refused: ${await health.text()}`;
  }
  return worker;
}

/** Twilio, as far as a send goes: it takes every message. */
function createProvider(): Egress & {
  lastMessage(): Omit<SentMessage, 'session' | 'site' | 'ip'>;
} {
  let last: Omit<SentMessage, 'session' | 'site' | 'ip'> | undefined;
  let messages = 0;
  return {
    async call({ url, body }) {
      const fields = new URLSearchParams(body);
      messages += 1;
      const kind = url.endsWith('/Calls.json') ? 'CA' : 'SM';
      const sid = `${kind}${messages.toString(16).padStart(32, '0')}`;
      const text = fields.get('Body') ?? fields.get('Twiml') ?? '';
      last = { sid, code: codeIn(text), callbackUrl: fields.get('StatusCallback') ?? undefined };
      return { kind: 'answered', status: 201, retryAfter: null, text: JSON.stringify({ sid }) };
    },
    lastMessage() {
      if (!last) throw new Error('no message was sent');
      return last;
    },
  };
}

/** At the end of an SMS, in the line for autofill; read out digit by digit in a call. */
function codeIn(text: string): string {
  const [, written] = /#(\d{4,10})\s*$/.exec(text) ?? [];
  const [spoken = ''] = /\d(, \d){3,9}/.exec(text) ?? [];
  return written ?? spoken.replaceAll(', ', '');
}

const REPORTS: Record<ReportLine['state'], Record<string, string>> = {
  sent: { MessageStatus: 'sent' },
  delivered: { MessageStatus: 'delivered' },
  undelivered: { MessageStatus: 'undelivered', ErrorCode: '30003' },
  blocked: { MessageStatus: 'undelivered', ErrorCode: '30450' },
};

function twilioSignature(url: string, fields: URLSearchParams): string {
  const signed = [...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join('');
  return createHmac('sha1', TWILIO_AUTH_TOKEN)
    .update(url + signed)
    .digest('base64');
}
