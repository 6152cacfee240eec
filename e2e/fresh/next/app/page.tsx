import { Phone } from './phone';

export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <form action="/sign-up" method="post">
      <Phone endpoint={process.env.OTP_URL ?? ''} />
      <button>Sign up</button>
    </form>
  );
}
