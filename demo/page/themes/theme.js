/** What the three themes have in common: the form, the message that comes, the way to dark, and the rules to copy. */
import { watchInbox } from '../inbox.js';
import { showBanner } from '../message.js';
import { startSignUp } from '../sign-up.js';

const banner = /** @type {HTMLElement} */ (document.querySelector('.banner'));
const outcome = /** @type {HTMLElement} */ (document.querySelector('.outcome'));
const dark = /** @type {HTMLButtonElement} */ (document.querySelector('.dark-switch'));

watchInbox({
  onMessage(message, isNew) {
    if (isNew) showBanner(banner, message);
  },
});

startSignUp((answer) => {
  outcome.className = `outcome ${answer.ok ? 'good' : 'bad'}`;
  outcome.textContent = answer.ok
    ? `${outcome.dataset['done']} The server has checked the proof for ${answer.claims.phone_number}.`
    : 'The server rejected the proof. Please reload the page.';
});

/** @param {boolean} isDark */
function paint(isDark) {
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  dark.setAttribute('aria-pressed', String(isDark));
}

// The visitor's own setting, until they have chosen here.
const chosen = sessionStorage.getItem('scheme');
paint(chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
dark.addEventListener('click', () => {
  const isDark = dark.getAttribute('aria-pressed') !== 'true';
  sessionStorage.setItem('scheme', isDark ? 'dark' : 'light');
  paint(isDark);
});

/** The very file that the page is styled with, so that what can be copied is what is seen. */
async function showRules() {
  const sheet = /** @type {HTMLLinkElement} */ (document.querySelector('link.rules'));
  const place = /** @type {HTMLElement} */ (document.querySelector('.rules-to-copy code'));
  place.textContent = await (await fetch(sheet.href)).text();
}
void showRules().catch(() => undefined);
