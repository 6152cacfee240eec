/** Mitto's paths, and who answers them. */
import { type Answer, RequestError } from '../../envelope.ts';
import type { Operation } from '../../operation.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';
import { createLimit, deleteLimit, oneLimit, searchLimits, updateLimit } from './limits.ts';
import { send } from './send.ts';
import { oneRecord, searchRecords } from './session-records.ts';
import { usage, usageOfSubresource } from './usage.ts';
import { cancel, verify } from './verify.ts';
import {
  createWorkflow,
  deleteWorkflow,
  oneWorkflow,
  searchWorkflows,
  updateWorkflow,
} from './workflows.ts';

type Handler = (state: TwoFactorState, call: MittoCall) => Answer;
type Methods = Readonly<Record<string, Handler>>;
/** A path, where `*` stands for the name of a resource. The first that fits counts. */
type Row = readonly [path: string, operation: Operation, methods: Methods];

const ROWS: readonly Row[] = [
  ['/2fa/send', 'send', { POST: send }],
  ['/2fa/verify', 'verify', { POST: verify }],
  ['/2fa/cancel', 'cancel', { POST: cancel }],
  ['/2fa/search', 'search', { GET: searchRecords, POST: searchRecords }],
  ['/2fa/search/*', 'search', { GET: oneRecord }],
  ['/2fa/usage/records', 'usage', { GET: usage, POST: usage }],
  ['/2fa/usage/records/*', 'usage', { GET: usageOfSubresource }],
  ['/2fa/limits', 'limits', { POST: createLimit }],
  ['/2fa/limits/search', 'limits', { GET: searchLimits }],
  ['/2fa/limits/*', 'limits', { GET: oneLimit, PUT: updateLimit, DELETE: deleteLimit }],
  ['/2fa/workflows', 'workflows', { POST: createWorkflow }],
  ['/2fa/workflows/search', 'workflows', { GET: searchWorkflows }],
  ['/2fa/workflows/search/*', 'workflows', { GET: oneWorkflow }],
  ['/2fa/workflows/*', 'workflows', { PUT: updateWorkflow, DELETE: deleteWorkflow }],
];

export interface Route {
  readonly operation: Operation;
  readonly resource: string;
  readonly methods: Methods;
}

/** @param path without a format */
export function findRoute(path: string): Route | undefined {
  for (const [pattern, operation, methods] of ROWS) {
    if (pattern === path) return { operation, resource: '', methods };
    const parent = pattern.endsWith('/*') ? pattern.slice(0, -1) : undefined;
    const resource = parent && path.startsWith(parent) ? path.slice(parent.length) : '';
    if (/^[^/]+$/.test(resource)) return { operation, resource, methods };
  }
  return undefined;
}

/** @throws RequestError */
export function handlerOf(route: Route | undefined, method: string): Handler {
  if (!route) throw new RequestError(404, 'Not found');
  const handler = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
  if (handler) return handler;
  const allow = Object.keys(route.methods).join(', ');
  throw new RequestError(405, 'Method not allowed', { Allow: allow });
}
