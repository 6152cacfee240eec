import type { SendRequest } from '../../shared/api/requests.ts';
import type {
  ConfigAnswer,
  DeliveryAnswer,
  SendAnswer,
  VerifyAnswer,
} from '../../shared/api/responses.ts';
import { createOtpClient, type OtpClient } from '../../shared/client.ts';
import type { PhoneMetadata } from '../../shared/phone-number/metadata.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';

/** Which Worker, and which of its flows. Read anew at each call. */
export interface WorkerSettings {
  endpoint: string;
  flow: string | undefined;
}

/** The API calls of one element, with idempotency keys that make one user action one send. */
export class ApiSession {
  /** The last configuration of the Worker. */
  config: ConfigAnswer | null = null;
  readonly #settings: () => WorkerSettings;
  readonly #onConfig: (config: ConfigAnswer) => void;
  #client: (WorkerSettings & { client: OtpClient }) | null = null;
  #configRequest: Promise<ConfigAnswer> | null = null;
  readonly #keys = new IdempotencyKeys();

  constructor(settings: () => WorkerSettings, onConfig: (config: ConfigAnswer) => void) {
    this.#settings = settings;
    this.#onConfig = onConfig;
  }

  async loadConfig(): Promise<ConfigAnswer> {
    const client = this.#clientNow();
    const { flow } = this.#settings();
    this.#configRequest ??= client.config(flow ? { flow } : {});
    const request = this.#configRequest;
    try {
      const config = await request;
      if (this.#configRequest === request && this.config !== config) {
        this.config = config;
        this.#onConfig(config);
      }
      return config;
    } catch (error) {
      // The next gesture asks again.
      if (this.#configRequest === request) this.#configRequest = null;
      throw error;
    }
  }

  async phoneMetadata(country: string): Promise<PhoneMetadata> {
    return this.#clientNow().phoneMetadata(country);
  }

  /**
   * What a gesture begins with. Where the browser says that it is offline, the configuration is asked for anew: so a
   * code is neither sent nor checked without a connection, and a browser that is wrong about it holds nobody up.
   */
  reach(): Promise<ConfigAnswer> {
    if (!navigator.onLine) this.#configRequest = null;
    return this.loadConfig();
  }

  send(body: SendRequest, at: number, signal: AbortSignal): Promise<SendAnswer> {
    return this.#keys.use(body, at, (idempotencyKey) =>
      this.#clientNow().send(body, { signal, idempotencyKey }),
    );
  }

  verify(request: { session: string; code: string }, signal: AbortSignal): Promise<VerifyAnswer> {
    return this.#clientNow().verify(request, { signal });
  }

  renew(session: string, signal: AbortSignal): Promise<VerifyAnswer> {
    return this.#clientNow().renew({ session }, { signal });
  }

  async delivery(session: string, signal: AbortSignal): Promise<DeliveryAnswer['state']> {
    return (await this.#clientNow().delivery({ session }, { signal })).state;
  }

  /**
   * Nobody waits for this: a code that is not cancelled dies by itself. It goes to the Worker that made the session,
   * whatever the page has changed since.
   */
  cancel(session: string): void {
    void this.#client?.client.cancel({ session }).catch(() => undefined);
  }

  /** The next send is another gesture, whatever it asks for. */
  forgetKeys(): void {
    this.#keys.forget();
  }

  /** Another Worker, or another flow: what the last one said means nothing now. */
  forget(): void {
    this.#client = null;
    this.#configRequest = null;
    this.config = null;
  }

  #clientNow(): OtpClient {
    const { endpoint, flow } = this.#settings();
    if (this.#client?.endpoint !== endpoint || this.#client.flow !== flow)
      this.#client = { endpoint, flow, client: createOtpClient({ endpoint }) };
    return this.#client.client;
  }
}
