/** The product with every call of its stores counted; `GET /counts` tells and starts anew. */
import product, { ClientGate, GuardObject, PhoneGate, SendLedger } from '../../worker/index.ts';

export { ClientGate, GuardObject, PhoneGate, SendLedger };

const counts = { kvReads: 0, kvWrites: 0, objectRequests: 0 };
let counted: Env | undefined;

function countCalls<Target extends object>(
  target: Target,
  count: (method: PropertyKey) => void,
): Target {
  return new Proxy(target, {
    get(original, method) {
      const member: unknown = Reflect.get(original, method);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => {
        count(method);
        return Reflect.apply(member, original, parameters);
      };
    },
  });
}

function countedNamespace<Namespace extends { getByName(name: string): object }>(
  namespace: Namespace,
): Namespace {
  const getByName = (name: string) =>
    countCalls(namespace.getByName(name), () => {
      counts.objectRequests += 1;
    });
  return { getByName } as Namespace;
}

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname === '/counts') {
      const answer = Response.json(counts);
      Object.assign(counts, { kvReads: 0, kvWrites: 0, objectRequests: 0 });
      return answer;
    }
    counted ??= {
      ...env,
      OTP_KV: countCalls(env.OTP_KV, (method) => {
        if (method === 'get') counts.kvReads += 1;
        if (method === 'put') counts.kvWrites += 1;
      }),
      PHONE_GATE: countedNamespace(env.PHONE_GATE),
      SEND_LEDGER: countedNamespace(env.SEND_LEDGER),
      CLIENT_GATE: countedNamespace(env.CLIENT_GATE),
      GUARD_OBJECT: countedNamespace(env.GUARD_OBJECT),
    };
    return product.fetch(request as never, counted, context);
  },
};
