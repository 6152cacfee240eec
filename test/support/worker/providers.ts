/** Settings of each connector, with the sandbox's credentials. */
import {
  MITTO_SMS_API_KEY,
  TWILIO_ACCOUNT_SID,
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_AUTH_TOKEN,
} from '../../../sandbox/credentials.ts';

export const TWILIO_NUMBER = '+12025550123';

export const BY_MITTO_SMS = {
  CONNECTOR: 'mitto-sms',
  CHANNELS: 'sms',
  MITTO_SMS_BASE_URL: 'https://mitto-sms.test',
  MITTO_SMS_API_KEY,
};

export const BY_TWILIO = {
  CONNECTOR: 'twilio',
  TWILIO_BASE_URL: 'https://twilio.test',
  TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN,
  TWILIO_FROM: TWILIO_NUMBER,
};

export const BY_TWILIO_KEY = {
  ...BY_TWILIO,
  TWILIO_AUTH_TOKEN: undefined,
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
};

/** All three are set up; codes go by Mitto's SMS API and, where it refuses or for calls, by Twilio. */
export const EVERY_CONNECTOR = {
  ...BY_MITTO_SMS,
  ...BY_TWILIO,
  CONNECTOR: 'mitto-sms,twilio',
  CHANNELS: 'sms,voice',
};
