import type { ReactiveControllerHost } from 'lit';
import { OWN } from '../base/own-nodes.ts';
import { withResolvers } from '../base/with-resolvers.ts';
import type { ChallengeAsk, ChallengeToken } from '../flow/challenge.ts';
import type { Failure } from '../flow/state.ts';
import { languageOf } from '../i18n/language-controller.ts';
import { loadTurnstile, type Turnstile } from './turnstile-loader.ts';

/** Interaction may take a minute or two; this is the timeout. */
const DEADLINE_MS = 150_000;

/** What Turnstile draws at its usual size is 300 px wide, and no less. */
const USUAL_WIDTH = 300;

const NOT_LOADED: Failure = { code: 'challenge_failed', reason: 'challenge_not_loaded' };
const TIMED_OUT: Failure = { code: 'challenge_failed', reason: 'challenge_timed_out' };
const FAILED: Failure = { code: 'challenge_failed' };

/**
 * One Turnstile challenge, from its script to its token, among the element's own children: Turnstile looks for its
 * pieces in the document and does not find them in a shadow root. It is gone when the promise settles.
 */
export async function passTurnstile(
  host: ReactiveControllerHost & HTMLElement,
  { challenge, signal, onShown }: ChallengeAsk,
): Promise<ChallengeToken | Failure> {
  let turnstile: Turnstile;
  try {
    turnstile = await loadTurnstile(challenge.script);
  } catch {
    return NOT_LOADED;
  }
  signal.throwIfAborted();

  const { promise, resolve, reject } = withResolvers<ChallengeToken | Failure>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop);
  const deadline = setTimeout(() => resolve(TIMED_OUT), DEADLINE_MS);
  const place = document.createElement('div');
  place.slot = 'challenge';
  host.prepend(place);
  place.setAttribute(OWN, '');
  const giveBackFocus = focusKeeper(host, place);
  let id: string | null | undefined;
  try {
    id = turnstile.render(place, {
      sitekey: challenge.siteKey,
      action: challenge.action,
      callback: (token) => resolve({ token }),
      // Turnstile itself tells the console why, because nothing is returned here.
      'error-callback': () => resolve(FAILED),
      'unsupported-callback': () => resolve(FAILED),
      'expired-callback': () => resolve(TIMED_OUT),
      'timeout-callback': () => resolve(TIMED_OUT),
      'before-interactive-callback': () => {
        onShown();
        void host.updateComplete.then(() => place.scrollIntoView({ block: 'nearest' }));
      },
      language: turnstileLanguage(languageOf(host)),
      theme: themeOf(host),
      size: host.clientWidth < USUAL_WIDTH ? 'compact' : 'flexible',
      appearance: 'interaction-only',
      // After a failure the visitor's next action retries; and the site's form must not submit the token.
      retry: 'never',
      'refresh-expired': 'never',
      'refresh-timeout': 'never',
      'response-field': false,
    });
    if (!id) resolve(FAILED);
    return await promise;
  } catch {
    signal.throwIfAborted();
    // `render` throws at a site key that cannot be one, and whatever else a script of others may do.
    return FAILED;
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
    giveBackFocus(() => {
      if (id) turnstile.remove(id);
      place.remove();
    });
  }
}

/** When the challenge disappears with the focus in it, restores the previous focus. */
function focusKeeper(host: HTMLElement, place: HTMLElement): (change: () => void) => void {
  const focusIn = (root: Node | null) =>
    root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  const outer = focusIn(host.getRootNode());
  const before = outer === host ? focusIn(host.shadowRoot) : outer;
  return (change) => {
    const wasInside = place.contains(focusIn(place.getRootNode()));
    change();
    if (wasInside && before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

/** Turnstile throws at a tag that is not a language, or a language and a country. */
function turnstileLanguage(tag: string): string {
  return /^[a-z]{2}(-[a-z]{2})?$/i.test(tag) ? tag : (/^[a-z]{2}(?=-)/i.exec(tag)?.[0] ?? 'auto');
}

/** The page's scheme and not the visitor's, which is what Turnstile's own `auto` would take. */
function themeOf(host: HTMLElement): 'light' | 'dark' | 'auto' {
  const { colorScheme } = getComputedStyle(host);
  const isDark = colorScheme.includes('dark');
  if (isDark && colorScheme.includes('light')) return 'auto';
  return isDark ? 'dark' : 'light';
}
