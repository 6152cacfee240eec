import { createHash } from 'node:crypto';

const { OTP_URL } = process.env;

/**
 * The cookie of a visit holds a secret and the page its hash (OpenID Connect Core 1.0, 15.5.2): whoever gets hold of a
 * proof cannot make the cookie that belongs to it. Without a cookie the nonce is one that no proof has.
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
