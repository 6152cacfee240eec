/** What the sandbox has delivered, as the demo's server tells it, message by message. */

const POLL_MS = 1_000;

/** @typedef {{ id: number, at: number, channel: 'sms' | 'call' | 'email', from: string, to: string, text: string, code: string }} Message */

/**
 * @typedef {object} InboxWatch
 * @property {(message: Message, isNew: boolean) => void} onMessage `isNew`: it came while the page was open
 * @property {() => void} [onLook] once a second
 */

/** @param {InboxWatch} watch */
export function watchInbox({ onMessage, onLook }) {
  let last = 0;
  let hasLooked = false;

  async function look() {
    onLook?.();
    if (document.hidden) return;
    const response = await fetch(`/demo/inbox?after=${last}`);
    /** @type {{ messages: Message[] }} */
    const { messages } = await response.json();
    for (const message of messages) {
      last = message.id;
      onMessage(message, hasLooked);
    }
    hasLooked = true;
  }

  /** One after the other, so that a slow answer never shows a message twice. */
  async function keepLooking() {
    // A server that was stopped may be started again: the page goes on looking.
    await look().catch(() => undefined);
    setTimeout(keepLooking, POLL_MS);
  }
  void keepLooking();
}
