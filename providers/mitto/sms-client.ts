/**
 * Mitto's SMS API, typed: `POST /sms.json` and `POST /sms/converted`. Paths, fields and response codes are documented;
 * what is assumed is marked. It knows what Mitto says and nothing of what we make of it.
 */
import { createDirectEgress } from '../egress/direct.ts';
import type { Egress } from '../egress/egress.ts';
import { type ProviderFailure, readResponse } from '../egress/provider-error.ts';

export interface MittoSmsClientOptions {
  apiKey: string;
  /** `https://rest.mittoapi.com`, the default, or a regional host. */
  baseUrl?: string;
  /** How its calls leave; straight from here by default. */
  egress?: Egress;
}

/** Body of `POST /sms.json`. */
export interface MittoSms {
  /** 3 to 11 letters and digits, or a number of 3 to 14 digits. */
  from: string;
  /** E.164; sent without its plus, as the documented samples have it. */
  to: string;
  text: string;
  type: 'GSM' | 'Unicode' | 'Binary' | 'auto';
  /** Comes back in the delivery report. */
  reference?: string;
  /** Minutes; 2880 by default. */
  validity?: number;
  /** URL of the delivery report. */
  callback?: string;
  /** Nothing is delivered. */
  test?: boolean;
}

export type MittoSmsResult = ({ kind: 'accepted'; id: string | undefined } | ProviderFailure) & {
  /** As Mitto said it; absent where the answer was not its API's. */
  readonly responseCode?: number;
};

export interface MittoSmsClient {
  send(sms: MittoSms): Promise<MittoSmsResult>;
  /** That the code in a message was used. Not every account has this. */
  converted(messageId: string): Promise<{ kind: 'noted' } | ProviderFailure>;
}

export function createMittoSmsClient({
  apiKey,
  baseUrl = 'https://rest.mittoapi.com',
  egress = createDirectEgress({ fetch: (input, init) => fetch(input, init) }),
}: MittoSmsClientOptions): MittoSmsClient {
  async function post(path: string, body: object) {
    const answer = await egress.call({
      url: `${baseUrl}${path}`,
      method: 'POST',
      headers: {
        'X-Mitto-API-Key': apiKey,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      body: JSON.stringify(body),
    });
    return readResponse(answer);
  }

  return {
    async send({ to, ...sms }) {
      const heard = await post('/sms.json', { ...sms, to: to.replace('+', '') });
      if (heard.kind !== 'heard') return heard;
      const { status, members } = heard;
      if (status === 401 || status === 403)
        return { kind: 'unauthorized', detail: `HTTP ${status}` };
      const code = responseCodeOf(members['responseCode']);
      if (code === undefined)
        return status >= 400
          ? { kind: 'refused', detail: `HTTP ${status}` }
          : { kind: 'unintelligible', detail: 'no responseCode' };
      if (code !== 0) return { ...failureOf(code), responseCode: code };
      // An HTTP error overrides a code that says sent.
      if (status < 200 || status > 299) return { kind: 'refused', detail: `HTTP ${status}` };
      return { kind: 'accepted', id: messageIdOf(members['id']), responseCode: code };
    },
    async converted(messageId) {
      const heard = await post('/sms/converted', { messageId });
      // The documented answers differ in their status alone: 200, 400 not enabled, 404 unknown id, 429.
      if (heard.kind === 'heard' && heard.status >= 200 && heard.status <= 299)
        return { kind: 'noted' };
      if (heard.kind === 'heard') return { kind: 'refused', detail: `HTTP ${heard.status}` };
      return heard;
    },
  };
}

/** Documented as a number; a string of digits is taken as well. */
function responseCodeOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : undefined;
}

/** 32 hex or a dashed GUID (documented); any plain name is taken. */
function messageIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : undefined;
}

function failureOf(code: number): ProviderFailure {
  const detail = `responseCode ${code}`;
  switch (code) {
    case 1:
      return { kind: 'failed', detail: `${detail}: internal error` };
    case 2:
      return { kind: 'refused', detail: `${detail}: invalid type` };
    case 3:
      return { kind: 'refused', detail: `${detail}: empty text` };
    case 4:
    case 9:
      return { kind: 'refused', detail: `${detail}: text not in the character set` };
    case 5:
      return { kind: 'bad_sender', detail: `${detail}: empty sender` };
    case 6:
      return { kind: 'bad_sender', detail: `${detail}: invalid sender` };
    case 7:
      return { kind: 'refused', detail: `${detail}: empty receiver` };
    case 8:
      return { kind: 'bad_number', detail: `${detail}: invalid receiver` };
    default:
      return { kind: 'refused', detail };
  }
}
