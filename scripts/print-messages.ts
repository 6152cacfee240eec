/**
 * Prints each message that ships as it will arrive, with a host of usual length, and fails where one takes more than one
 * segment.
 * Part of `npm run check`; an operator's own are shown by `GET /v1/admin/connectors`.
 */

import { previewMessages } from '../worker/config/preview-messages.ts';
import { MAX_CODE_SMS_CHARACTERS } from '../worker/texts/otp-text.ts';

const messages = previewMessages({
  ALLOWED_ORIGINS: ['https://www.example.com'],
  AUTOFILL_LINE: true,
  CHALLENGE_FROM_SEND: 0,
  CHANNELS: ['sms', 'voice'],
  CODE_LENGTH: 10,
  CONNECTOR: ['mitto-sms'],
  FLOWS: {},
  GUARD: 'off',
  LIMITS: {
    send_per_ip: [],
    verify_per_ip: [],
    send_per_phone: [],
    fail_per_phone: [],
    message_per_phone: [],
    send_per_prefix: [],
    send_total: [],
    cooldown: [],
    codes_per_session: 5,
  },
  SERVICE: '',
  TEMPLATE: undefined,
  TEMPLATES: {},
});

for (const { channel, language, text, size } of messages) {
  const isOver =
    channel === 'sms' && (text.length > MAX_CODE_SMS_CHARACTERS || size?.segments !== 1);
  const cost = size ? `${text.length} characters, ${size.segments} × ${size.encoding}` : 'spoken';
  console.log(
    `${isOver ? 'OVER' : 'ok'}  ${language} ${channel}, ${cost}: ${text.replaceAll('\n', ' ⏎ ')}`,
  );
  if (isOver) process.exitCode = 1;
}
