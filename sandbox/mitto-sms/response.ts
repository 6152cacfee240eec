/** What the SMS API answers. `responseCode` and its meanings are documented. */
import { type Answer, RequestError } from '../envelope.ts';
import type { SandboxState } from '../sandbox-state.ts';

const RESPONSE_TEXTS = {
  0: 'SMS sent',
  1: 'Internal error',
  2: 'Invalid type',
  3: 'Empty message',
  4: 'Message text is invalid',
  5: 'Empty sender',
  6: 'Invalid sender',
  7: 'Empty receiver',
  8: 'Invalid receiver',
  9: 'Invalid character set',
} as const;

export type ResponseCode = keyof typeof RESPONSE_TEXTS;
export type RefusalCode = Exclude<ResponseCode, 0>;

export function isRefusalCode(code: number): code is RefusalCode {
  return code !== 0 && Object.hasOwn(RESPONSE_TEXTS, code);
}

/** A message that is not sent. Documented: no `id`, and 0 for the length. */
export class SmsRefusal extends RequestError {
  constructor(state: SandboxState, responseCode: RefusalCode, detail?: string) {
    const responseText = RESPONSE_TEXTS[responseCode];
    const status = state.knobs.current.smsRefusalStatus === 'http_200' ? 200 : 400;
    super(
      status,
      responseText,
      {},
      {
        timestamp: timestampOf(state.now()),
        responseCode,
        responseText: detail === undefined ? responseText : `${responseText}: ${detail}`,
        textLength: lengthAs(state.knobs.current.smsTextLength, 0),
      },
    );
  }
}

/** Seven digits of a second, as in Mitto's samples. */
function timestampOf(atMs: number): string {
  return new Date(atMs).toISOString().replace('Z', '0000Z');
}

export function lengthAs(
  shape: 'number' | 'string' | 'padded_string',
  length: number,
): number | string {
  switch (shape) {
    case 'number':
      return length;
    case 'string':
      return String(length);
    case 'padded_string':
      return ` ${length}`;
  }
}

export function acceptedAnswer(
  state: SandboxState,
  members: Readonly<Record<string, unknown>>,
): Answer {
  const content = {
    timestamp: timestampOf(state.now()),
    responseCode: 0,
    responseText: RESPONSE_TEXTS[0],
    ...members,
  };
  return { status: 200, content };
}
