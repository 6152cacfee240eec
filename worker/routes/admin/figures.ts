/** `GET /v1/admin/figures`: how much of each budget is used, and whose circuit is open. */
import type { IRequest } from 'itty-router';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';
import type { Route } from '../route.ts';
import { forOperator } from './require-operator.ts';

export const FIGURE_ROUTES: readonly Route[] = [
  { path: '/v1/admin/figures', handlers: { GET: forOperator(figures) }, cors: false },
];

async function figures(_request: IRequest, { service, runtime }: Context): Promise<Response> {
  return json({
    at: new Date(runtime.now()).toISOString(),
    budgets: await service.budgets.used(runtime.now()),
    connectors: [...service.connectors.values()].map((connector) => ({
      name: connector.name,
      sendPausedFor: Math.ceil(connector.waitMs('send') / 1000),
      checkPausedFor: Math.ceil(connector.waitMs('check') / 1000),
    })),
  });
}
