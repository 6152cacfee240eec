/** A page of React's with the element in it: rendered by a server, and taken over in the browser. */
import { createElement, type ReactNode, StrictMode, Suspense, useEffect, useState } from 'react';

const REACT_PAGES = ['bare', 'with-input', 'with-told-input', 'with-label'] as const;
export type ReactPage = (typeof REACT_PAGES)[number];

export function isReactPage(name: string): name is ReactPage {
  return (REACT_PAGES as readonly string[]).includes(name);
}

const INPUT = { slot: 'phone', type: 'tel', name: 'tel', autoComplete: 'tel' };

const CHILDREN: Record<ReactPage, () => ReactNode> = {
  bare: () => undefined,
  'with-input': () => createElement('input', INPUT),
  'with-told-input': () => createElement('input', { ...INPUT, suppressHydrationWarning: true }),
  'with-label': () => [
    createElement('label', { key: 1, slot: 'phone-label', htmlFor: 'mobile' }, 'Mobile'),
    createElement('input', { key: 2, ...INPUT, id: 'mobile', suppressHydrationWarning: true }),
  ],
};

function SignUp({ page }: { page: ReactPage }): ReactNode {
  const [isHydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  return createElement(
    'form',
    null,
    createElement('h1', null, 'Sign up'),
    createElement('mitto-otp', { name: 'proof', required: true }, CHILDREN[page]()),
    createElement('output', null, isHydrated ? 'hydrated' : 'served'),
  );
}

export function app(page: ReactPage): ReactNode {
  const signUp = createElement(SignUp, { page });
  return createElement(StrictMode, null, createElement(Suspense, { fallback: null }, signUp));
}
