/** A message or a call, drawn as a phone would. */

/** @import { Message } from './inbox.js' */

/** Of a call: how long a word takes to say, and a digit. */
const WORD_MS = 220;
const DIGIT_MS = 600;
/** How long a message stays over a page. */
const BANNER_MS = 12_000;

/**
 * @param {Message} message
 * @param {boolean} isNew what is old is not read out again
 */
export function drawMessage(message, isNew) {
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
 * Shows it over the page, as phones show what arrives while one looks at something else.
 *
 * @param {Element} banner
 * @param {Message} message
 */
export function showBanner(banner, message) {
  const item = drawMessage(message, true);
  banner.replaceChildren(item);
  setTimeout(() => item.remove(), BANNER_MS);
  // What it told has been done.
  document.addEventListener('mitto-verified', () => item.remove(), { once: true });
}

/** @param {number} milliseconds */
export function timeOf(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
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
  // A message need not have one.
  if (code === '') return [text];
  return text
    .split(code)
    .flatMap((part, index) => (index === 0 ? [part] : [element('b', code), part]));
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
