import { enInitial } from '../en-initial.ts';
import type { Messages } from '../messages.ts';

const NOT_SET_UP = 'Phone confirmation isn’t set up correctly on this site. Please tell its owner.';
const TRY_LATER = 'That didn’t work. Please try again in a moment.';
const ASK_FOR_NEW_CODE = 'This code can no longer be used. Request a new one.';

export const en: Messages<'one'> = {
  ...enInitial,
  gap: ' ',

  country: 'Country',
  countryChosen: 'Country: {country}',
  chooseCountry: 'Choose a country',
  countrySearch: 'Search country or code',
  countryNotFound: 'No country found.',

  codeLabel: 'Verification code',
  codeHint: {
    sms: 'Enter the {length}\u2011digit code we sent to {to}.',
    voice: 'We’re calling {to}. Enter the {length} digits you hear.',
  },
  verify: 'Confirm',
  verifying: 'Checking the code…',
  resend: 'Send again',
  resendIn: 'Send again in {time}',
  newCode: 'Send a new code',
  newCodeIn: 'New code in {time}',
  insteadBy: { sms: 'Text me instead', voice: 'Call me instead' },
  changeNumber: 'Change number',
  backToCode: 'Back to the code',
  newCodeSent: 'New code sent.',
  noCodeHelp: 'Still no code? Check the number, or send it again.',
  delivered: 'Your carrier has the message. It should arrive any moment.',
  notDelivered: 'The code couldn’t be delivered. Please check the number.',
  otherWay: 'You can also get the code another way.',

  verified: 'Your number is confirmed.',
  proofExpired: 'The confirmation has expired. Confirm your number again.',
  renew: 'Confirm again',

  challenge: 'Please confirm that you’re human.',
  challengeWaits: 'Complete the check below',
  challengeNotLoaded:
    'The check that you’re human didn’t load. A content blocker may be the cause. Please try again.',
  challengeTimedOut: 'The check that you’re human took too long. Please try again.',

  offline: 'You’re offline. You can continue once you’re back online.',
  backOnline: 'You’re back online.',

  sent: {
    sms: 'Code sent to {to}. Enter the {length} digits.',
    voice: 'We’re calling {to}. Enter the {length} digits you hear.',
  },
  resendReady: 'You can request another code now.',
  retryReady: 'You can try again now.',

  phoneMissing: 'Enter your phone number.',
  countryMissing: 'Choose your country, or start the number with + and the country code.',
  phoneTooShort: 'This number is too short. Please check it.',
  phoneTooLong: 'This number is too long. Please check it.',
  phoneNotMobile: 'This isn’t a mobile number. Please enter a mobile number.',
  codeIncomplete: 'Enter all {length} digits of the code.',
  tryAgainIn: 'You can try again {when}.',
  attemptsLeft: { one: 'One attempt left.', other: '{count} attempts left.' },
  errors: {
    invalid_phone: 'This number can’t receive codes. Check it or use another one.',
    destination_not_allowed: 'We can’t send codes to numbers in this country.',
    blocked_by_provider:
      'We can’t send the code to this number this way. Please use another number.',
    invalid_code_format: 'The code is made up of digits only.',
    incorrect_code: 'That code isn’t right. Check it and try again.',
    too_many_attempts: 'Too many wrong codes.',
    session_expired: 'The code has expired. Request a new one.',
    session_used: ASK_FOR_NEW_CODE,
    invalid_session: ASK_FOR_NEW_CODE,
    rate_limited: 'Please wait a moment before trying again.',
    request_in_progress: 'We’re still working on it. Please try again in a moment.',
    delivery_unknown:
      'We don’t know whether the code was sent. Please request a new one and use that one.',
    challenge_failed: 'We couldn’t confirm that you’re human. Please try again.',
    network_error: 'No connection. Check your internet connection and try again.',
    timeout: 'This is taking too long. Please try again.',
    upstream_timeout: 'This is taking too long. Please try again.',
    upstream_error: 'The code couldn’t be sent. Please try again in a moment.',
    temporarily_unavailable: 'Phone confirmation isn’t available right now.',
    capacity: 'Phone confirmation isn’t available right now.',
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
