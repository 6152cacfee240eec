/** Validates the sender of a message by each provider's rules. */
import type { Channel } from '../../shared/api/channel.ts';
import type { ConnectorName } from './connector.ts';

interface SenderRule {
  pattern: RegExp;
  words: string;
}

/** Mitto documents 3 to 11 letters and digits, or a number of 3 to 14 digits. Samples have spaces and dots as well. */
const MITTO: SenderRule = {
  pattern: /^(\+?\d{3,14}|(?=.*[A-Za-z])[A-Za-z0-9 ._-]{3,11})$/,
  words: 'must be a number of 3 to 14 digits, or 3 to 11 letters and digits',
};

/** Twilio: a number with its plus, or the SID of a messaging service. */
const TWILIO: SenderRule = {
  pattern: /^(\+[1-9]\d{4,14}|MG[0-9a-fA-F]{32})$/,
  words: 'must be a number in E.164, or a messaging service SID (MG and 32 hex digits)',
};

const TWILIO_CALLER: SenderRule = {
  pattern: /^\+[1-9]\d{4,14}$/,
  words: 'must be a number in E.164',
};

/** What is wrong with it, in words; `undefined` for a good one. */
export function senderProblem(
  connector: ConnectorName,
  channel: Channel,
  sender: string,
): string | undefined {
  const ofTwilio = channel === 'voice' ? TWILIO_CALLER : TWILIO;
  const { pattern, words } = connector === 'twilio' ? ofTwilio : MITTO;
  return pattern.test(sender) ? undefined : words;
}

export function isMessagingService(sender: string): boolean {
  return sender.startsWith('MG');
}
