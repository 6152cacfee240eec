import type { MittoSmsClient } from '../../providers/mitto/sms-client.ts';
import { smsSize } from '../texts/sms-segments.ts';
import type { TextConnector } from './connector.ts';
import { toReadError, toSendError } from './map-provider-error.ts';

/** What Mitto says of an empty message once the key is taken: nothing to mind, or no text, sender or receiver. */
const AFTER_THE_KEY = new Set([0, 3, 5, 6, 7, 8]);

/** Mitto's SMS API: it carries the text, we make and check the code. */
export function createMittoSmsConnector(options: {
  client: MittoSmsClient;
  /** Tell Mitto of each code that was used. */
  reportsUse: boolean;
}): TextConnector {
  const { client, reportsUse } = options;
  return {
    name: 'mitto-sms',
    codes: 'ours',
    async sendText({ to, from, text, reference, callbackUrl, validMinutes, isTest }) {
      const result = await client.send({
        from,
        to,
        text,
        type: smsSize(text).encoding === 'gsm7' ? 'GSM' : 'Unicode',
        reference,
        validity: validMinutes,
        ...(callbackUrl === undefined ? {} : { callback: callbackUrl }),
        ...(isTest ? { test: true } : {}),
      });
      if (result.kind === 'accepted')
        return { kind: 'accepted', requestId: result.id ?? reference };
      return { kind: 'failed', reason: toSendError(result) };
    },
    async reportUse({ requestId }) {
      if (reportsUse) await client.converted(requestId);
    },
    async checkCredentials() {
      // No call of this API only looks. An empty text is refused with code 3 once the key has been taken (assumed).
      const result = await client.send({ from: '', to: '', text: '', type: 'GSM', test: true });
      const { responseCode } = result;
      if (responseCode !== undefined && AFTER_THE_KEY.has(responseCode))
        return { kind: 'accepted', detail: 'the key was taken; an empty message went nowhere' };
      // A refusal in other words is none of Mitto's: of a proxy, or of another host.
      const isElsewhere = result.kind === 'accepted' || result.kind === 'refused';
      return {
        kind: 'failed',
        reason: isElsewhere
          ? { kind: 'provider_unintelligible', detail: 'no answer of the SMS API' }
          : toReadError(result),
      };
    },
  };
}
