/**
 * `POST /v1/admin/messages/search`: what became of the messages to one number. The number stands in the body, because
 * URLs are written down on the way.
 */
import type { IRequest } from 'itty-router';
import { SearchRequestSchema } from '../../../shared/api/admin-requests.ts';
import type { E164 } from '../../../shared/phone-number/e164.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';
import { toPublicState } from '../../webhooks/public-state.ts';
import type { Route } from '../route.ts';
import { forOperator } from './require-operator.ts';

export const PHONE_ROUTES: readonly Route[] = [
  {
    path: '/v1/admin/messages/search',
    handlers: { POST: forOperator(searchMessages) },
    cors: false,
  },
];

async function searchMessages(request: IRequest, { service }: Context): Promise<Response> {
  const { to } = await readJson(request as unknown as Request, SearchRequestSchema);
  const { current, previous } = service.keyring;
  const records = await Promise.all(
    [current, previous].map(async (keys) =>
      keys ? Object.values(await (await service.gates(to as E164, keys.id)).messages()) : [],
    ),
  );
  const messages = records
    .flat()
    .sort((a, b) => b.sentAtMs - a.sentAtMs)
    .map(
      ({ connector, channel, providerId, state, errorCode, sentAtMs, sessionId, isVerified }) => ({
        kind: sessionId === undefined ? 'message' : 'code',
        connector,
        channel,
        providerId,
        ...toPublicState(state),
        ...(errorCode === undefined ? {} : { errorCode }),
        ...(isVerified ? { verified: true } : {}),
        sentAt: new Date(sentAtMs).toISOString(),
      }),
    );
  return json({ messages });
}
