import { firstEn } from './first-en.ts';
import type { Words } from './words.ts';

const NOT_SET_UP =
  'Phone confirmation is not set up correctly on this site. Please tell its owner.';
const TRY_LATER = 'That did not work. Please try again in a moment.';
const ASK_FOR_NEW_CODE = 'This code can no longer be used. Ask for a new one.';

export const en: Words<'one'> = {
  ...firstEn,
  gap: ' ',

  country: 'Country',
  countryChosen: 'Country: {country}',
  chooseCountry: 'Choose a country',
  countrySearch: 'Search country or code',
  countryNotFound: 'No country found.',

  codeLabel: 'Code',
  codeHint: {
    sms: 'Enter the {length}\u2011digit code that we sent to {to}.',
    voice: 'Enter the {length} digits that we read to you at {to}.',
  },
  verify: 'Confirm',
  verifying: 'Checking the code…',
  resend: 'Send again',
  resendIn: 'Send again in {time}',
  newCode: 'Send a new code',
  newCodeIn: 'New code in {time}',
  insteadBy: { sms: 'Text me instead', voice: 'Call me instead' },
  changeNumber: 'Change number',
  noCodeHelp: 'No code yet? Check that the number is right and wait a minute. Then send it again.',
  delivered: 'Your phone network has the message. It should arrive any moment.',
  notDelivered: 'The code could not be delivered. Please check the number.',
  otherWay: 'You can also choose another way.',

  verified: 'Your number is confirmed.',
  proofExpired: 'The confirmation has expired. Confirm your number again.',
  renew: 'Confirm again',

  challenge: 'Please confirm that you are human.',
  challengeNotLoaded:
    'The check that you are human did not load. A content blocker may be in its way. Please try again.',
  challengeTimedOut: 'The check that you are human took too long. Please try again.',

  offline: 'You are offline. You can go on once the connection is back.',
  backOnline: 'You are online again.',

  sent: {
    sms: 'Code sent to {to}. Enter its {length} digits.',
    voice: 'We are calling {to}. Enter the {length} digits that you hear.',
  },
  resendReady: 'You can ask for another code now.',
  retryReady: 'You can try again now.',

  phoneMissing: 'Enter your phone number.',
  countryMissing: 'Choose your country, or begin the number with + and the country code.',
  phoneTooShort: 'This number is too short. Please check it.',
  phoneTooLong: 'This number is too long. Please check it.',
  phoneNotMobile: 'This is not a mobile number. Please enter a mobile number.',
  codeIncomplete: 'Enter all {length} digits of the code.',
  tryAgainIn: 'You can try again {when}.',
  attemptsLeft: { one: 'One attempt left.', other: '{count} attempts left.' },
  errors: {
    invalid_phone: 'This is not a mobile number that can get a code. Please check it.',
    destination_not_allowed: 'We cannot send codes to numbers of this country.',
    blocked_by_provider: 'The code cannot reach this number this way. Please use another number.',
    invalid_code_format: 'The code is made of digits only.',
    incorrect_code: 'This code is not right. Check its digits and try again.',
    too_many_attempts: 'Too many wrong codes.',
    session_expired: 'The code has expired. Ask for a new one.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'It is too soon for another try.',
    request_in_progress: 'We are still working on it. Please try again in a moment.',
    delivery_unknown:
      'We do not know whether the code was sent. Please send a new one and use that one.',
    challenge_failed: 'We could not make sure that you are human. Please try again.',
    network_error: 'No connection. Check your internet connection and try again.',
    timeout: 'The answer took too long. Please try again.',
    upstream_timeout: 'The answer took too long. Please try again.',
    upstream_error: 'The code could not be sent. Please try again in a moment.',
    temporarily_unavailable: 'Phone confirmation is not available right now.',
    capacity: 'Phone confirmation is not available right now.',
    unexpected_answer: TRY_LATER,
    idempotency_mismatch: TRY_LATER,
    misconfigured: NOT_SET_UP,
    origin_not_allowed: NOT_SET_UP,
    unauthorized: NOT_SET_UP,
    malformed_request: NOT_SET_UP,
    not_found: NOT_SET_UP,
    method_not_allowed: NOT_SET_UP,
    payload_too_large: NOT_SET_UP,
    unsupported_media_type: NOT_SET_UP,
  },
  didYouMean: 'Did you mean {number}?',
  codeUnconfirmed: 'Confirm the code first.',
};
