/** The drawn phone: shows what the sandbox has delivered. */
import { watchInbox } from './inbox.js';
import { drawMessage, showBanner, timeOf } from './message.js';

export function startVisitorPhone() {
  const phone = /** @type {HTMLElement} */ (document.querySelector('.phone'));
  const list = /** @type {HTMLElement} */ (phone.querySelector('.messages'));
  const quiet = /** @type {HTMLElement} */ (phone.querySelector('.quiet'));
  const clock = /** @type {HTMLElement} */ (phone.querySelector('time'));
  const banner = /** @type {HTMLElement} */ (document.querySelector('.banner'));

  watchInbox({
    onLook() {
      clock.textContent = timeOf(Date.now());
    },
    onMessage(message, isNew) {
      quiet.hidden = true;
      list.append(drawMessage(message, isNew));
      list.scrollTop = list.scrollHeight;
      if (isNew && !isInSight(phone)) showBanner(banner, message);
    },
  });
}

/** @param {Element} element */
function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight * 0.6 && bottom > 0;
}
