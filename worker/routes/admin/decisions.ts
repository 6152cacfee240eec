/** `GET /v1/admin/decisions`: what the guard and the rules have decided, newest first, with reasons and figures. */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import { DecisionQuerySchema } from '../../../shared/api/admin-requests.ts';
import type { Decision } from '../../../shared/api/admin-responses.ts';
import { unseal } from '../../crypto/seal.ts';
import { RequestError } from '../../errors.ts';
import { LEAST_VISITORS, type LoggedDecision } from '../../guard/decision-log.ts';
import { json } from '../../http/responses.ts';
import type { Context } from '../../request-context.ts';
import type { Route } from '../route.ts';
import { forOperator } from './require-operator.ts';
import { requireGuard } from './rules.ts';

export const DECISION_ROUTES: readonly Route[] = [
  {
    path: '/v1/admin/decisions',
    handlers: { GET: forOperator(listDecisions) },
    cors: false,
  },
];

interface Found extends LoggedDecision {
  country: string;
}

/** The last one that was told. */
interface Cursor {
  atMs: number;
  country: string;
  seq: number;
}

async function listDecisions(request: IRequest, context: Context): Promise<Response> {
  const { service, runtime } = context;
  const guard = requireGuard(service.guard);
  const query = v.safeParse(
    DecisionQuerySchema,
    Object.fromEntries(new URL(request.url).searchParams),
  );
  if (!query.success) throw malformed(query.issues);
  const { limit, cursor, country, ...filters } = query.output;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const countries = country === undefined ? service.config.ALLOWED_COUNTRIES : [country];
  const found = await Promise.all(
    countries.map(async (name): Promise<Found[]> => {
      const before = after && { atMs: after.atMs, seq: seqAfter(name, after) };
      const asked = { ...filters, before, limit: limit + 1 };
      const entries = await guard.decisions(name, asked, runtime.now());
      return entries.map((entry) => ({ ...entry, country: name }));
    }),
  );
  const newest = found.flat().sort(inOrder);
  const shown = newest.slice(0, limit);
  const last = shown.at(-1);
  const isMore = newest.length > limit && last !== undefined;
  return json({
    decisions: await Promise.all(shown.map((entry) => told(entry, context))),
    ...(isMore ? { next: `${last.atMs}.${last.country}.${last.seq}` } : {}),
  });
}

async function told(
  { country, action, isActedOn, reasons, site, flow, channel, rule, ...entry }: Found,
  { service }: Context,
): Promise<Decision> {
  const { atMs, lastMs, count, numbers, range } = entry;
  // Of few visitors a range would nearly name them.
  const isShown = numbers.length >= LEAST_VISITORS;
  const plain = isShown ? await unseal(range, 'range', service.keyring) : undefined;
  return {
    at: new Date(atMs).toISOString(),
    lastAt: new Date(lastMs).toISOString(),
    count,
    country,
    range: plain === undefined ? null : `${plain}••••`,
    action,
    acted: isActedOn,
    reasons: reasons.map((reason) => ({ ...reason })),
    site,
    flow,
    channel,
    ...(rule === undefined ? {} : { rule }),
  };
}

function inOrder(one: Found, other: Found): number {
  if (one.atMs !== other.atMs) return other.atMs - one.atMs;
  if (one.country !== other.country) return one.country < other.country ? -1 : 1;
  return other.seq - one.seq;
}

/** Of a country: which of its entries of that very moment are still to come. */
function seqAfter(country: string, after: Cursor): number {
  if (country === after.country) return after.seq;
  return country < after.country ? -1 : Number.MAX_SAFE_INTEGER;
}

function readCursor(text: string): Cursor {
  const [, atMs, country = '', seq] = /^(\d{1,15})\.([A-Z]{2})\.(\d{1,15})$/.exec(text) ?? [];
  if (atMs === undefined || seq === undefined)
    throw new RequestError({
      kind: 'body_malformed',
      detail: 'cursor: must be the `next` of an answer',
    });
  return { atMs: Number(atMs), country, seq: Number(seq) };
}

function malformed(issues: readonly v.BaseIssue<unknown>[]): RequestError {
  const names = issues.map(({ path }) => String(path?.[0]?.key ?? 'query'));
  const detail = `${[...new Set(names)].join(', ')}: not what the description of the API says`;
  return new RequestError({ kind: 'body_malformed', detail });
}
