/** The two calls of Firebase's API that a code is sent with, as its emulator answers them. */
import { type Handler, json } from '../local-host.ts';

const API = '/identitytoolkit.googleapis.com';

export const firebaseService: Handler = ({ url }) => {
  switch (url.pathname) {
    case `${API}/v2/recaptchaConfig`:
      return json({ recaptchaEnforcementState: [] });
    case `${API}/v1/recaptchaParams`:
      return json({ recaptchaSiteKey: 'of-the-benchmark' });
    case `${API}/v1/accounts:sendVerificationCode`:
      return json({ sessionInfo: 'of-the-benchmark' });
    default:
      return undefined;
  }
};
