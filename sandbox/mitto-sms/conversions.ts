/** `POST /sms/converted`: the message with this id did what it was sent for. Statuses and their reasons: documented. */
import { type Answer, RequestError } from '../envelope.ts';
import type { Fields } from '../request-body.ts';
import { idWithoutDashes } from './send.ts';
import type { SmsState } from './state.ts';

/** Documented: the body of an error is a JSON string. */
export function convert(state: SmsState, fields: Fields): Answer {
  const { smsConversions, retryAfter } = state.knobs.current;
  switch (smsConversions) {
    case 'not_enabled':
      return refused(400, 'Conversion rate tracking is not enabled for this customer account');
    case 'throttled':
      return refused(429, 'Too many requests', retryAfter ? { 'Retry-After': retryAfter } : {});
    case 'enabled': {
      const messageId = fields['messageId'];
      const id = typeof messageId === 'string' ? idWithoutDashes(messageId) : '';
      if (!state.sent.has(id))
        return refused(404, `No convertible message found for id "${String(messageId)}"`);
      return { status: 200, content: 'OK' };
    }
  }
}

function refused(status: number, content: string, headers: Record<string, string> = {}): Answer {
  return new RequestError(status, content, headers, content).answer;
}
