/** Every call of the API, in one table: the router, the preflights and `405` all come from it. */
import type { Context } from '../context.ts';
import { cancel } from './cancel.ts';
import { config } from './config.ts';
import { healthz } from './healthz.ts';
import { jwks } from './jwks.ts';
import { openapi } from './openapi.ts';
import { send } from './send.ts';
import { siteverify } from './siteverify.ts';
import { verify } from './verify.ts';
import { widget } from './widget.ts';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  /** Called by pages of other origins: it answers preflights and lets listed origins read. */
  isForBrowsers: boolean;
  /** The limit per client that it counts towards, besides the burst shield. */
  clientLimit?: 'send' | 'verify';
  handle(request: Request, context: Context): Response | Promise<Response>;
}

export const HEALTH_PATH = '/healthz';

export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/config', isForBrowsers: true, handle: config },
  { method: 'POST', path: '/v1/send', isForBrowsers: true, clientLimit: 'send', handle: send },
  {
    method: 'POST',
    path: '/v1/verify',
    isForBrowsers: true,
    clientLimit: 'verify',
    handle: verify,
  },
  { method: 'POST', path: '/v1/cancel', isForBrowsers: true, handle: cancel },
  { method: 'POST', path: '/v1/siteverify', isForBrowsers: false, handle: siteverify },
  { method: 'GET', path: '/.well-known/jwks.json', isForBrowsers: false, handle: jwks },
  { method: 'GET', path: HEALTH_PATH, isForBrowsers: false, handle: healthz },
  { method: 'GET', path: '/openapi.json', isForBrowsers: false, handle: openapi },
  { method: 'GET', path: '/mitto-otp.js', isForBrowsers: false, handle: widget },
  { method: 'GET', path: '/mitto-otp/:file', isForBrowsers: false, handle: widget },
];
