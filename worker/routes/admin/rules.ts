/**
 * `/v1/admin/rules`: what the operator says goes before the guard. In force at once where it is said, and everywhere
 * within 60 seconds.
 */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import { RuleIdSchema, RuleRequestSchema } from '../../../shared/api/admin-requests.ts';
import type { Rule as ToldRule } from '../../../shared/api/admin-responses.ts';
import { RequestError } from '../../errors.ts';
import type { Guard } from '../../guard/guard.ts';
import { parseCidr, type Rule } from '../../guard/rules.ts';
import { readJson } from '../../http/read-body.ts';
import { json, noContent } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';
import type { Route } from '../route.ts';
import { forOperator } from './require-operator.ts';

export const RULE_ROUTES: readonly Route[] = [
  {
    path: '/v1/admin/rules',
    handlers: {
      GET: forOperator(listRules),
      POST: forOperator(addRule),
      DELETE: forOperator(removeRule),
    },
    cors: false,
  },
  {
    path: '/v1/admin/rules/:id',
    handlers: { DELETE: forOperator(removeRule) },
    cors: false,
  },
];

async function listRules(_request: IRequest, { service, runtime }: Context): Promise<Response> {
  const rules = await requireGuard(service.guard).currentRules(runtime.now());
  return json({ rules: rules.map(toldRule) });
}

async function addRule(request: IRequest, { service, runtime }: Context): Promise<Response> {
  const guard = requireGuard(service.guard);
  const { match, action, until, note } = await readJson(
    request as unknown as Request,
    RuleRequestSchema,
  );
  const { config, turnstile } = service;
  const nowMs = runtime.now();
  if (action === 'challenge' && !turnstile)
    throw malformed('action: there is no challenge while TURNSTILE_SITE_KEY is not set');
  if (match.ip !== undefined && !parseCidr(match.ip))
    throw malformed('match.ip: must be an address or a network, as in "192.0.2.0/24"');
  if (match.site !== undefined && !config.ALLOWED_ORIGINS.includes(match.site))
    throw malformed('match.site: not in ALLOWED_ORIGINS of this Worker');
  if (match.flow !== undefined && !Object.hasOwn(config.FLOWS, match.flow))
    throw malformed('match.flow: there is no flow of that name');
  const untilMs = until === undefined ? undefined : Date.parse(until);
  if (untilMs !== undefined && untilMs <= nowMs) throw malformed('until: must be in the future');
  const [phone] = match.phone === undefined ? [] : await guard.phoneHashes(match.phone);
  const rule: Rule = {
    id: runtime.randomId(),
    match: { ...match, ...(phone === undefined ? {} : { phone }) },
    action,
    note,
    madeMs: nowMs,
    ...(untilMs === undefined ? {} : { untilMs }),
  };
  if (!(await guard.addRule(rule, nowMs)))
    throw malformed('there is no room for another rule: delete one that is not needed any more');
  return json(toldRule(rule), { status: 201 });
}

async function removeRule(request: IRequest, { service, runtime }: Context): Promise<Response> {
  const named = request.params?.['id'] ?? new URL(request.url).searchParams.get('id');
  const id = v.safeParse(RuleIdSchema, named);
  if (!id.success) throw malformed('id: of the rule to delete');
  if (!(await requireGuard(service.guard).removeRule(id.output, runtime.now())))
    throw new RequestError({ kind: 'no_such_route' });
  return noContent();
}

/** A number is told by its hash alone: that is all that is kept of it. */
function toldRule({ id, match, action, untilMs, note, madeMs }: Rule): ToldRule {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  return {
    id,
    match,
    action,
    note,
    madeAt: iso(madeMs),
    ...(untilMs === undefined ? {} : { until: iso(untilMs) }),
  };
}

/** @throws RequestError `misconfigured` */
export function requireGuard(guard: Guard | undefined): Guard {
  if (guard) return guard;
  throw new RequestError({
    kind: 'misconfigured',
    problems: [{ setting: 'GUARD_OBJECT', problem: 'is not bound: see wrangler.toml' }],
  });
}

function malformed(detail: string): RequestError {
  return new RequestError({ kind: 'body_malformed', detail });
}
