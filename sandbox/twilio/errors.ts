/**
 * Twilio's errors: `{code, message, more_info, status}`. Codes and meanings are documented; of most, the HTTP status
 * is not, and 400 is assumed.
 */
import { RequestError } from '../envelope.ts';

const MESSAGES: ReadonlyMap<number, string> = new Map([
  [12100, 'Document parse failure'],
  [14107, 'Message rate limit exceeded'],
  [20001, 'Invalid parameter'],
  [20003, 'Authenticate'],
  [20004, 'Method not allowed'],
  [20404, 'The requested resource was not found'],
  [20429, 'Too Many Requests'],
  [20500, 'An internal server error has occurred'],
  [20503, 'Service Unavailable'],
  [21201, "No 'To' number is specified"],
  [21205, 'Url parameter is required.'],
  [21210, "The 'From' number is not one of this account"],
  [21211, "Invalid 'To' Phone Number"],
  [21212, "Invalid 'From' Number"],
  [21213, "No 'From' number is specified"],
  [21214, "'To' phone number cannot be reached"],
  [21215, 'Account not authorized to call this number'],
  [21216, 'Account not allowed to call this number'],
  [21217, 'Phone number does not appear to be valid'],
  [21408, 'Permission to send an SMS has not been enabled for the region'],
  [21602, 'Message body is required.'],
  [21603, "A 'From' phone number is required."],
  [21604, "A 'To' phone number is required."],
  [21606, "The 'From' number is not an SMS-capable number of this account"],
  [21609, "The 'StatusCallback' URL is not a valid URL."],
  [21610, 'Attempt to send to unsubscribed recipient'],
  [21611, "This 'From' number has exceeded the maximum number of queued messages"],
  [21612, "The 'To' phone number is not currently reachable via SMS"],
  [21614, "'To' number is not a valid mobile number"],
  [21617, 'The concatenated message body exceeds the 1600 character limit'],
  [21635, "'To' number cannot be a landline"],
  [21659, "The 'From' number is no number or short code of Twilio's"],
  [21660, "The 'From' number does not belong to this account"],
  [21701, 'The Messaging Service does not exist'],
  [21703, 'The Messaging Service has no numbers to send from'],
  [30004, 'Message blocked'],
  [30007, 'Message filtered'],
  [30450, 'Message blocked by SMS pumping protection'],
  [30453, "Message couldn't be delivered"],
  [32018, 'Twiml size exceeded maximum allowed value of 4000 characters'],
  [60410, 'Verification delivery attempt blocked'],
  [60605, 'Verification delivery attempt blocked'],
  [70051, 'Authorization Failed'],
]);

/** HTTP statuses other than 400. */
const STATUSES: ReadonlyMap<number, number> = new Map([
  [14107, 429],
  [20003, 401],
  [20004, 405],
  [20404, 404],
  [20429, 429],
  [20500, 500],
  [20503, 503],
  [21611, 429],
  [60410, 403],
  [60605, 403],
  [70051, 401],
]);

/** Of a message that was taken: documented as errors of the delivery, which come in the status callback. */
export const DELIVERY_CODES: readonly number[] = [30004, 30007, 30450, 30453];
/** What a request is refused with. */
export const REFUSAL_CODES = [...MESSAGES.keys()].filter((code) => !DELIVERY_CODES.includes(code));

export class TwilioRefusal extends RequestError {
  /** @param detail instead of the message; Twilio's own at times repeat the number or the text that is wrong */
  constructor(code: number, detail?: string) {
    const status = STATUSES.get(code) ?? 400;
    const message = detail ?? MESSAGES.get(code) ?? 'Refused';
    const headers = status === 401 ? { 'WWW-Authenticate': 'Basic realm="Twilio sandbox"' } : {};
    super(status, message, headers, twilioError(code, status, message));
  }
}

/** The refusal of an HTTP status that no code stands for. */
export function refusalOfStatus(status: number, message: string): RequestError {
  return new RequestError(status, message, {}, twilioError(codeOfStatus(status), status, message));
}

function codeOfStatus(status: number): number {
  if (status === 400) return 20001;
  return status === 401 || status === 403 ? 20003 : 20_000 + status;
}

function twilioError(code: number, status: number, message: string) {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
