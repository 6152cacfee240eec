/** What Auth0 hands to an Action, as its type definitions and its sample events have it. */

export const CODE = '123456';

export const MESSAGE_TYPES = [
  'otp_verify',
  'otp_enroll',
  'blocked_account',
  'change_password',
  'password_breach',
] as const;

export interface Notification {
  recipient: string;
  as_text: string;
  as_voice: string;
  code?: string;
  delivery_method: 'text' | 'voice';
  from?: string;
  locale?: string;
  message_type: string;
}

export type Secrets = Readonly<Record<string, string | undefined>>;

/** Who and what an event tells of besides its message. */
const SURROUNDINGS = {
  client: { client_id: 'client-1', name: 'All Applications', metadata: {} },
  request: {
    geoip: { countryCode: 'US' },
    ip: '192.0.2.1',
    method: 'POST',
    hostname: 'example.auth0.com',
    language: 'en',
    user_agent: 'curl/8.0',
  },
  tenant: { id: 'example' },
  user: {
    user_id: 'auth0|1',
    app_metadata: {},
    user_metadata: {},
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    email_verified: true,
  },
  configuration: {},
};

export function phoneProviderEvent(
  secrets: Secrets,
  notification: Partial<Notification> & { recipient: string },
  more: object = {},
) {
  const code = notification.code ?? CODE;
  const complete: Notification = {
    as_text: `Your code is ${code}`,
    as_voice: `Hello. Your code is ${[...code].join('. ')}. I repeat, ${[...code].join('. ')}.`,
    code,
    delivery_method: 'text',
    message_type: 'otp_verify',
    ...notification,
  };
  return { ...SURROUNDINGS, ...more, notification: complete, secrets };
}

export interface MessageOptions {
  action: 'enrollment' | 'second-factor-authentication';
  code: string;
  message_type: 'sms' | 'voice';
  recipient: string;
  text: string;
}

export function sendPhoneMessageEvent(
  secrets: Secrets,
  options: Partial<MessageOptions> & { recipient: string },
) {
  const complete: MessageOptions = {
    action: 'second-factor-authentication',
    code: CODE,
    message_type: 'sms',
    text: `Your code is ${options.code ?? CODE}`,
    ...options,
  };
  return { ...SURROUNDINGS, message_options: complete, secrets };
}

/** What a Hook is handed: the number, the text, and everything else. */
export function hookCall(
  secrets: Secrets,
  message: { recipient: string; code?: string; text?: string; message_type?: 'sms' | 'voice' },
) {
  const { recipient, code = CODE, text = `Your code is ${code}`, message_type = 'sms' } = message;
  return {
    recipient,
    text,
    context: {
      factor_type: 'second',
      message_type,
      action: 'authentication',
      language: 'en',
      code,
      ip: '192.0.2.1',
      user_agent: 'curl/8.0',
      client_id: 'client-1',
      name: 'All Applications',
      client_metadata: {},
      user: SURROUNDINGS.user,
      webtask: { secrets },
    },
  };
}
