import { initializeApp } from 'firebase/app';
import {
  connectAuthEmulator,
  getAuth,
  RecaptchaVerifier,
  signInWithPhoneNumber,
} from 'firebase/auth';

const phone = document.querySelector('#phone');
const send = document.querySelector('#send');
const codeStep = document.querySelector('#code-step');

const auth = getAuth(initializeApp({ apiKey: 'benchmark', projectId: 'benchmark' }));
// Firebase's own two switches for tests: its API on this machine, and no reCAPTCHA, which only Google serves.
connectAuthEmulator(auth, import.meta.env.VITE_SERVICE, { disableWarnings: true });
auth.settings.appVerificationDisabledForTesting = true;

const verifier = new RecaptchaVerifier(auth, send, { size: 'invisible' });
send.addEventListener('click', async () => {
  await signInWithPhoneNumber(auth, phone.value, verifier);
  codeStep.hidden = false;
});
phone.disabled = false;
send.disabled = false;
