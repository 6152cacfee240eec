import { createHash } from 'node:crypto';

const { OTP_URL } = process.env;

/**
 * The visit's cookie holds a secret and the page its hash (OpenID Connect Core 1.0, 15.5.2): a stolen proof does not
 * reveal the matching cookie. Without a cookie the nonce is empty, which matches no proof.
 */
export function nonceOf(visit) {
  return visit ? createHash('sha256').update(String(visit)).digest('base64url') : '';
}

export const signUpPage = (nonce) => `<!doctype html>
<html lang="en">
  <title>Sign up</title>
  <script type="module" src="${OTP_URL}/mitto-otp.js"></script>
  <form method="post">
    <mitto-otp name="phone-proof" required nonce-value="${nonce}"></mitto-otp>
    <button>Sign up</button>
  </form>
</html>`;
