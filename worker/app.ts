/**
 * The path of every request: settings, router, route; then one place each that turns errors into responses, sets headers and
 * writes the log.
 */
import { Router } from 'itty-router';
import type { Bindings } from './bindings.ts';
import { type ErrorReason, RequestError, toProblem } from './errors.ts';
import { letForeignPageRead, preflight, refuseForeignPage, setCorsHeaders } from './http/cors.ts';
import { type AdvertisedPolicy, problemResponse, setStandardHeaders } from './http/responses.ts';
import { BURST_POLICY } from './rate-limit/burst-limiter.ts';
import type { Context, LogFields } from './request-context.ts';
import { logLine } from './request-log.ts';
import { HEALTH_PATH, ROUTES } from './routes/index.ts';
import { unhealthy } from './routes/public/healthz.ts';
import type { Route } from './routes/route.ts';
import { createServices, type Runtime, type ServiceState, type Services } from './services.ts';

/** What is known about a request when its response is complete; filled in on the way. */
interface Exchange {
  startedAtMs: number;
  facts: LogFields;
  service?: Services;
  route?: Route;
  reason?: ErrorReason;
  /** Known even if other settings are invalid, so that a listed page can read the error. */
  allowedOrigins?: readonly string[];
}

export interface App {
  /** @param executionContext keeps pending work alive when the client disconnects */
  fetch(
    request: Request,
    env: Bindings,
    executionContext: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response>;
}

/** The fetch handler, over an injected clock, network and random source. */
export function createApp(runtime: Runtime): App {
  const route = createRouter();
  /** Settings do not change while an isolate lives; each environment is read once. */
  const services = new WeakMap<Bindings, Promise<ServiceState>>();

  function serviceOf(env: Bindings): Promise<ServiceState> {
    const service = services.get(env) ?? createServices(env, runtime);
    services.set(env, service);
    return service;
  }

  async function answer(
    request: Request,
    env: Bindings,
    executionContext: Parameters<App['fetch']>[2],
    exchange: Exchange,
  ): Promise<Response> {
    const state = await serviceOf(env);
    if (!state.ok) {
      exchange.reason = { kind: 'misconfigured', problems: state.problems };
      exchange.allowedOrigins = state.allowedOrigins;
      const called = browserRouteOf(request);
      if (called) exchange.route = called;
      throw new RequestError(exchange.reason);
    }
    exchange.service = state.service;
    exchange.allowedOrigins = state.service.config.ALLOWED_ORIGINS;
    return route(request, {
      service: state.service,
      runtime,
      startedAtMs: exchange.startedAtMs,
      facts: exchange.facts,
      // The error becomes a response, or the client has disconnected: in both cases it is handled.
      waitUntil: (work) => executionContext.waitUntil(work.catch(() => undefined)),
      enter(entered) {
        exchange.route = entered;
      },
    });
  }

  return {
    async fetch(request, env, executionContext) {
      const exchange: Exchange = { startedAtMs: runtime.now(), facts: {} };
      const response = await answer(request, env, executionContext, exchange).catch((error) => {
        exchange.reason =
          error instanceof RequestError ? error.reason : { kind: 'unexpected', cause: error };
        const isOfHealth = new URL(request.url).pathname === HEALTH_PATH;
        return (
          (isOfHealth ? unhealthy(exchange.reason) : undefined) ??
          problemResponse(toProblem(exchange.reason), advertisedPolicy(exchange))
        );
      });
      const { route, allowedOrigins, reason } = exchange;
      if (route?.cors && allowedOrigins) {
        setCorsHeaders(response, request, allowedOrigins);
        if (reason?.kind === 'origin_not_listed') letForeignPageRead(response, request);
      }
      setStandardHeaders(response);
      const { status } = response;
      const endedAtMs = runtime.now();
      runtime.log(logLine({ method: request.method, ...exchange, status, endedAtMs }));
      return response;
    },
  };
}

/** A route's context, and a callback that records the matched route. */
interface RoutedContext extends Context {
  enter(route: Route): void;
}

function createRouter(): (request: Request, context: RoutedContext) => Promise<Response> {
  const router = Router<Request, [RoutedContext]>();
  for (const route of ROUTES) {
    const { path, handlers, cors: isForBrowsers } = route;
    const methods = methodsOf(route);
    router.all(path, (_request, { enter }) => enter(route));
    if (isForBrowsers)
      router.all(path, (request, { service }) =>
        refuseForeignPage(request, service.config.ALLOWED_ORIGINS),
      );
    const { GET: get, POST: post, PUT: put, DELETE: remove } = handlers;
    if (get) router.get(path, get).head(path, get);
    if (post) router.post(path, post);
    if (put) router.put(path, put);
    if (remove) router.delete(path, remove);
    if (isForBrowsers)
      router.options(path, (request, { service }) =>
        preflight(request, service.config.ALLOWED_ORIGINS, methods),
      );
    router.all(path, () => {
      throw new RequestError({ kind: 'method_not_allowed', allow: allowedMethods(route) });
    });
  }
  router.all('*', () => {
    throw new RequestError({ kind: 'no_such_route' });
  });
  return (request, context) => router.fetch(request, context) as Promise<Response>;
}

/** Without the router, which needs settings: the paths of calls by browsers have a parameter at their end at most. */
function browserRouteOf({ url }: Request): Route | undefined {
  const { pathname } = new URL(url);
  return ROUTES.find(({ path, cors: isForBrowsers }) => {
    const [fixed = ''] = path.split(':');
    return isForBrowsers && (fixed === path ? pathname === path : pathname.startsWith(fixed));
  });
}

function methodsOf({ handlers }: Route): string[] {
  return Object.keys(handlers);
}

function allowedMethods(route: Route): string[] {
  const methods = methodsOf(route);
  return [
    ...methods,
    ...(methods.includes('GET') ? ['HEAD'] : []),
    ...(route.cors ? ['OPTIONS'] : []),
  ];
}

/** The headers advertise the first of the client's own limits, whichever limit rejected the request. */
function advertisedPolicy({ service, route }: Exchange): AdvertisedPolicy | undefined {
  if (!service || !route) return undefined;
  const { clientLimit } = route;
  if (!clientLimit) return { name: 'burst', ...BURST_POLICY };
  const [policy] = service.config.LIMITS[`${clientLimit}_per_ip`];
  return policy && { name: clientLimit, ...policy };
}
