/** `/v1/admin/mitto/…`: the records of Mitto's 2FA API, for operators and the console. */
import type { IRequest } from 'itty-router';
import type {
  MittoFilter,
  MittoNewLimit,
  MittoNewWorkflow,
  MittoUsageSubresource,
} from '../../../providers/mitto/client.ts';
import { readJson } from '../../http/read-body.ts';
import type { Route } from '../route.ts';
import { proxyMitto, RecordSchema } from './require-operator.ts';

const bodyOf = (request: IRequest) => readJson(request as unknown as Request, RecordSchema);
const sidOf = (request: IRequest) => request.params?.['sid'] ?? '';
/** Dates only: what names a person goes into a body, because URLs are written down on the way. */
const queryOf = ({ url }: IRequest): MittoFilter => Object.fromEntries(new URL(url).searchParams);

export const MITTO_ROUTES: readonly Route[] = [
  {
    path: '/v1/admin/mitto/search',
    handlers: {
      GET: proxyMitto((mitto) => mitto.search.list()),
      POST: proxyMitto(async (mitto, request) => mitto.search.list(await bodyOf(request))),
    },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/search/:sid',
    handlers: { GET: proxyMitto((mitto, request) => mitto.search.get(sidOf(request))) },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/usage',
    handlers: {
      GET: proxyMitto((mitto, request) => mitto.usage.list(queryOf(request))),
      POST: proxyMitto(async (mitto, request) => mitto.usage.list(await bodyOf(request))),
    },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/usage/:subresource',
    handlers: {
      GET: proxyMitto((mitto, request) =>
        mitto.usage.subresource(
          // Whether it is one, the client says.
          (request.params?.['subresource'] ?? '') as MittoUsageSubresource,
          queryOf(request),
        ),
      ),
    },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/limits',
    handlers: {
      GET: proxyMitto((mitto) => mitto.limits.list()),
      POST: proxyMitto(async (mitto, request) =>
        mitto.limits.create((await bodyOf(request)) as MittoNewLimit),
      ),
    },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/limits/:sid',
    handlers: {
      GET: proxyMitto((mitto, request) => mitto.limits.get(sidOf(request))),
      PUT: proxyMitto(async (mitto, request) =>
        mitto.limits.update(sidOf(request), await bodyOf(request)),
      ),
      DELETE: proxyMitto((mitto, request) => mitto.limits.delete(sidOf(request))),
    },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/workflows',
    handlers: {
      GET: proxyMitto((mitto) => mitto.workflows.list()),
      POST: proxyMitto(async (mitto, request) =>
        mitto.workflows.create((await bodyOf(request)) as MittoNewWorkflow),
      ),
    },
    cors: false,
  },
  {
    path: '/v1/admin/mitto/workflows/:sid',
    handlers: {
      GET: proxyMitto((mitto, request) => mitto.workflows.get(sidOf(request))),
      PUT: proxyMitto(async (mitto, request) =>
        mitto.workflows.update(sidOf(request), await bodyOf(request)),
      ),
      DELETE: proxyMitto((mitto, request) => mitto.workflows.delete(sidOf(request))),
    },
    cors: false,
  },
];
