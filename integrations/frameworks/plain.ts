import 'mitto-otp';
import type {
  MittoErrorEvent,
  MittoExpiredEvent,
  MittoOtpElementEventMap,
  MittoResetEvent,
  MittoVerifiedEvent,
} from 'mitto-otp';

export function signUp(form: HTMLFormElement, onProof: (proof: string) => void): void {
  const otp = document.createElement('mitto-otp');
  otp.channel = 'voice';
  otp.nonceValue = 'made by the server';
  otp.codeLength = 6;
  otp.words = { send: 'Text me' };
  otp.addEventListener('mitto-verified', ({ proof }) => onProof(proof));
  otp.addEventListener('keydown', ({ key }) => key.length);
  form.append(otp);
  const onError = ({ retryAfter = 0 }: MittoErrorEvent) => retryAfter;
  form.addEventListener('mitto-error', onError);
  document.addEventListener('mitto-error', onError);
  window.addEventListener('mitto-error', onError);
  form.addEventListener('mitto-expired', (event: MittoExpiredEvent) => event.type);
  const onReset = (event: MittoResetEvent) => event.type;
  otp.addEventListener('mitto-reset', onReset);
  otp.removeEventListener('mitto-reset', onReset);
}

export type Codes = MittoOtpElementEventMap['mitto-error']['code'];

export function mistakes(): void {
  const otp = document.querySelector('mitto-otp');
  // @ts-expect-error There is no such property.
  otp?.chanel;
  // @ts-expect-error There is no such channel.
  if (otp) otp.channel = 'fax';
  // @ts-expect-error That is no number.
  if (otp) otp.codeLength = '6';
  // @ts-expect-error A proof is a text.
  if (otp) otp.value = null;
  // @ts-expect-error The event has no such member.
  otp?.addEventListener('mitto-verified', ({ token }) => token);
  // @ts-expect-error That is the event of another moment.
  otp?.addEventListener('mitto-sent', (event: MittoVerifiedEvent) => event);
  // @ts-expect-error There is no such code.
  const code: Codes = 'no_such_code';
  void code;
}
