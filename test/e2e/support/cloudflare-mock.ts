/** As much of Cloudflare's API as wrangler needs to make a namespace, put secrets and deploy a Worker. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Binding {
  name: string;
  type: string;
  text?: string;
  namespace_id?: string;
}

export class CloudflareMock {
  readonly namespaces: { id: string; title: string }[] = [];
  /** Of the one Worker: the secrets that were put, and what came with its last deployment. */
  secrets: Record<string, string> = {};
  bindings: Binding[] = [];
  /** The hosts that its last deployment asked for. */
  domains: string[] = [];
  #isWorkerThere = false;
  readonly #server = createServer(async (request, response) => {
    const body = await buffer(request);
    const [status, result] = await this.#answer(request, body);
    const isOk = status === 200;
    const errors = isOk ? [] : [{ code: status === 404 ? 10007 : 10014, message: result }];
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify({ success: isOk, errors, messages: [], result: isOk ? result : null }),
    );
  });

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** As after a deployment with these secrets. */
  deploy(secrets: Record<string, string>): void {
    this.secrets = { ...secrets };
    this.#isWorkerThere = true;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** What wrangler is told of it. What the tests' own environment has of the Worker's secrets is kept from it. */
  get environment(): NodeJS.ProcessEnv {
    const { port } = this.#server.address() as AddressInfo;
    return {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}`,
      CLOUDFLARE_API_TOKEN: 'a token',
      CLOUDFLARE_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_WRITE_LOGS: 'false',
      OTP_SECRET: undefined,
      MITTO_ACCOUNT_ID: undefined,
      MITTO_API_KEY: undefined,
    };
  }

  async #answer(request: IncomingMessage, body: Buffer): Promise<readonly [number, unknown]> {
    const { method = '', url = '' } = request;
    const { pathname: path, searchParams } = new URL(url, 'http://mock');
    if (path.endsWith('/storage/kv/namespaces')) {
      // Wrangler turns the pages until one is empty.
      if (method === 'GET') return [200, searchParams.has('page') ? [] : this.namespaces];
      const { title } = JSON.parse(body.toString()) as { title: string };
      if (this.namespaces.some((namespace) => namespace.title === title))
        return [400, 'a namespace with this account ID and title already exists'];
      const namespace = { id: String(this.namespaces.length + 1).padStart(32, 'f'), title };
      this.namespaces.push(namespace);
      return [200, namespace];
    }
    if (method === 'PUT' && /\/workers\/scripts\/[^/]+$/.test(path)) {
      const type = request.headers['content-type'] ?? '';
      const form = await new Response(new Uint8Array(body), {
        headers: { 'Content-Type': type },
      }).formData();
      const metadata = form.get('metadata');
      const text = typeof metadata === 'string' ? metadata : await (metadata as Blob).text();
      this.bindings = (JSON.parse(text) as { bindings: Binding[] }).bindings;
      this.#isWorkerThere = true;
      return [200, { id: 'mitto-otp' }];
    }
    if (
      /\/workers\/(services|scripts)\//.test(path) &&
      !this.#isWorkerThere &&
      !path.endsWith('/assets-upload-session')
    )
      return [404, 'This Worker does not exist on your account.'];
    if (path.endsWith('/secrets-bulk')) {
      const { secrets } = JSON.parse(body.toString()) as { secrets: Record<string, Binding> };
      for (const { name, text = '' } of Object.values(secrets)) this.secrets[name] = text;
    }
    if (path.endsWith('/domains/changeset'))
      return [200, { added: [], removed: [], updated: [], conflicting: [] }];
    if (path.endsWith('/domains/records')) {
      const { origins } = JSON.parse(body.toString()) as { origins: { hostname: string }[] };
      this.domains = origins.map(({ hostname }) => hostname);
    }
    if (path.includes('/workers/services/'))
      return [200, { default_environment: { script: { last_deployed_from: 'wrangler' } } }];
    if (path.includes('/workers/workers/'))
      return [200, { subdomain: { enabled: true, previews_enabled: false } }];
    if (path.endsWith('/secrets'))
      return [200, Object.keys(this.secrets).map((name) => ({ name, type: 'secret_text' }))];
    if (path.endsWith('/assets-upload-session')) return [200, { jwt: 'x.y.z', buckets: [] }];
    if (path.endsWith('/subdomain')) return [200, { subdomain: 'me', enabled: true }];
    if (path.endsWith('/deployments')) return [200, { deployments: [] }];
    return [200, {}];
  }
}
