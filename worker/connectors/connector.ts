/**
 * Who carries a message, and who makes the code in it. One connector a provider, one small file each; the rest of the
 * Worker speaks to this interface. Which of a provider's answers means what is decided here, once.
 */
import type { Channel } from '../../shared/channel.ts';
import type { E164 } from '../otp/phone-number.ts';
import type { Reason } from '../reason.ts';

/** As the settings name them. */
export const CONNECTOR_NAMES = ['mitto-2fa', 'mitto-sms', 'twilio'] as const;
export type ConnectorName = (typeof CONNECTOR_NAMES)[number];

/** What a connector can do, known before it is set up: by this a flow is checked at start. */
export interface Abilities {
  channels: readonly Channel[];
  /** Who makes the code and checks it. A connector of our own codes carries any other text as well. */
  codes: 'provider' | 'ours';
}

export const ABILITIES: Readonly<Record<ConnectorName, Abilities>> = {
  'mitto-2fa': { channels: ['sms', 'voice'], codes: 'provider' },
  'mitto-sms': { channels: ['sms'], codes: 'ours' },
  twilio: { channels: ['sms', 'voice'], codes: 'ours' },
};

interface Message {
  to: E164;
  channel: Channel;
  /** Number or sender ID. */
  from: string;
  text: string;
  /** Of the text, a primary language subtag: a voice has to read it in the same one. */
  language: string;
}

/** For a provider that makes the code: `text` has `{code}` where it goes. */
export interface CodeMessage extends Message {
  service: string;
  /** What the provider's own limits count, by the names that the operator gave them. */
  limits: Readonly<Record<string, string>>;
}

/** For a provider that carries what it is given. */
export interface TextMessage extends Message {
  /** Ours, for the delivery report. */
  reference: string;
  /** Where the provider reports the delivery to; absent where no reports are wanted. */
  callbackUrl?: string | undefined;
  /** Minutes after which the message is worth nothing any more. */
  validMinutes: number;
  /** The provider is to do all but deliver it, where it can. */
  isTest?: boolean;
}

/** A message that the provider took. */
export interface SentMessage {
  /** The provider's own name of it. */
  requestId: string;
}

export interface CodeCheck extends SentMessage {
  to: E164;
  service: string;
  code: string;
}

export type SendResult =
  | { kind: 'accepted'; requestId: string }
  | { kind: 'failed'; reason: Reason };

export type CheckResult =
  | { kind: 'right' }
  | { kind: 'wrong' }
  /** The provider never said. */
  | { kind: 'not_evaluated'; reason: Reason };

/** What a look at the credentials brought, without a message. */
export type CredentialCheck =
  | { kind: 'accepted'; detail: string }
  | { kind: 'failed'; reason: Reason };

interface CommonConnector {
  readonly name: ConnectorName;
  /** Asks the provider something that sends nothing and costs nothing. */
  checkCredentials(): Promise<CredentialCheck>;
}

/** The provider makes the code, sends it, and checks it. */
export interface CodeConnector extends CommonConnector {
  readonly codes: 'provider';
  sendCode(message: CodeMessage): Promise<SendResult>;
  check(check: CodeCheck): Promise<CheckResult>;
  /** Best effort: our own record has ended the session already. */
  cancel(sent: SentMessage): Promise<void>;
}

/** The provider carries a text; codes are made and checked here. */
export interface TextConnector extends CommonConnector {
  readonly codes: 'ours';
  sendText(message: TextMessage): Promise<SendResult>;
  /** Tells the provider that the code of a message was used. Best effort. */
  reportUse(sent: SentMessage): Promise<void>;
}

export type Connector = CodeConnector | TextConnector;
