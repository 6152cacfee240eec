/**
 * The way of every request: settings, router, route; then one place where refusals become answers, one where
 * headers are set, one where the log is written.
 */
import { Router } from 'itty-router';
import type { Context, RequestFacts } from './context.ts';
import { preflight, setCorsHeaders } from './http/cors.ts';
import { type AdvertisedPolicy, problemResponse, setStandardHeaders } from './http/responses.ts';
import { logLine } from './log.ts';
import { problemOf, type Reason, Refusal } from './reason.ts';
import { unhealthy } from './routes/healthz.ts';
import { HEALTH_PATH, ROUTES, type Route } from './routes/routes.ts';
import { createService, type Runtime, type Service, type ServiceState } from './service.ts';

/** The fetch handler, over whatever clock, network and chance it is given. */
export function createApp(runtime: Runtime): Required<Pick<ExportedHandler<Env>, 'fetch'>> {
  const router = createRouter();
  /** Settings do not change while an isolate lives; each environment is read once. */
  const services = new WeakMap<Env, Promise<ServiceState>>();

  function serviceOf(env: Env): Promise<ServiceState> {
    const service = services.get(env) ?? createService(env, runtime);
    services.set(env, service);
    return service;
  }

  return {
    async fetch(request, env, executionContext) {
      const startedAtMs = runtime.now();
      const facts: RequestFacts = {};
      const state = await serviceOf(env);
      let reason: Reason | undefined;
      let response: Response;
      try {
        response = await answer(request, state, {
          runtime,
          facts,
          // A refusal is answered, or nobody is there to hear it: either way it is no unhandled rejection.
          waitUntil: (work) => executionContext.waitUntil(work.catch(() => undefined)),
        });
      } catch (error) {
        reason = error instanceof Refusal ? error.reason : { kind: 'unexpected', cause: error };
        response = problemResponse(problemOf(reason), advertisedPolicy(request, state));
      }
      if (state.ok && isForBrowsers(request))
        setCorsHeaders(response, request, state.service.config.ALLOWED_ORIGINS);
      setStandardHeaders(response);
      runtime.log(
        logLine({
          request,
          facts,
          reason,
          status: response.status,
          startedAtMs,
          endedAtMs: runtime.now(),
        }),
      );
      return response;
    },
  };

  async function answer(
    request: Request,
    state: ServiceState,
    context: Omit<Context, 'service'>,
  ): Promise<Response> {
    if (!state.ok) {
      if (new URL(request.url).pathname === HEALTH_PATH) return unhealthy(state.problems);
      throw new Refusal({ kind: 'misconfigured', problems: state.problems });
    }
    return router(request, { ...context, service: state.service });
  }
}

type RouterHandler = (request: Request, context: Context) => Promise<Response>;

function createRouter(): RouterHandler {
  const router = Router<Request, [Context]>();
  for (const { method, path, handle } of ROUTES) {
    if (method === 'GET') router.get(path, handle).head(path, handle);
    else router.post(path, handle);
  }
  for (const route of ROUTES) {
    if (route.isForBrowsers)
      router.options(route.path, (request, { service }) => {
        return preflight(request, service.config.ALLOWED_ORIGINS, [route.method]);
      });
    router.all(route.path, () => {
      throw new Refusal({ kind: 'method_not_allowed', allow: allowedMethods(route) });
    });
  }
  router.all('*', () => {
    throw new Refusal({ kind: 'no_such_route' });
  });
  return (request, context) => router.fetch(request, context) as Promise<Response>;
}

function allowedMethods({ method, isForBrowsers }: Route): string[] {
  return [method, ...(method === 'GET' ? ['HEAD'] : []), ...(isForBrowsers ? ['OPTIONS'] : [])];
}

function isForBrowsers(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return ROUTES.some(({ path, isForBrowsers }) => isForBrowsers && path === pathname);
}

/** The first of the client's own limits is what the headers speak of, whichever limit it was that tripped. */
function advertisedPolicy(request: Request, state: ServiceState): AdvertisedPolicy | undefined {
  if (!state.ok) return undefined;
  const { send_per_ip, verify_per_ip }: Service['config']['LIMITS'] = state.service.config.LIMITS;
  const { pathname } = new URL(request.url);
  const [name, policies] =
    pathname === '/v1/send' ? ['send', send_per_ip] : ['verify', verify_per_ip];
  const [policy] = policies as typeof send_per_ip;
  return policy && { name: name as string, ...policy };
}
