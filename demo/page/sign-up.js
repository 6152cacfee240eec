/** The form: gets a nonce for this page view, and posts without leaving the page so that the answer can be shown. */

/** @import { SignUpAnswer } from '../backend.ts' */

/** @param {(answer: SignUpAnswer) => void} onAnswer */
export function startSignUp(onAnswer) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector('form.sign-up'));
  const tag = /** @type {HTMLElement} */ (form.querySelector('mitto-otp'));
  const nonceField = /** @type {HTMLInputElement} */ (form.elements.namedItem('nonce'));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'));
  const problem = /** @type {HTMLElement} */ (form.querySelector('.form-problem'));

  /** Without one the form is of no use, so the tag stays disabled. */
  async function takeNonce() {
    tag.setAttribute('disabled', '');
    const { nonce } = await post('/demo/nonce');
    nonceField.value = nonce;
    tag.setAttribute('nonce-value', nonce);
    tag.removeAttribute('disabled');
  }

  async function submit() {
    if (button.ariaDisabled === 'true') return;
    problem.textContent = '';
    // `disabled` would throw the focus of whoever has just pressed it out of the form.
    button.ariaDisabled = 'true';
    try {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) fields.append(name, String(value));
      /** @type {SignUpAnswer} */
      const answer = await post('/demo/sign-up', fields);
      onAnswer(answer);
      if (!answer.ok) return;
      // Its proof is used up: the next account needs another one.
      form.reset();
      await takeNonce();
    } finally {
      button.ariaDisabled = null;
    }
  }

  /** @param {Promise<void>} work */
  function tell(work) {
    work.catch(() => {
      problem.textContent = 'The server does not respond. Is it still running?';
    });
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    tell(submit());
  });
  tell(takeNonce());
}

/**
 * @param {string} path
 * @param {URLSearchParams} [body]
 */
async function post(path, body = new URLSearchParams()) {
  const response = await fetch(path, { method: 'POST', body });
  return response.json();
}
