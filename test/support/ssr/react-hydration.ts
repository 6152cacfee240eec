/** Bundled for the page: React takes over what its server has rendered. */
import { hydrateRoot } from 'react-dom/client';
import { app, isReactPage } from './react-app.ts';

export function hydrate(root: Element, page: string, onError: (error: unknown) => void): void {
  if (!isReactPage(page)) throw new Error(`There is no page "${page}"`);
  const options = { onRecoverableError: onError, onUncaughtError: onError };
  hydrateRoot(root, app(page), options);
}
