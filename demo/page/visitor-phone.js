/** The drawn phone: asks the demo's server for what the sandbox has delivered, and shows it as a phone would. */

const POLL_MS = 1_000;
/** Of a call: how long a word takes to say, and a digit. */
const WORD_MS = 220;
const DIGIT_MS = 600;
/** How long a message stays over a page whose drawn phone is out of sight. */
const BANNER_MS = 12_000;

/** @typedef {{ id: number, at: number, channel: 'sms' | 'call' | 'email', from: string, to: string, text: string, code: string }} Message */

export function startVisitorPhone() {
  const phone = /** @type {HTMLElement} */ (document.querySelector('.phone'));
  const list = /** @type {HTMLElement} */ (phone.querySelector('.messages'));
  const quiet = /** @type {HTMLElement} */ (phone.querySelector('.quiet'));
  const clock = /** @type {HTMLElement} */ (phone.querySelector('time'));
  const banner = /** @type {HTMLElement} */ (document.querySelector('.banner'));
  let last = 0;
  let hasLooked = false;

  async function look() {
    clock.textContent = timeOf(Date.now());
    if (document.hidden) return;
    const response = await fetch(`/demo/inbox?after=${last}`);
    /** @type {{ messages: Message[] }} */
    const { messages } = await response.json();
    for (const message of messages) {
      last = message.id;
      quiet.hidden = true;
      list.append(entry(message, hasLooked));
      list.scrollTop = list.scrollHeight;
      if (hasLooked && !isInSight(phone)) showBanner(banner, entry(message, true));
    }
    hasLooked = true;
  }

  /** One after the other, so that a slow answer never shows a message twice. */
  async function keepLooking() {
    // A server that was stopped may be started again: the phone goes on looking.
    await look().catch(() => undefined);
    setTimeout(keepLooking, POLL_MS);
  }
  void keepLooking();
  document.addEventListener('mitto-verified', () => banner.replaceChildren());
}

/** @param {Element} element */
function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight * 0.6 && bottom > 0;
}

/**
 * @param {Element} banner
 * @param {Element} message
 */
function showBanner(banner, message) {
  banner.replaceChildren(message);
  setTimeout(() => message.remove(), BANNER_MS);
}

/**
 * @param {Message} message
 * @param {boolean} isNew what is old is not read out again
 */
function entry(message, isNew) {
  const isCall = message.channel === 'call';
  const sender = element('b', message.from);
  const time = element('time', timeOf(message.at));
  time.setAttribute('datetime', new Date(message.at).toISOString());
  const head = element('p', isCall ? 'Call from ' : '', 'message-head');
  const who = element('span', '');
  who.append(...head.childNodes, sender);
  head.append(who, time);
  const bubble = element('p', '', 'bubble');
  bubble.append(...(isCall ? spoken(message.text, isNew) : withBoldCode(message)));
  const item = element('div', '', isCall ? 'message call' : 'message');
  item.append(head, bubble);
  return item;
}

/**
 * What is said, word after word and digit after digit.
 *
 * @param {string} text
 * @param {boolean} isNow
 */
function spoken(text, isNow) {
  let delay = 0;
  return text.split(' ').flatMap((word) => {
    const isDigit = /^\d\W*$/.test(word);
    const node = element(isDigit ? 'b' : 'span', word, isNow ? 'spoken' : '');
    node.style.animationDelay = `${delay}ms`;
    delay += isDigit ? DIGIT_MS : WORD_MS;
    return [node, ' '];
  });
}

/** @param {Message} message */
function withBoldCode({ text, code }) {
  return text
    .split(code)
    .flatMap((part, index) => (index === 0 ? [part] : [element('b', code), part]));
}

/** @param {number} milliseconds */
function timeOf(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} [className]
 */
function element(name, text, className = '') {
  const node = document.createElement(name);
  node.textContent = text;
  node.className = className;
  return node;
}
