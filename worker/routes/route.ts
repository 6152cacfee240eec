/** What a call of the API is to the router. */
import type { IRequest } from 'itty-router';
import type { Context } from '../request-context.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Handler = (request: IRequest, context: Context) => Response | Promise<Response>;

export interface Route {
  path: string;
  /** By method. A `GET` answers `HEAD` as well. */
  handlers: Readonly<Partial<Record<Method, Handler>>>;
  /** Called by pages of other origins: CORS for listed origins. */
  cors: boolean;
  /** The limit per client that the call counts towards, besides the burst limit. */
  clientLimit?: 'send' | 'verify';
}
