/** All calls of the API in one table, for the router, preflights and `405`. */
import { CONNECTOR_ROUTES } from './admin/connectors.ts';
import { DECISION_ROUTES } from './admin/decisions.ts';
import { DOCTOR_ROUTES } from './admin/doctor.ts';
import { FIGURE_ROUTES } from './admin/figures.ts';
import { MITTO_ROUTES } from './admin/mitto.ts';
import { PHONE_ROUTES } from './admin/phones.ts';
import { RULE_ROUTES } from './admin/rules.ts';
import { operatorConsole } from './public/console.ts';
import { healthz } from './public/healthz.ts';
import { jwks } from './public/jwks.ts';
import { openapi } from './public/openapi.ts';
import { widget } from './public/widget.ts';
import type { Route } from './route.ts';
import { auth0Phone } from './site/auth0-phone.ts';
import { callback } from './site/callbacks.ts';
import { feedback } from './site/feedback.ts';
import { message, messages } from './site/messages.ts';
import { siteverify } from './site/siteverify.ts';
import { cancel } from './visitor/cancel.ts';
import { config } from './visitor/config.ts';
import { delivery } from './visitor/delivery.ts';
import { phoneMetadata } from './visitor/phone-metadata.ts';
import { renew } from './visitor/renew.ts';
import { send } from './visitor/send.ts';
import { verify } from './visitor/verify.ts';

export const HEALTH_PATH = '/healthz';

export const ROUTES: readonly Route[] = [
  { path: '/v1/config', handlers: { GET: config }, cors: true },
  {
    path: '/v1/phone-metadata/:country',
    handlers: { GET: phoneMetadata },
    cors: true,
  },
  { path: '/v1/send', handlers: { POST: send }, cors: true, clientLimit: 'send' },
  {
    path: '/v1/verify',
    handlers: { POST: verify },
    cors: true,
    clientLimit: 'verify',
  },
  { path: '/v1/renew', handlers: { POST: renew }, cors: true, clientLimit: 'verify' },
  { path: '/v1/delivery', handlers: { POST: delivery }, cors: true },
  { path: '/v1/cancel', handlers: { POST: cancel }, cors: true },
  { path: '/v1/siteverify', handlers: { POST: siteverify }, cors: false },
  { path: '/v1/messages', handlers: { POST: messages }, cors: false },
  { path: '/v1/messages/:id', handlers: { GET: message }, cors: false },
  { path: '/v1/feedback', handlers: { POST: feedback }, cors: false },
  { path: '/v1/hooks/auth0/phone', handlers: { POST: auth0Phone }, cors: false },
  {
    path: '/v1/callbacks/:connector/:token',
    handlers: { GET: callback, POST: callback },
    cors: false,
  },
  ...DOCTOR_ROUTES,
  ...CONNECTOR_ROUTES,
  ...PHONE_ROUTES,
  ...FIGURE_ROUTES,
  ...DECISION_ROUTES,
  ...RULE_ROUTES,
  ...MITTO_ROUTES,
  { path: '/.well-known/jwks.json', handlers: { GET: jwks }, cors: false },
  { path: HEALTH_PATH, handlers: { GET: healthz }, cors: false },
  { path: '/openapi.json', handlers: { GET: openapi }, cors: false },
  { path: '/mitto-otp.js', handlers: { GET: widget }, cors: false },
  { path: '/mitto-otp/:file', handlers: { GET: widget }, cors: false },
  { path: '/console', handlers: { GET: operatorConsole }, cors: false },
  { path: '/console/:file', handlers: { GET: operatorConsole }, cors: false },
];
