/** @jsxImportSource react */
import 'mitto-otp';
import type { MittoOtpElement, MittoVerifiedEvent } from 'mitto-otp';
import type {} from 'mitto-otp/types/react';
import { type ReactElement, useRef } from 'react';

interface SignUpProps {
  onProof(proof: string): void;
  onWait(seconds: number): void;
}

export function SignUp({ onProof, onWait }: SignUpProps): ReactElement {
  const otp = useRef<MittoOtpElement>(null);
  const onVerified = ({ proof }: MittoVerifiedEvent) => onProof(proof);
  return (
    <form>
      <mitto-otp
        ref={otp}
        name="phone-proof"
        required
        channel="voice"
        lang="de"
        className="wide"
        code-length="6"
        nonceValue="made by the server"
        words={{ send: 'Text me' }}
        onmitto-verified={onVerified}
        onmitto-error={({ retryAfter = 0 }) => onWait(retryAfter)}
      >
        <input slot="phone" defaultValue="+49 151 23456789" />
      </mitto-otp>
      <button type="button" onClick={() => otp.current?.reset()}>
        Again
      </button>
    </form>
  );
}

export const mistakes = [
  // @ts-expect-error There is no such attribute.
  <mitto-otp key={1} chanel="voice" />,
  // @ts-expect-error There is no such channel.
  <mitto-otp key={2} channel="fax" />,
  // @ts-expect-error That is no number.
  <mitto-otp key={3} code-length="six" />,
  // @ts-expect-error As an attribute it would say yes, and React sets the property.
  <mitto-otp key={4} required="false" />,
  // @ts-expect-error React would listen for `MittoVerified`.
  <mitto-otp key={5} onMittoVerified={() => undefined} />,
  // @ts-expect-error The event has no such member.
  <mitto-otp key={6} onmitto-verified={({ token }) => token} />,
  // @ts-expect-error That is the event of another moment.
  <mitto-otp key={7} onmitto-sent={(event: MittoVerifiedEvent) => event.proof} />,
  // @ts-expect-error The value is the element's to give.
  <mitto-otp key={8} value="a proof" />,
];
