/** The demo page's own files, each by name: there is no way from a path to any other file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

/** By path. */
const FILES: Readonly<Record<string, `${string}.${keyof typeof TYPES}`>> = {
  '/': 'index.html',
  '/demo/page.css': 'page.css',
  '/demo/sign-up.css': 'sign-up.css',
  '/demo/visitor-phone.css': 'visitor-phone.css',
  '/demo/message.css': 'message.css',
  '/demo/server-answer.css': 'server-answer.css',
  '/demo/page.js': 'page.js',
  '/demo/sign-up.js': 'sign-up.js',
  '/demo/visitor-phone.js': 'visitor-phone.js',
  '/demo/inbox.js': 'inbox.js',
  '/demo/message.js': 'message.js',
  '/demo/server-answer.js': 'server-answer.js',
  '/demo/operators.js': 'operators.js',
  '/demo/icon.svg': 'icon.svg',
  '/themes/plain': 'themes/plain.html',
  '/themes/dashboard': 'themes/dashboard.html',
  '/themes/shop': 'themes/shop.html',
  '/demo/themes/theme.css': 'themes/theme.css',
  '/demo/themes/plain.css': 'themes/plain.css',
  '/demo/themes/plain-otp.css': 'themes/plain-otp.css',
  '/demo/themes/dashboard.css': 'themes/dashboard.css',
  '/demo/themes/dashboard-otp.css': 'themes/dashboard-otp.css',
  '/demo/themes/shop.css': 'themes/shop.css',
  '/demo/themes/shop-otp.css': 'themes/shop-otp.css',
  '/demo/themes/theme.js': 'themes/theme.js',
};

/** All that a page with `<mitto-otp>` needs: the script, its calls, and for Lit one Trusted Types policy. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** Whether it is for a person to look at, and not a file that a page loads. */
export function isPage(pathname: string): boolean {
  return nameOf(pathname)?.endsWith('.html') ?? false;
}

/** `undefined` where there is no such file. */
export async function pageFile(pathname: string): Promise<Response | undefined> {
  const name = nameOf(pathname);
  if (name === undefined) return undefined;
  const type = name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES;
  return new Response(await readFile(join(import.meta.dirname, 'page', name)), {
    headers: {
      'Content-Type': TYPES[type],
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function nameOf(pathname: string) {
  return Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined;
}
