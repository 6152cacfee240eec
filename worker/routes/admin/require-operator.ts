/** What every call of `/v1/admin/` has in common: an operator's token, and an answer even where Mitto gives none. */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import {
  MittoApiError,
  type MittoClient,
  MittoInputError,
} from '../../../providers/mitto/client.ts';
import { checkReason } from '../../connectors/mitto-2fa.ts';
import { RequestError } from '../../errors.ts';
import { requireOperator } from '../../http/bearer-auth.ts';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';
import type { Handler } from '../route.ts';

export type OperatorHandler = (request: IRequest, context: Context) => Response | Promise<Response>;

/** Behind the token. Who guesses at it is slowed down; who has it is not. */
export function forOperator(handle: OperatorHandler): Handler {
  return async (request, context) => {
    const { service } = context;
    const plain = request as unknown as Request;
    try {
      await requireOperator(plain, service.config.ADMIN_TOKEN);
    } catch (refusal) {
      await service.burst((await service.clientOf(plain.headers)).hash);
      throw refusal;
    }
    return handle(request, context);
  };
}

/** A call of Mitto's 2FA API, passed through: what it answers, and what it says instead of an answer. */
export function proxyMitto(
  call: (mitto: MittoClient, request: IRequest) => Promise<unknown>,
): Handler {
  return forOperator(async (request, { service }) => {
    const { mitto } = service;
    if (!mitto)
      throw new RequestError({
        kind: 'misconfigured',
        problems: [{ setting: 'MITTO_ACCOUNT_ID', problem: 'is missing' }],
      });
    try {
      const answer = await call(mitto, request);
      return answer === undefined ? new Response(null, { status: 204 }) : json(answer as object);
    } catch (error) {
      if (error instanceof MittoInputError)
        throw new RequestError({ kind: 'body_malformed', detail: error.message });
      if (!(error instanceof MittoApiError)) throw error;
      const { kind, status, code, body, message: detail, failure } = error;
      throw new RequestError({
        ...checkReason(failure),
        // All that Mitto said, for the one person who may read it.
        forOperator: { detail, upstream: { kind, status, code, body } },
      });
    }
  });
}

/** A JSON object of any members: what Mitto takes is more than it has published. */
export const RecordSchema = v.record(v.string(), v.unknown());
