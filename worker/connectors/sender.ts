/** What may stand as the sender of a message, by each provider's own rule. */
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
  words: 'must be a number with its plus, or a messaging service SID (MG and 32 hex digits)',
};

const RULES: Readonly<Record<ConnectorName, SenderRule>> = {
  'mitto-2fa': MITTO,
  'mitto-sms': MITTO,
  twilio: TWILIO,
};

/** What is wrong with it, in words; `undefined` for a good one. */
export function senderProblem(connector: ConnectorName, sender: string): string | undefined {
  const { pattern, words } = RULES[connector];
  return pattern.test(sender) ? undefined : words;
}

export function isMessagingService(sender: string): boolean {
  return sender.startsWith('MG');
}
