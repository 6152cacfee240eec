/** @jsxImportSource solid-js */
import 'mitto-otp';
import type { MittoOtpElement, MittoVerifiedEvent } from 'mitto-otp';
import type {} from 'mitto-otp/types/solid';
import type { JSX } from 'solid-js';

interface SignUpProps {
  onProof(proof: string): void;
  onWait(seconds: number): void;
}

export function SignUp({ onProof, onWait }: SignUpProps): JSX.Element {
  let otp: MittoOtpElement | undefined;
  const onVerified = ({ proof }: MittoVerifiedEvent) => onProof(proof);
  return (
    <form>
      <mitto-otp
        ref={(element) => {
          otp = element;
        }}
        name="phone-proof"
        required
        channel="voice"
        lang="de"
        class="wide"
        code-length="6"
        nonceValue="made by the server"
        words={{ send: 'Text me' }}
        on:mitto-verified={onVerified}
        on:mitto-error={({ retryAfter = 0 }) => onWait(retryAfter)}
      >
        <input slot="phone" value="+49 151 23456789" />
      </mitto-otp>
      <button type="button" onClick={() => otp?.reset()}>
        Again
      </button>
    </form>
  );
}

export const mistakes = [
  // @ts-expect-error There is no such attribute.
  <mitto-otp chanel="voice" />,
  // @ts-expect-error There is no such channel.
  <mitto-otp channel="fax" />,
  // @ts-expect-error That is no number.
  <mitto-otp code-length="six" />,
  // @ts-expect-error A switch is on or off.
  <mitto-otp required="false" />,
  // @ts-expect-error Solid would listen for `mittoverified`.
  <mitto-otp onMittoVerified={() => undefined} />,
  // @ts-expect-error The event has no such member.
  <mitto-otp on:mitto-verified={({ token }) => token} />,
  // @ts-expect-error That is the event of another moment.
  <mitto-otp on:mitto-sent={(event: MittoVerifiedEvent) => event.proof} />,
  // @ts-expect-error The value is the element's to give.
  <mitto-otp value="a proof" />,
];
