/** Turnstile's script, once a page: its API, and how it is brought in. https://developers.cloudflare.com/turnstile/ */

import { secureUrl } from '../../shared/secure-url.ts';
import { withResolvers } from '../base/with-resolvers.ts';

export interface Turnstile {
  /** Nothing, where it could not be done. */
  render(container: HTMLElement, options: TurnstileOptions): string | null | undefined;
  remove(id: string): void;
}

export interface TurnstileOptions {
  sitekey: string;
  action: string;
  callback(token: string): void;
  'error-callback'(code: string): void;
  'unsupported-callback'(): void;
  /** The token has lived its 300 s. */
  'expired-callback'(): void;
  /** The interaction timed out. */
  'timeout-callback'(): void;
  'before-interactive-callback'(): void;
  language: string;
  theme: 'light' | 'dark' | 'auto';
  size: 'flexible' | 'compact';
  appearance: 'interaction-only';
  retry: 'never';
  'refresh-expired': 'never';
  'refresh-timeout': 'never';
  'response-field': false;
}

declare global {
  interface Window {
    turnstile?: Turnstile;
    /** Of Trusted Types as much as is needed here; for the compiler its addresses are strings. */
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): {
        createScriptURL(url: string): string;
      };
    };
  }
}

const LOAD_DEADLINE_MS = 15_000;

let loading: Promise<Turnstile> | null = null;
/** The one address that the policy lets pass. */
let trusted = '';
let policy: { createScriptURL(url: string): string } | null = null;

/**
 * @param script its address, as the Worker names it
 * @throws when the address is neither https nor loopback, or the script is blocked, missing, late or not Turnstile; the
 * next call tries again
 */
export async function loadTurnstile(script: string): Promise<Turnstile> {
  // The page may use it too, and two of them would be in each other's way.
  const present = turnstileOf(window);
  if (present) return present;
  loading ??= insertScript(script).finally(() => {
    loading = null;
  });
  return loading;
}

async function insertScript(address: string): Promise<Turnstile> {
  const url = secureUrl(address);
  if (!url) throw new TypeError('mitto-otp: the script of the challenge must be https');
  url.searchParams.set('render', 'explicit');

  const { promise, resolve, reject } = withResolvers<void>();
  const deadline = setTimeout(() => reject(new Error('late')), LOAD_DEADLINE_MS);
  const script = document.createElement('script');
  script.async = true;
  script.onload = () => resolve();
  script.onerror = () => reject(new Error('blocked or missing'));
  try {
    script.src = trustedAddress(url.href);
    document.head.append(script);
    await promise;
    const turnstile = turnstileOf(window);
    if (!turnstile) throw new Error('not Turnstile');
    return turnstile;
  } catch (error) {
    script.remove();
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

/** For pages that let no string become a script; they allow `trusted-types mitto-otp`. */
function trustedAddress(url: string): string {
  trusted = url;
  try {
    policy ??=
      window.trustedTypes?.createPolicy('mitto-otp', {
        createScriptURL(asked) {
          if (asked !== trusted) throw new TypeError('mitto-otp: not the script of the challenge');
          return asked;
        },
      }) ?? null;
  } catch {
    // The page allows no such policy. Unless it also demands one, the address does as it is.
  }
  return policy?.createScriptURL(url) ?? url;
}

/** An element of the page's with that id would be found under the name, too. */
function turnstileOf({ turnstile }: Window): Turnstile | undefined {
  return typeof turnstile?.render === 'function' ? turnstile : undefined;
}
