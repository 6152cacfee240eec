/**
 * Connectors send messages and generate or verify codes. One per provider API, in one small file each, behind this interface.
 * Each connector maps its provider's responses to reasons.
 */
import type { Channel } from '../../shared/api/channel.ts';
import type { E164 } from '../../shared/phone-number/e164.ts';
import type { ErrorReason } from '../errors.ts';

/** Names in the settings. */
export const CONNECTOR_NAMES = ['mitto-2fa', 'mitto-sms', 'twilio'] as const;
export type ConnectorName = (typeof CONNECTOR_NAMES)[number];

/** A connector's capabilities, known before it is configured, to validate flows at start. */
export interface Abilities {
  channels: readonly Channel[];
  /** Who generates and verifies the code. A connector of self-issued codes also sends any other text. */
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
  /** Language of the text, a primary subtag, for the voice. */
  language: string;
}

/** For a provider that generates the code: `text` contains `{code}`. */
export interface CodeMessage extends Message {
  service: string;
  /** Values for the provider's own limits, by their names. */
  limits: Readonly<Record<string, string>>;
}

/** For a provider that sends any text. */
export interface TextMessage extends Message {
  /** Our reference, for the delivery report. */
  reference: string;
  /** URL for delivery reports; absent if disabled. */
  callbackUrl?: string | undefined;
  /** Minutes after which the message expires. */
  validMinutes: number;
  /** Dry run: everything but the delivery, if the provider supports it. */
  isTest?: boolean;
}

/** A message that the provider accepted. */
export interface SentMessage {
  /** The provider's id. */
  requestId: string;
}

export interface CodeCheck extends SentMessage {
  to: E164;
  service: string;
  code: string;
}

export type SendResult =
  | { kind: 'accepted'; requestId: string }
  | { kind: 'failed'; reason: ErrorReason };

export type CheckResult =
  | { kind: 'right' }
  | { kind: 'wrong' }
  /** The provider did not evaluate it. */
  | { kind: 'not_evaluated'; reason: ErrorReason };

/** The result of a credentials check, which sends no message. */
export type CredentialCheck =
  | { kind: 'accepted'; detail: string }
  | { kind: 'failed'; reason: ErrorReason };

interface CommonConnector {
  readonly name: ConnectorName;
  /** Calls the provider without sending a message or causing costs. */
  checkCredentials(): Promise<CredentialCheck>;
}

/** The provider generates, sends and verifies the code. */
export interface CodeConnector extends CommonConnector {
  readonly codes: 'provider';
  sendCode(message: CodeMessage): Promise<SendResult>;
  check(check: CodeCheck): Promise<CheckResult>;
  /** Best effort: the session has already ended in our record. */
  cancel(sent: SentMessage): Promise<void>;
}

/** The provider sends a text; the Worker generates and verifies codes. */
export interface TextConnector extends CommonConnector {
  readonly codes: 'ours';
  sendText(message: TextMessage): Promise<SendResult>;
  /** Reports to the provider that the code of a message was used. Best effort. */
  reportUse(sent: SentMessage): Promise<void>;
}

export type Connector = CodeConnector | TextConnector;
